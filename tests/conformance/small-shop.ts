import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { throughline } from '../../src/cli/program.ts'
import { type Answer, effectsOf } from '../cli/support.ts'
import { type Files, folderOf } from '../support/project.ts'

const till = `
import { number, source, text, timestamp, z } from 'throughline'

export const till = source({
  description: 'The till of the shop.',
  settings: z.strictObject({ file: z.string() }),
  tables: {
    orders: {
      description: 'What was sold.',
      columns: () => ({
        order_id: text('The order'),
        customer: text('Who bought').nullable(),
        currency: text('Of the amount'),
        amount: number('What was paid'),
        placed_at: timestamp('When'),
      }),
      location: ({ file }) => ({ file, badRows: 'fail' }),
    },
  },
})
`

const rates = `
import { key, real, seed } from 'throughline'

export const rates = seed({
  description: 'One row per currency.',
  grain: ['currency'],
  columns: { currency: key('The currency'), to_euro: real('What one is in euro') },
  file: 'rates.csv',
})
`

const named = `
import { key, model, number, sql, text, timestamp } from 'throughline'
import { till } from '../../sources/till'

export const named = model({
  description: 'Orders of customers whose name is known.',
  grain: ['order_id'],
  columns: {
    order_id: key('The order'),
    customer: text('Who'),
    currency: text('Of the amount'),
    amount: number('What was paid'),
    placed_at: timestamp('When'),
  },
  materialize: { kind: 'view' },
  uses: { till },
  query: () => sql\`
    select o.order_id, o.customer, o.currency, o.amount, o.placed_at
    from \${till.tables.orders} as o
    where o.customer is not null
  \`,
})
`

const orders = `
import { key, model, number, sql, text, timestamp, type } from 'throughline'
import { rates } from '../../seeds/rates'
import { named } from '../staging/named'

export const orders = model({
  description: 'One row per order.',
  grain: ['order_id'],
  columns: {
    order_id: key('The order'),
    customer: text('Who'),
    euro: number('What was paid, in euro').atLeast(0),
    placed_at: timestamp('When'),
  },
  dataThrough: 'placed_at',
  materialize: { kind: 'table', partitionBy: { column: 'placed_at', by: 'day' }, clusterBy: ['customer'] },
  query: () => sql\`
    select n.order_id, n.customer, cast(cast(n.amount as \${type.real}) * r.to_euro as \${type.number}) as euro, n.placed_at
    from \${named} as n
    join \${rates} as r on n.currency = r.currency
  \`,
})
`

const customers = `
import { integer, key, model, number, sql } from 'throughline'
import { orders } from './orders'

export const customers = model({
  description: 'One row per customer.',
  grain: ['customer'],
  columns: { customer: key('Who'), order_count: integer('Orders'), euro: number('What they paid') },
  materialize: { kind: 'table' },
  query: () => sql\`
    select o.customer, count(*) as order_count, sum(o.euro) as euro
    from \${orders} as o
    group by o.customer
  \`,
})
`

const loyalty = `
import { fixpoint, integer, key, sql } from 'throughline'
import { customers } from './customers'

const counted = { customer: key('Who'), n: integer('Counted') }

export const loyalty = fixpoint({
  description: 'One row per customer: how often they came back.',
  grain: ['customer'],
  columns: { customer: key('Who'), return_count: integer('Orders after the first') },
  maximumRounds: 10,
  work: { found: counted, left_over: counted },
  start: () => ({
    found: sql\`select c.customer, 0 as n from \${customers} as c\`,
    left_over: sql\`select c.customer, c.order_count as n from \${customers} as c where c.order_count > 1\`,
  }),
  step: ({ work }) => ({
    found: sql\`
      select f.customer, case when l.customer is null then f.n else f.n + 1 end as n
      from \${work.found} as f
      left join \${work.left_over} as l on f.customer = l.customer
    \`,
    left_over: sql\`select l.customer, l.n - 1 as n from \${work.left_over} as l where l.n > 2\`,
  }),
  until: 'left_over',
  query: ({ work }) => sql\`select f.customer, f.n as return_count from \${work.found} as f\`,
})
`

const everyCustomerPaid = `
import { dataTest, sql } from 'throughline'
import { customers } from '../models/shop/customers'

export const every_customer_paid = dataTest({
  description: 'Every customer paid something.',
  rows: () => sql\`select c.customer from \${customers} as c where c.euro = 0\`,
})
`

/** Ann with three orders, Bob with one, and one whose name nobody knows. */
const firstOrders = `order_id,customer,currency,amount,placed_at
o1,ann,EUR,10.50,2026-05-01 09:00:00
o2,bob,EUR,4,2026-05-01 10:00:00
o3,ann,USD,2,2026-05-02 09:00:00
o4,,EUR,3,2026-05-02 10:00:00
o5,ann,EUR,1,2026-05-03 09:00:00
`

/** A day later: an order more, one corrected and one taken back, so that with another rate the rows of every table are others. */
export const laterOrders = `order_id,customer,currency,amount,placed_at
o1,ann,EUR,12.50,2026-05-01 09:00:00
o2,bob,EUR,4,2026-05-01 10:00:00
o3,ann,USD,2,2026-05-02 09:00:00
o4,,EUR,3,2026-05-02 10:00:00
o6,bob,USD,7,2026-05-04 09:00:00
o7,cy,EUR,5,2026-05-04 10:00:00
`

/** Another rate of the dollar. */
export const laterRates = 'currency,to_euro\nEUR,1\nUSD,0.8\n'

/** An order below zero, at which the test of `orders` fails. */
export const badOrders = `${laterOrders}o8,cy,EUR,-1,2026-05-05 09:00:00\n`

const files: Files = {
  'sources/till.ts': till,
  'seeds/rates.ts': rates,
  'seeds/rates.csv': 'currency,to_euro\nEUR,1\nUSD,0.9\n',
  'models/staging/named.ts': named,
  'models/shop/orders.ts': orders,
  'models/shop/customers.ts': customers,
  'models/shop/loyalty.ts': loyalty,
  'data_tests/every_customer_paid.ts': everyCustomerPaid,
  'data/orders.csv': firstOrders,
}

/** What readers read, by schema and name. */
export const published = [
  'j_raw.till__orders',
  'j_seeds.rates',
  'j_staging.named',
  'j_shop.orders',
  'j_shop.customers',
  'j_shop.loyalty',
] as const

export type Shown = Readonly<Record<string, readonly string[] | undefined>>

/** A shop with a raw file, a seed, a view, two tables, a fixpoint and tests. */
export interface SmallShop {
  readonly folder: string
  write(path: string, text: string): void
  /** A file with some of its words replaced; throws where they do not stand in it. */
  mend(path: string, words: string, by: string): void
  /** Types a command, each time as a run of its own; `pressing` is given what presses Ctrl-C. */
  run(args: readonly string[], pressing?: (press: () => void) => void): Promise<Answer>
}

/** Files of a project, and its sources as the config has them. */
export interface Shop {
  readonly files: Files
  readonly sources: string
}

let runs = 0

/** The shop, or another project, with this target, as the config has it. */
export function shopWith(
  target: string,
  shop: Shop = { files, sources: '{ till: { file: data/orders.csv } }' },
): SmallShop {
  const config = `
project: shop
targets:
  prod: ${target}
sources: ${shop.sources}
`
  const texts = new Map(Object.entries({ ...shop.files, 'warehouse.config.yaml': config }))
  const folder = folderOf(Object.fromEntries(texts))
  const write = (path: string, text: string): void => {
    texts.set(path, text)
    writeFileSync(join(folder, path), text)
  }
  return {
    folder,
    write,
    mend: (path, words, by) => {
      const text = texts.get(path) ?? ''
      if (!text.includes(words)) throw new Error(`${path} has no ${words}`)
      write(path, text.replace(words, by))
    },
    run: async (args, pressing) => {
      const { effects, told } = effectsOf(folder)
      runs += 1
      const newToken = () => String(runs).padStart(6, '0')
      const onInterrupt = (stop: () => void) => {
        pressing?.(stop)
        return () => undefined
      }
      const exitCode = await throughline(args, { ...effects, newToken, onInterrupt })
      return { exitCode, ...told }
    },
  }
}
