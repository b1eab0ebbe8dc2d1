import { fixpoint, integer, key, sql } from 'throughline'
import { customers } from './customers'

const counted = { customer: key('Who'), n: integer('Counted') }

export const loyalty = fixpoint({
  description: 'One row per customer: how often they came back, counted one round after the other.',
  grain: ['customer'],
  columns: { customer: key('Who'), return_count: integer('Orders after the first') },
  maximumRounds: 10,
  work: { found: counted, left_over: counted },
  start: () => ({
    found: sql`select c.customer, 0 as n from ${customers} as c`,
    left_over: sql`select c.customer, c.order_count as n from ${customers} as c where c.order_count > 1`,
  }),
  step: ({ work }) => ({
    found: sql`
      select f.customer, case when l.customer is null then f.n else f.n + 1 end as n
      from ${work.found} as f
      left join ${work.left_over} as l on f.customer = l.customer
    `,
    left_over: sql`select l.customer, l.n - 1 as n from ${work.left_over} as l where l.n > 2`,
  }),
  until: 'left_over',
  query: ({ work }) => sql`select f.customer, f.n as return_count from ${work.found} as f`,
})
