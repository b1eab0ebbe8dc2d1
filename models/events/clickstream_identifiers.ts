import { model, sql } from 'throughline'
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
    select e.event_id, 'user_id' as identifier_kind, e.user_id as identifier_value
    from ${stg_clickstream__events} as e
    where e.user_id is not null

    union all

    select e.event_id, 'device_id' as identifier_kind, e.device_id as identifier_value
    from ${stg_clickstream__events} as e
    where e.device_id is not null
  `,
})
