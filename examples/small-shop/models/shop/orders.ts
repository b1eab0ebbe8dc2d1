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
  query: () => sql`
    select n.order_id, n.customer, cast(n.amount * r.to_euro as ${type.number}) as euro, n.placed_at
    from ${named} as n
    join ${rates} as r on n.currency = r.currency
  `,
})
