import { model, sql } from 'throughline'
import { sha256Hex } from '../../macros/hash'
import { identifier_stream } from './identifier_stream'
import { twilio_moments } from './twilio_moments'

export const twilio_identifiers = model({
  description: "One row per call whose customer's number is known.",
  implements: identifier_stream,
  grain: ['event_id', 'identifier_kind'],
  columns: identifier_stream.columns,
  materialize: { kind: 'inline' },
  query: () => sql`
    select
      ${sha256Hex(sql`'twilio:' || m.call_id`)} as event_id,
      'phone' as identifier_kind,
      m.customer_phone as identifier_value
    from ${twilio_moments} as m
    where m.customer_phone is not null
  `,
})
