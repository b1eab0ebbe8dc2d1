import { model, rows, sql, text } from 'throughline'
import { stg_ga4__events } from '../staging/stg_ga4__events'
import { identifier_stream } from './identifier_stream'

export const ga4_identifiers = model({
  description:
    'One row per event of Google Analytics 4 and kind of identifier: the user id, the browser (cookie_id) or installed app (device_id), and the order.',
  implements: identifier_stream,
  grain: ['event_id', 'identifier_kind'],
  columns: identifier_stream.columns,
  materialize: { kind: 'inline' },
  query: () => sql`
    -- Each event once for each kind, rather than the events once for each kind: to take them apart is the work.
    with told as (
      select
        s.event_id,
        k.identifier_kind,
        case k.identifier_kind
          when 'user_id' then s.user_id
          when 'cookie_id' then case when coalesce(s.platform, 'web') = 'web' then 'ga4:' || s.user_pseudo_id end
          when 'device_id' then case when s.platform <> 'web' then 'ga4:' || s.user_pseudo_id end
          else coalesce(s.ecommerce_transaction_id, s.parameter_transaction_id)
        end as identifier_value
      from ${stg_ga4__events} as s
      cross join ${rows({ identifier_kind: text('What identifies') }, [
        { identifier_kind: 'user_id' },
        { identifier_kind: 'cookie_id' },
        { identifier_kind: 'device_id' },
        { identifier_kind: 'order_id' },
      ])} as k
    )

    select t.event_id, t.identifier_kind, t.identifier_value
    from told as t
    where t.identifier_value is not null
  `,
})
