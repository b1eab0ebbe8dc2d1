import { key, model, sql, text, timestamp, unionOf } from 'throughline'
import { sha256Hex } from '../../macros/hash'
import { blockedReason, blockedReasons, normalisedValue } from '../../macros/identifiers'
import { identity } from '../definitions/identity'
import { events } from '../events/events'
import { identifier_stream } from '../events/identifier_stream'
import { record_stream } from '../events/record_stream'

export const seen_identifiers = model({
  description:
    'One row per identifier and event it was seen on, or record that it stands in; those that identify nobody included.',
  grain: ['seen_in', 'seen_id', 'identifier_id'],
  columns: {
    seen_in: key('What it was seen in').oneOf(['event', 'record']),
    seen_id: key('The event, or the record'),
    identifier_id: key('SHA-256 of the kind and the normalised value'),
    identifier_kind: text('What identifies: user_id, email, phone, device_id …'),
    identifier_value: text(
      'The value without white space around it; e-mail addresses in lower case, phone numbers as E.164 has them',
    ).classified('personal'),
    seen_at: timestamp('When the event happened, or since when the system has the record, UTC'),
    blocked_reason: text('Why it identifies nobody; NULL where it may').nullable().oneOf(blockedReasons),
  },
  materialize: { kind: 'table' },
  uses: { identity },
  query: ({ identity }) => sql`
    with told as (
      -- One event for each event_id; identifiers of an event that is left out are left out.
      select 'event' as seen_in, e.event_id as seen_id, e.occurred_at as seen_at, s.identifier_kind, s.identifier_value
      from ${unionOf(identifier_stream)} as s
      inner join ${events} as e on e.event_id = s.event_id
      union all
      select 'record' as seen_in, r.record_id as seen_id, r.stated_at as seen_at, r.identifier_kind, r.identifier_value
      from ${unionOf(record_stream)} as r
    ),

    normalised as (
      select
        t.seen_in, t.seen_id, t.seen_at, t.identifier_kind,
        ${normalisedValue(sql`t.identifier_kind`, sql`t.identifier_value`, identity)} as identifier_value
      from told as t
    ),

    sightings as (
      select n.seen_in, n.seen_id, n.identifier_kind, n.identifier_value, min(n.seen_at) as seen_at
      from normalised as n
      where n.identifier_value <> ''
      group by n.seen_in, n.seen_id, n.identifier_kind, n.identifier_value
    )

    select
      s.seen_in,
      s.seen_id,
      ${sha256Hex(sql`s.identifier_kind || ':' || s.identifier_value`)} as identifier_id,
      s.identifier_kind,
      s.identifier_value,
      s.seen_at,
      ${blockedReason(sql`s.identifier_kind`, sql`s.identifier_value`, identity)} as blocked_reason
    from sightings as s
  `,
})
