import { join, key, model, references, type Sql, sql, text, timestamp, unionOf, values } from 'throughline'
import { globPattern } from '../../macros/channels'
import { sha256Hex } from '../../macros/hash'
import { lowered, matchesPattern, trimmed } from '../../macros/text'
import { identity } from '../definitions/identity'
import { events } from '../events/events'
import { identifier_stream } from '../events/identifier_stream'

export const seen_identifiers = model({
  description: 'One row per event and identifier seen on it, blocked ones included.',
  grain: ['event_id', 'identifier_id'],
  columns: {
    event_id: references(events.columns.event_id),
    identifier_id: key('SHA-256 of the kind and the normalised value'),
    identifier_kind: text('What identifies: user_id, device_id …'),
    identifier_value: text('The value without white space around it; e-mail addresses in lower case'),
    occurred_at: timestamp('When it was seen, UTC'),
    blocked_reason: text('Why it identifies nobody; NULL where it may')
      .nullable()
      .oneOf(['placeholder value', 'blocked value']),
  },
  materialize: { kind: 'table' },
  uses: { identity },
  query: ({ identity: { placeholders, blocked } }) => sql`
    with normalised as (
      select
        s.event_id,
        s.identifier_kind,
        case
          when s.identifier_kind = 'email' then ${lowered(trimmed(sql`s.identifier_value`))}
          else ${trimmed(sql`s.identifier_value`)}
        end as identifier_value
      from ${unionOf(identifier_stream)} as s
    ),

    distinct_identifiers as (
      select distinct n.event_id, n.identifier_kind, n.identifier_value
      from normalised as n
      where n.identifier_value <> ''
    )

    select
      i.event_id,
      ${sha256Hex(sql`i.identifier_kind || ':' || i.identifier_value`)} as identifier_id,
      i.identifier_kind,
      i.identifier_value,
      e.occurred_at,
      case
        when ${lowered(sql`i.identifier_value`)} in (${values(placeholders)}) then 'placeholder value'
        ${join(
          Object.entries(blocked).map(([kind, patterns]) => blockedValues(kind, patterns)),
          '\n',
        )}
      end as blocked_reason
    from distinct_identifiers as i
    -- One event for each event_id; identifiers of an event that is left out are left out.
    inner join ${events} as e on e.event_id = i.event_id
  `,
})

function blockedValues(kind: string, patterns: readonly string[]): Sql {
  const conditions = patterns.map(pattern => {
    const text = pattern.toLowerCase()
    const value = lowered(sql`i.identifier_value`)
    return text.includes('*') ? sql`${matchesPattern(value, globPattern(text))}` : sql`${value} = ${text}`
  })
  return conditions.length === 0
    ? sql`when false then 'blocked value'`
    : sql`when i.identifier_kind = ${kind} and (${join(conditions, ' or ')}) then 'blocked value'`
}
