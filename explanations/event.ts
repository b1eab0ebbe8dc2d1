import { explanation, sql } from 'throughline'
import { event_identifiers } from '../models/events/event_identifiers'
import { events } from '../models/events/events'
import { person_events } from '../models/journeys/person_events'
import { sessions } from '../models/journeys/sessions'
import { identifiers } from '../models/profiles/identifiers'
import { identity_map } from '../models/profiles/identity_map'
import { chainLines, linksOf, nameOf } from './person'

export const event = explanation({
  description:
    'Why an event is whose it is: the identifiers on it, the one that decides, and what ties that to the person; and in which session it counts.',
  takes: 'event_id',
  ids: () => sql`select e.event_id as id from ${events} as e`,
  queries: id => ({
    events: sql`
      select
        e.event_id, e.system, e.system_event_id, e.raw_event_name, e.event_name, e.occurred_at, e.platform, e.is_customer_action,
        e.is_bot, e.is_test, p.person_id, p.session_id, s.channel, s.started_at as session_started_at
      from ${events} as e
      inner join ${person_events} as p on p.event_id = e.event_id
      left join ${sessions} as s on s.session_id = p.session_id
      where e.event_id = ${id}
    `,
    seen: sql`
      select i.identifier_kind, i.identifier_value, i.is_shared, i.reason, m.person_id
      from ${event_identifiers} as x
      inner join ${identifiers} as i on i.identifier_id = x.identifier_id
      inner join ${identity_map} as m on m.identifier_id = x.identifier_id
      where x.event_id = ${id}
      order by i.is_shared, i.strength, i.first_seen_at, i.identifier_value, i.identifier_id
    `,
    identifiers: sql`
      select i.identifier_id, i.identifier_kind, i.identifier_value
      from ${person_events} as p
      inner join ${identity_map} as m on m.person_id = p.person_id
      inner join ${identifiers} as i on i.identifier_id = m.identifier_id
      where p.event_id = ${id}
      order by i.strength, i.first_seen_at, i.identifier_value, i.identifier_id
    `,
    links: linksOf(sql`
      inner join ${person_events} as p on p.person_id = a.person_id and p.person_id = b.person_id
      where p.event_id = ${id}
    `),
  }),
  tell: ({ events: found, seen, identifiers: known, links }) => {
    const [row] = found
    if (row === undefined) return []
    const name =
      row.event_name === row.raw_event_name ? row.event_name : `${row.event_name} (${row.raw_event_name} there)`
    const kept = row.is_bot === true ? '; made by a bot' : row.is_test === true ? '; a test' : ''
    const session =
      row.session_id === null
        ? 'In no session: it is no action of a customer'
        : `In the session ${row.session_id}, since ${row.session_started_at}, channel ${row.channel}`
    const told = seen.map(
      ({ identifier_kind, identifier_value, is_shared, reason }, index) =>
        `${nameOf(identifier_kind, identifier_value)}${index === 0 ? ': decides, the strongest that is not shared' : ''}${is_shared === true ? ` (shared: ${reason})` : ''}`,
    )
    return [
      { heading: 'What', lines: [`${name}, in ${row.system}, at ${row.occurred_at}, UTC${kept}`, session] },
      {
        heading: 'Identifiers on it',
        lines: told.length > 0 ? told : ['None that may identify anybody: it is a person of its own'],
      },
      { heading: `Whose: person ${row.person_id}`, lines: chainLines(String(row.person_id), known, links) },
    ].filter(({ lines }) => lines.length > 0)
  },
})
