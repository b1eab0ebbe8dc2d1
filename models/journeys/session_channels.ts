import { date, key, model, references, sql, text, timestamp } from 'throughline'
import { events } from '../events/events'
import { event_channels } from './event_channels'
import { person_events } from './person_events'

export const session_channels = model({
  description: 'One row per session: the channel that brought it.',
  grain: ['session_id'],
  columns: {
    session_id: key("SHA-256 of the session's first event id"),
    person_id: text('Whose session it is'),
    first_event_id: references(events.columns.event_id),
    started_at: timestamp('Instant of the first action, UTC'),
    started_date: date('Day of the first action, in the reporting zone'),
    channel: text(
      'The first channel that is given in the session; else that of its first action where this is itself one, as a call; else that of its earliest event with UTM values, a click id or a referrer from outside; else Direct',
    ),
    source_event_id: text(
      'The event with UTM values, a click id or a referrer that names it; NULL where there is none',
    ).nullable(),
    utm_source: text('UTM source of that event').nullable(),
    utm_medium: text('UTM medium of that event').nullable(),
    utm_campaign: text('UTM campaign of that event').nullable(),
    utm_content: text('UTM content of that event').nullable(),
    utm_term: text('UTM term of that event').nullable(),
  },
  tests: {
    unique: [['person_id', 'started_at']],
    always: {
      'UTM values come from an event': sql`source_event_id is not null or coalesce(utm_source, utm_medium, utm_campaign, utm_content, utm_term) is null`,
    },
  },
  materialize: { kind: 'table' },
  query: () => sql`
    with starts as (
      select p.session_id, p.person_id, p.event_id, p.occurred_at, p.occurred_date
      from ${person_events} as p
      where p.sequence_in_session = 1
    ),

    channels_in_sessions as (
      select p.session_id, p.event_id, p.occurred_at, p.sequence_in_session, c.channel, c.is_given, c.is_place, c.carried_by
      from ${person_events} as p
      inner join ${event_channels} as c on c.event_id = p.event_id
      where p.session_id is not null
    ),

    given_channels as (
      select c.session_id, c.channel
      from channels_in_sessions as c
      where c.is_given
      qualify row_number() over (partition by c.session_id order by c.occurred_at, c.event_id) = 1
    ),

    -- A call within a visit to the site is a touchpoint of its own and does not rename the visit; one that begins it does.
    places as (
      select c.session_id, c.event_id, c.channel
      from channels_in_sessions as c
      where c.is_place and c.sequence_in_session = 1
    ),

    told_sources as (
      select c.session_id, c.event_id, c.channel, e.utm_source, e.utm_medium, e.utm_campaign, e.utm_content, e.utm_term
      from channels_in_sessions as c
      inner join ${events} as e on e.event_id = c.event_id
      where c.carried_by is not null
      qualify row_number() over (partition by c.session_id order by c.occurred_at, c.event_id) = 1
    ),

    source_events as (
      select t.session_id, t.event_id, t.channel, t.utm_source, t.utm_medium, t.utm_campaign, t.utm_content, t.utm_term
      from told_sources as t
      left join places as p on p.session_id = t.session_id
      where p.event_id is null or p.event_id = t.event_id
    )

    select
      s.session_id,
      s.person_id,
      s.event_id as first_event_id,
      s.occurred_at as started_at,
      s.occurred_date as started_date,
      coalesce(g.channel, p.channel, c.channel, 'Direct') as channel,
      c.event_id as source_event_id,
      c.utm_source,
      c.utm_medium,
      c.utm_campaign,
      c.utm_content,
      c.utm_term
    from starts as s
    left join given_channels as g on g.session_id = s.session_id
    left join places as p on p.session_id = s.session_id
    left join source_events as c on c.session_id = s.session_id
  `,
})
