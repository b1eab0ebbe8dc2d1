import { boolean, date, integer, key, model, sql, text, timestamp, values } from 'throughline'
import { localDate } from '../../macros/time'
import { reporting } from '../definitions/reporting'
import { person_events } from '../journeys/person_events'
import { session_channels } from '../journeys/session_channels'
import { identifiers } from './identifiers'
import { identity_map } from './identity_map'

/** What is seen of somebody before they say who they are. */
const namelessKinds = ['device_id', 'cookie_id', 'order_id']

export const people = model({
  description:
    'One row per person: everybody whom an identifier or an event stands for. Count those that are not is_shared_device.',
  grain: ['person_id'],
  columns: {
    person_id: key('Id of the strongest identifier, or event:<event_id> for an event without any'),
    first_seen_at: timestamp('First event of theirs, or event or record with an identifier of theirs, UTC'),
    first_seen_date: date('The day on which they were first seen, in the reporting zone'),
    last_seen_at: timestamp('Last event of theirs, or event or record with an identifier of theirs, UTC'),
    known_since: timestamp(
      'First event or record with an identifier that names a person rather than a device, a browser or an order, UTC; NULL where there is none',
    ).nullable(),
    identifier_count: integer('Identifiers of the person').atLeast(0),
    acquisition_channel: text('Channel of the first session; NULL where there is no session').nullable(),
    acquisition_campaign: text('UTM campaign of the first session; NULL where it has none').nullable(),
    is_shared_device: boolean('An identifier that too many share, which cannot be resolved: not counted as a person'),
  },
  tests: {
    always: {
      'seen first, then last': sql`first_seen_at <= last_seen_at`,
      'only a person without identifiers is named by an event': sql`(person_id like 'event:%') = (identifier_count = 0)`,
    },
  },
  materialize: { kind: 'table' },
  uses: { reporting },
  query: ({ reporting: { timezone } }) => sql`
    with sightings as (
      select p.person_id, p.occurred_at as first_seen_at, p.occurred_at as last_seen_at
      from ${person_events} as p
      union all
      select m.person_id, i.first_seen_at, i.last_seen_at
      from ${identity_map} as m
      inner join ${identifiers} as i on i.identifier_id = m.identifier_id
    ),

    seen as (
      select s.person_id, min(s.first_seen_at) as first_seen_at, max(s.last_seen_at) as last_seen_at
      from sightings as s
      group by s.person_id
    ),

    identified as (
      select
        m.person_id,
        count(*) as identifier_count,
        min(case when i.identifier_kind not in (${values(namelessKinds)}) then i.first_seen_at end) as known_since,
        max(case when i.is_shared then 1 else 0 end) as shared_count
      from ${identity_map} as m
      inner join ${identifiers} as i on i.identifier_id = m.identifier_id
      group by m.person_id
    ),

    first_sessions as (
      select c.person_id, c.channel, c.utm_campaign
      from ${session_channels} as c
      qualify row_number() over (partition by c.person_id order by c.started_at, c.first_event_id) = 1
    )

    select
      s.person_id,
      s.first_seen_at,
      ${localDate(sql`s.first_seen_at`, timezone)} as first_seen_date,
      s.last_seen_at,
      i.known_since,
      coalesce(i.identifier_count, 0) as identifier_count,
      f.channel as acquisition_channel,
      f.utm_campaign as acquisition_campaign,
      coalesce(i.shared_count, 0) > 0 as is_shared_device
    from seen as s
    left join identified as i on i.person_id = s.person_id
    left join first_sessions as f on f.person_id = s.person_id
  `,
})
