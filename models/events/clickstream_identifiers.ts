import { model, rows, sql, text } from 'throughline'
import { stg_clickstream__events } from '../staging/stg_clickstream__events'
import { identifier_stream } from './identifier_stream'

export const clickstream_identifiers = model({
  description:
    'One row per event of the clickstream and kind of identifier: the person and the device, where the file has them.',
  implements: identifier_stream,
  grain: ['event_id', 'identifier_kind'],
  columns: identifier_stream.columns,
  materialize: { kind: 'inline' },
  query: () => sql`
    -- Each event once for each kind, rather than the events once for each kind: to find their newest versions is the work.
    with told as (
      select
        e.event_id,
        k.identifier_kind,
        case k.identifier_kind when 'user_id' then e.user_id else e.device_id end as identifier_value
      from ${stg_clickstream__events} as e
      cross join ${rows({ identifier_kind: text('user_id or device_id') }, [
        { identifier_kind: 'user_id' },
        { identifier_kind: 'device_id' },
      ])} as k
    )

    select t.event_id, t.identifier_kind, t.identifier_value
    from told as t
    where t.identifier_value is not null
  `,
})
