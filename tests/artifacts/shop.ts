import type { Files } from '../support/project.ts'

const shop = `
import { boolean, source, text, timestamp, z } from 'throughline'

export const shop = source({
  description: 'The shop’s own database.',
  settings: z.strictObject({ file: z.string() }),
  tables: {
    orders: {
      description: 'Orders as the shop writes them.',
      columns: () => ({
        order_id: text('The order'),
        email: text('Who ordered').nullable(),
        placed_at: timestamp('When'),
        is_test: boolean('Of the shop itself'),
      }),
      location: ({ file }) => ({ file, badRows: 'fail' }),
    },
  },
})
`

const sites = `
import { key, seed, text } from 'throughline'

export const sites = seed({
  description: 'Sites of the shop.',
  grain: ['site'],
  columns: { site: key('Domain'), country: text('Country') },
  file: 'sites.csv',
})
`

const returns = `
import { definition, z } from 'throughline'

export const returns = definition('returns', z.strictObject({ days: z.number() }).prefault({ days: 30 }))
`

const realOrders = `
import { key, model, sql, text, timestamp } from 'throughline'
import { shop } from '../../sources/shop'

export const real_orders = model({
  description: 'Orders of customers.',
  grain: [],
  columns: { order_id: key('The order'), email: text('Who').nullable(), placed_at: timestamp('When') },
  materialize: { kind: 'inline' },
  uses: { shop },
  query: () => sql\`
    select order_id, email, placed_at
    from \${shop.tables.orders}
    where not is_test
  \`,
})
`

const customers = `
import { integer, key, model, sql } from 'throughline'
import { real_orders } from '../staging/real_orders'

export const customers = model({
  description: 'One row per customer.',
  grain: ['email'],
  columns: {
    email: key('Who').matches('@'),
    order_count: integer('Orders').atLeast(1).atMost(1000, { severity: 'warn', warnAbove: 5 }),
  },
  tags: ['nightly'],
  materialize: { kind: 'table' },
  query: () => sql\`
    select email, count(*) as order_count
    from \${real_orders}
    where email is not null
    group by email
  \`,
})
`

const orders = `
import { key, model, number, references, sql, text, timestamp } from 'throughline'
import { returns } from '../definitions/returns'
import { sites } from '../../seeds/sites'
import { real_orders } from '../staging/real_orders'
import { customers } from './customers'

export const orders = model({
  description: 'One row per order.',
  grain: ['order_id'],
  columns: {
    order_id: key('The order'),
    email: references(customers.columns.email, { where: sql\`email is not null\` }).nullable(),
    placed_at: timestamp('When'),
    site: text('Where').oneOf(['a.example', 'b.example']),
    revenue: number('What was paid'),
    return_days: number('Days for a return'),
    age_days: number('Days since'),
  },
  dataThrough: 'placed_at',
  tests: {
    unique: [['email', 'placed_at']],
    always: { 'revenue is positive': sql\`revenue > 0\` },
    never: { 'an order in the future': self => sql\`select * from \${self} where placed_at > timestamp '2030-01-01 00:00:00'\` },
  },
  materialize: { kind: 'view' },
  uses: { returns },
  query: ({ returns, startedAt }) => sql\`
    select o.order_id, o.email, o.placed_at, s.site, 1 as revenue, \${returns.days} as return_days,
      date_diff('day', o.placed_at, \${startedAt}) as age_days
    from \${real_orders} as o
    cross join \${sites} as s
  \`,
})
`

const groups = `
import { fixpoint, integer, key, sql } from 'throughline'
import { customers } from './customers'

export const groups = fixpoint({
  description: 'Customers counted down.',
  grain: ['email'],
  columns: { email: key('Who'), rounds: integer('Rounds') },
  maximumRounds: 9,
  work: { left: { email: key('Who'), n: integer('Left') } },
  until: 'left',
  start: () => ({ left: sql\`select email, order_count as n from \${customers}\` }),
  step: ({ work }) => ({ left: sql\`select email, n - 1 as n from \${work.left} where n > 1\` }),
  query: () => sql\`select email, order_count as rounds from \${customers}\`,
})
`

const noOrphans = `
import { dataTest, sql } from 'throughline'
import { customers } from '../models/shop/customers'
import { orders } from '../models/shop/orders'

export const no_orphans = dataTest({
  description: 'Every customer has an order.',
  severity: 'warn',
  rows: () => sql\`select * from \${customers} as c where not exists (select 1 from \${orders} as o where o.email = c.email)\`,
})
`

const ordersUnitTest = `
import { defined, given, givenRaw, unitTest } from 'throughline'
import { returns } from '../models/definitions/returns'
import { orders } from '../models/shop/orders'
import { sites } from '../seeds/sites'
import { shop } from '../sources/shop'

export const orders_have_a_site = unitTest({
  description: 'Each order is put to the site.',
  model: orders,
  given: [
    given(sites, [{ site: 'a.example' }]),
    givenRaw(shop.tables.orders, [{ order_id: 'o1', is_test: false }]),
  ],
  definitions: [defined(returns, { days: 14 })],
  expect: [{ order_id: 'o1', site: 'a.example' }],
})
`

/** A small shop with every kind of node: a raw table, a seed, an inline model, a table, a view, a fixpoint, tests of all kinds. */
export const shopFiles: Files = {
  'sources/shop.ts': shop,
  'seeds/sites.ts': sites,
  'seeds/sites.csv': 'site,country\na.example,AT\n',
  'models/definitions/returns.ts': returns,
  'models/staging/real_orders.ts': realOrders,
  'models/shop/customers.ts': customers,
  'models/shop/orders.ts': orders,
  'models/shop/groups.ts': groups,
  'data_tests/no_orphans.ts': noOrphans,
  'unit_tests/orders_have_a_site.ts': ordersUnitTest,
}

export const shopOptions = { sources: { shop: { file: 'orders.csv' } } }
