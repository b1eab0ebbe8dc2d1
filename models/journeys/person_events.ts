import { boolean, date, integer, key, model, references, sql, text, timestamp } from 'throughline'
import { sha256Hex } from '../../macros/hash'
import { elapsedSeconds, plusSeconds } from '../../macros/time'
import { sessions as sessionRules } from '../definitions/sessions'
import { event_identifiers } from '../events/event_identifiers'
import { events } from '../events/events'
import { identifiers } from '../profiles/identifiers'
import { identity_map } from '../profiles/identity_map'

export const person_events = model({
  description:
    'One row per event: whose it is, and in which session. Order is that of (occurred_at, event_id) everywhere.',
  grain: ['event_id'],
  columns: {
    event_id: references(events.columns.event_id),
    person_id: key('Whose event it is; a shared identifier is a person of its own'),
    session_id: text("SHA-256 of the session's first event id; NULL where it is not a customer action").nullable(),
    occurred_at: timestamp('When it happened, UTC'),
    occurred_date: date('The day on which it happened, in the reporting zone'),
    event_name: text("What happened, in the company's own words"),
    sequence_in_session: integer("Place among the session's actions, from 1; NULL where it is not a customer action")
      .nullable()
      .atLeast(1),
    sequence_in_person: integer("Place among all of the person's events, from 1").atLeast(1),
    seconds_since_previous: integer(
      "Whole seconds since the person's previous event of whatever kind; NULL for the first",
    )
      .nullable()
      .atLeast(0),
    is_customer_action: boolean('Done by the customer, rather than by us, by a machine or in a test'),
    is_counted: boolean('Neither made by a bot nor a test: what is not counted is no touchpoint, conversion or step'),
  },
  tests: {
    unique: [['person_id', 'sequence_in_person']],
    always: {
      'customer actions, and only they, are in a session': sql`is_customer_action = (session_id is not null)`,
      'a place in the session is that of an action': sql`is_customer_action = (sequence_in_session is not null)`,
      'the first event has none before it': sql`(sequence_in_person = 1) = (seconds_since_previous is null)`,
    },
    never: {
      'an event without a person': self => sql`
        select e.event_id
        from ${events} as e
        left join ${self} as p on p.event_id = e.event_id
        where p.event_id is null
      `,
    },
  },
  materialize: { kind: 'table', partitionBy: 'occurred_date', clusterBy: ['person_id'] },
  uses: { sessionRules },
  query: ({ sessionRules: { timeout } }) => sql`
    with event_people as (
      -- The strongest identifier that is not shared names the person; where all are shared, the strongest of those.
      select x.event_id, m.person_id
      from ${event_identifiers} as x
      inner join ${identifiers} as i on i.identifier_id = x.identifier_id
      inner join ${identity_map} as m on m.identifier_id = x.identifier_id
      qualify row_number() over (
        partition by x.event_id
        order by
          case when i.is_shared then 1 else 0 end,
          i.strength, i.first_seen_at, i.identifier_value, i.identifier_id
      ) = 1
    ),

    owned as (
      select
        e.event_id, e.occurred_at, e.occurred_date, e.event_name, e.is_customer_action,
        not (e.is_bot or e.is_test) as is_counted,
        coalesce(p.person_id, 'event:' || e.event_id) as person_id
      from ${events} as e
      left join event_people as p on p.event_id = e.event_id
    ),

    in_order as (
      select
        o.event_id, o.person_id, o.occurred_at, o.occurred_date, o.event_name, o.is_customer_action, o.is_counted,
        row_number() over (partition by o.person_id order by o.occurred_at, o.event_id) as sequence_in_person,
        lag(o.occurred_at) over (partition by o.person_id order by o.occurred_at, o.event_id) as previous_at,
        lag(o.occurred_at) over (
          partition by o.person_id, o.is_customer_action
          order by o.occurred_at, o.event_id
        ) as previous_of_kind_at
      from owned as o
    ),

    numbered as (
      select
        i.event_id, i.person_id, i.occurred_at, i.occurred_date, i.event_name, i.is_customer_action, i.is_counted,
        i.sequence_in_person, i.previous_at,
        -- Instants are compared, not whole seconds: a pause of the timeout and a millisecond is longer than the timeout.
        sum(case when i.occurred_at > ${plusSeconds(sql`i.previous_of_kind_at`, timeout)} then 1 else 0 end) over (
          partition by i.person_id, i.is_customer_action
          order by i.occurred_at, i.event_id
          rows between unbounded preceding and current row
        ) as session_number
      from in_order as i
    ),

    sessioned as (
      select
        n.event_id, n.person_id, n.occurred_at, n.occurred_date, n.event_name, n.is_customer_action, n.is_counted,
        n.sequence_in_person, n.previous_at,
        first_value(n.event_id) over (
          partition by n.person_id, n.is_customer_action, n.session_number
          order by n.occurred_at, n.event_id
          rows between unbounded preceding and unbounded following
        ) as first_event_id,
        row_number() over (
          partition by n.person_id, n.is_customer_action, n.session_number
          order by n.occurred_at, n.event_id
        ) as place_in_session
      from numbered as n
    )

    select
      s.event_id,
      s.person_id,
      case when s.is_customer_action then ${sha256Hex(sql`s.first_event_id`)} end as session_id,
      s.occurred_at,
      s.occurred_date,
      s.event_name,
      case when s.is_customer_action then s.place_in_session end as sequence_in_session,
      s.sequence_in_person,
      ${elapsedSeconds(sql`s.previous_at`, sql`s.occurred_at`)} as seconds_since_previous,
      s.is_customer_action,
      s.is_counted
    from sessioned as s
  `,
})
