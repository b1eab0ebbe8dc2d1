import type { Files } from '../support/project.ts'

export const shopSource = `
import { boolean, number, source, text, timestamp, z } from 'throughline'

export const shop = source({
  description: 'The shop’s own database.',
  settings: z.strictObject({ file: z.string() }),
  tables: {
    orders: {
      description: 'Orders as the shop writes them.',
      columns: () => ({
        order_id: text('The order').nullable(),
        customer: text('Who ordered').nullable(),
        amount: number('What it costs').nullable(),
      }),
      location: ({ file }) => ({ file, badRows: 'fail' }),
    },
  },
})
`

/** A model over the raw orders. `rules` is appended to `amount`'s column, as in `.atLeast(0)`. */
export const ordersModel = (rules = '', where = '') => `
import { key, model, number, sql, text } from 'throughline'
import { shop } from '../../sources/shop'

export const orders = model({
  description: 'One row per order.',
  grain: ['order_id'],
  columns: { order_id: key('The order'), customer: text('Who'), amount: number('What it costs')${rules} },
  materialize: { kind: 'table' },
  uses: { shop },
  query: () => sql\`
    select o.order_id, o.customer, o.amount
    from \${shop.tables.orders} as o
    ${where}
  \`,
})
`

export const customersModel = `
import { integer, key, model, number, sql } from 'throughline'
import { orders } from '../staging/orders'

export const customers = model({
  description: 'One row per customer.',
  grain: ['customer'],
  columns: { customer: key('Who'), order_count: integer('Orders'), amount: number('What they cost') },
  materialize: { kind: 'table' },
  query: () => sql\`
    select o.customer, count(*) as order_count, sum(o.amount) as amount
    from \${orders} as o
    group by o.customer
  \`,
})
`

/** Has nothing to do with orders. */
export const calendarModel = `
import { integer, model, rows, sql } from 'throughline'

export const week_days = model({
  description: 'One row per day of the week.',
  grain: ['week_day'],
  columns: { week_day: integer('From 1') },
  materialize: { kind: 'view' },
  query: () => sql\`select d.week_day from \${rows({ week_day: integer('Day') }, [{ week_day: 1 }, { week_day: 2 }])} as d\`,
})
`

export const shopFiles = (orders = ordersModel()): Files => ({
  'sources/shop.ts': shopSource,
  'models/staging/orders.ts': orders,
  'models/marts/customers.ts': customersModel,
  'models/marts/week_days.ts': calendarModel,
})
