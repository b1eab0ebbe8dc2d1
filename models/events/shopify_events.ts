import { model, sql, type } from 'throughline'
import { sha256Hex } from '../../macros/hash'
import { event_stream } from './event_stream'
import { shopify_moments } from './shopify_moments'

export const shopify_events = model({
  description:
    'One row per thing that happened in the shop, as the events of all systems are told: order_created, order_refunded, order_cancelled, customer_created. An order at a till is an action of the customer; one on the site is not, as the tracker there tells of the action. What was given back is an amount above 0.',
  implements: event_stream,
  grain: ['event_id'],
  columns: event_stream.columns,
  materialize: { kind: 'inline' },
  query: () => sql`
    select
      ${sha256Hex(sql`'shopify:' || m.moment_id`)} as event_id,
      m.row_id,
      'shopify' as system,
      m.moment_id as system_event_id,
      m.raw_event_name,
      m.occurred_at,
      m.loaded_at,
      m.place as platform,
      m.is_at_till as is_customer_action,
      cast(null as ${type.text}) as utm_source,
      cast(null as ${type.text}) as utm_medium,
      cast(null as ${type.text}) as utm_campaign,
      cast(null as ${type.text}) as utm_content,
      cast(null as ${type.text}) as utm_term,
      cast(null as ${type.text}) as click_id_kind,
      cast(null as ${type.text}) as referrer_host,
      cast(null as ${type.text}) as page_host,
      cast(null as ${type.text}) as page_path,
      cast(null as ${type.text}) as device_category,
      cast(null as ${type.text}) as operating_system,
      cast(null as ${type.text}) as browser,
      cast(null as ${type.text}) as country,
      cast(null as ${type.text}) as region,
      m.order_id,
      cast(null as ${type.text}) as given_channel,
      case when m.is_at_till then 'Store' end as place_channel,
      m.is_test,
      cast(null as ${type.text}) as source_session_id,
      m.amount,
      m.currency
    from ${shopify_moments} as m
  `,
})
