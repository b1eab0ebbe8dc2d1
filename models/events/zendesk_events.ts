import { model, sql, type } from 'throughline'
import { sha256Hex } from '../../macros/hash'
import { event_stream } from './event_stream'
import { zendesk_moments } from './zendesk_moments'

export const zendesk_events = model({
  description: 'One row per event of Zendesk, as the events of all systems are told.',
  implements: event_stream,
  grain: ['event_id'],
  columns: event_stream.columns,
  materialize: { kind: 'inline' },
  query: () => sql`
    select
      ${sha256Hex(sql`'zendesk:' || m.system_event_id`)} as event_id,
      m.row_id,
      'zendesk' as system,
      m.system_event_id,
      m.raw_event_name,
      m.occurred_at,
      m.loaded_at,
      m.platform,
      m.is_customer_action,
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
      cast(null as ${type.text}) as order_id,
      cast(null as ${type.text}) as given_channel,
      case
        when m.platform = 'email' then 'Support'
        when m.platform = 'phone' and not m.is_outbound then 'Phone'
        when m.platform = 'chat' then 'Chat'
      end as place_channel,
      false as is_test,
      cast(null as ${type.text}) as source_session_id,
      cast(null as ${type.number}) as amount,
      cast(null as ${type.text}) as currency
    from ${zendesk_moments} as m
  `,
})
