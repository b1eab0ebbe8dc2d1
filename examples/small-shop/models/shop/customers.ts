import { integer, key, model, number, sql } from 'throughline'
import { orders } from './orders'

export const customers = model({
  description: 'One row per customer.',
  grain: ['customer'],
  columns: { customer: key('Who'), order_count: integer('Orders'), euro: number('What they paid') },
  materialize: { kind: 'table' },
  query: () => sql`
    select o.customer, count(*) as order_count, sum(o.euro) as euro
    from ${orders} as o
    group by o.customer
  `,
})
