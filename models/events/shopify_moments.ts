import { boolean, key, model, number, sql, text, timestamp, type } from 'throughline'
import { shopify_refunds } from '../orders/shopify_refunds'
import { stg_shopify__customer } from '../staging/stg_shopify__customer'
import { stg_shopify__order } from '../staging/stg_shopify__order'

export const shopify_moments = model({
  description:
    'One row per order that was created, refunded or called off, and customer who was entered; an order that was refunded twice has two refunds.',
  grain: ['moment_id'],
  columns: {
    moment_id: key('What happened, and to which order, refund or customer: order_created:123'),
    row_id: text('SHA-256 of the whole raw row of the order, refund or customer'),
    loaded_at: timestamp('When the newest version of it came in, UTC'),
    raw_event_name: text('order_created, order_refunded, order_cancelled, customer_created').oneOf([
      'order_created',
      'order_refunded',
      'order_cancelled',
      'customer_created',
    ]),
    occurred_at: timestamp('When it happened, UTC'),
    place: text('Where the order was placed; crm for a customer'),
    is_at_till: boolean('The customer stood at the till and bought'),
    is_test: boolean('Of an order placed to try something'),
    order_id: text('The number by which all systems tell of the order').nullable(),
    amount: number('What was charged at first, or given back').nullable(),
    currency: text('Currency of the amount').nullable(),
    customer_id: text("Shopify's id of the customer").nullable(),
    email: text('E-mail address that the order was placed with; of a customer who was entered, theirs').nullable(),
    phone: text('Phone number that the order was placed with; of a customer who was entered, theirs').nullable(),
  },
  materialize: { kind: 'inline' },
  query: () => sql`
    select
      'order_created:' || o.shop_order_id as moment_id, o.row_id, o.loaded_at,
      'order_created' as raw_event_name, o.ordered_at as occurred_at, o.place, o.place = 'store' as is_at_till, o.is_test,
      o.order_id, o.total as amount, o.currency, o.customer_id, o.email, o.phone
    from ${stg_shopify__order} as o

    union all

    select
      'order_cancelled:' || o.shop_order_id as moment_id, o.row_id, o.loaded_at,
      'order_cancelled' as raw_event_name, o.cancelled_at as occurred_at, o.place, false as is_at_till, o.is_test,
      o.order_id, ${noNumber} as amount, ${noText} as currency, o.customer_id, o.email, o.phone
    from ${stg_shopify__order} as o
    where o.cancelled_at is not null

    union all

    select
      'order_refunded:' || r.refund_id as moment_id, r.row_id, r.loaded_at,
      'order_refunded' as raw_event_name, r.refunded_at as occurred_at, o.place, false as is_at_till, o.is_test,
      o.order_id, r.refunded_amount as amount, o.currency, o.customer_id, o.email, o.phone
    from ${shopify_refunds} as r
    inner join ${stg_shopify__order} as o on o.shop_order_id = r.shop_order_id

    union all

    select
      'customer_created:' || c.customer_id as moment_id, c.row_id, c.loaded_at,
      'customer_created' as raw_event_name, c.created_at as occurred_at, 'crm' as place, false as is_at_till, false as is_test,
      ${noText} as order_id, ${noNumber} as amount, ${noText} as currency, c.customer_id, c.email, c.phone
    from ${stg_shopify__customer} as c
  `,
})

const noText = sql`cast(null as ${type.text})`
const noNumber = sql`cast(null as ${type.number})`
