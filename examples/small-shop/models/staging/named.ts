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
  query: () => sql`
    select o.order_id, o.customer, o.currency, o.amount, o.placed_at
    from ${till.tables.orders} as o
    where o.customer is not null
  `,
})
