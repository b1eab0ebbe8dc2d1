import type { Files } from '../support/project.ts'

const config = `
project: kiosk
default_target: local
targets:
  local: { engine: duckdb, path: kiosk.duckdb, publish_to: readers/kiosk.duckdb }
  dev: { extends: local, path: dev.duckdb, schema: dev }
sources:
  till: { file: "\${ORDERS_FILE}" }
`

const till = `
import { number, source, text, timestamp, z } from 'throughline'

export const till = source({
  description: 'The till of the kiosk.',
  settings: z.strictObject({ file: z.string() }),
  tables: {
    orders: {
      description: 'What was sold.',
      columns: () => ({
        order_id: text('The order'),
        customer: text('Who bought').nullable(),
        amount: number('What was paid'),
        placed_at: timestamp('When'),
      }),
      location: ({ file }) => ({ file, badRows: 'fail' }),
    },
  },
})
`

const named = `
import { key, model, number, sql, text } from 'throughline'
import { till } from '../../sources/till'

export const named = model({
  description: 'Orders of customers whose name is known.',
  grain: [],
  columns: { order_id: key('The order'), customer: text('Who'), amount: number('What was paid') },
  materialize: { kind: 'inline' },
  uses: { till },
  query: () => sql\`
    select o.order_id, o.customer, o.amount
    from \${till.tables.orders} as o
    where o.customer is not null
  \`,
})
`

const orders = `
import { key, model, number, sql, text } from 'throughline'
import { named } from '../staging/named'

export const orders = model({
  description: 'One row per order.',
  grain: ['order_id'],
  columns: { order_id: key('The order'), customer: text('Who'), amount: number('What was paid').atLeast(0) },
  materialize: { kind: 'table' },
  query: () => sql\`select n.order_id, n.customer, n.amount from \${named} as n\`,
})
`

const customers = `
import { integer, key, model, number, sql } from 'throughline'
import { orders } from './orders'

export const customers = model({
  description: 'One row per customer.',
  grain: ['customer'],
  columns: {
    customer: key('Who'),
    order_count: integer('Orders').atMost(2, { severity: 'warn' }),
    amount: number('What they paid'),
  },
  tags: ['nightly'],
  materialize: { kind: 'table' },
  query: () => sql\`
    select o.customer, count(*) as order_count, sum(o.amount) as amount
    from \${orders} as o
    group by o.customer
  \`,
})
`

const namesakes = `
import { key, model, sql } from 'throughline'
import { other } from '../../sources/other'

export const namesakes = model({
  description: 'Needs a system that is off.',
  grain: ['customer'],
  columns: { customer: key('Who') },
  materialize: { kind: 'table' },
  uses: { other },
  query: () => sql\`select n.customer from \${other.tables.names} as n\`,
})
`

const other = `
import { source, text, z } from 'throughline'

export const other = source({
  description: 'A system that is off.',
  settings: z.strictObject({}),
  tables: {
    names: {
      description: 'Names.',
      columns: () => ({ customer: text('Who') }),
      location: () => ({ table: 'raw.names', badRows: 'fail' }),
    },
  },
})
`

const everyCustomerPaid = `
import { dataTest, sql } from 'throughline'
import { customers } from '../models/shop/customers'

export const every_customer_paid = dataTest({
  description: 'Every customer paid something.',
  rows: () => sql\`select c.customer from \${customers} as c where c.amount = 0\`,
})
`

const ordersAreNamed = `
import { given, unitTest } from 'throughline'
import { orders } from '../models/shop/orders'
import { named } from '../models/staging/named'

export const orders_are_named = unitTest({
  description: 'An order has its customer.',
  model: orders,
  given: [given(named, [{ order_id: 'o1', customer: 'ann', amount: '1' }])],
  expect: [{ order_id: 'o1', customer: 'ann' }],
})
`

/** Three customers: Ann with three orders (a warning), Bob, and one nobody knows. */
export const goodOrders = `order_id,customer,amount,placed_at
o1,ann,10.50,2026-05-01 09:00:00
o2,bob,4,2026-05-01 10:00:00
o3,ann,2,2026-05-02 09:00:00
o4,,3,2026-05-02 10:00:00
o5,ann,1,2026-05-03 09:00:00
`

/** An order below zero: `orders` fails, and `customers` is skipped. */
export const badOrders = `${goodOrders}o6,bob,-1,2026-05-04 09:00:00\n`

/** A kiosk of its own over the stock layer: a raw table, an inline model, two tables, one that is off, tests of all kinds. */
export const kiosk: Files = {
  'warehouse.config.yaml': config,
  'sources/till.ts': till,
  'sources/other.ts': other,
  'models/staging/named.ts': named,
  'models/shop/orders.ts': orders,
  'models/shop/customers.ts': customers,
  'models/shop/namesakes.ts': namesakes,
  'data_tests/every_customer_paid.ts': everyCustomerPaid,
  'unit_tests/orders_are_named.ts': ordersAreNamed,
  'data/orders.csv': goodOrders,
}

/** The same with names of its own, to stand over the stock layer, which has orders and customers too. */
export const kioskOverStock: Files = Object.fromEntries(
  Object.entries(kiosk).map(([path, text]) => [ownNames(path), ownNames(text)]),
)

function ownNames(text: string): string {
  return text.replaceAll(/\b(orders|customers)\b(?!\.csv)/g, 'kiosk_$1')
}

/** The kiosk's own nodes, without the stock layer's. */
export const kioskAlone = ['--select', 'source:till+']
