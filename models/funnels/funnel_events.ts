import {
  boolean,
  date,
  integer,
  join,
  key,
  model,
  nothing,
  number,
  references,
  rows,
  type SqlPart,
  sql,
  text,
  timestamp,
  type,
} from 'throughline'
import { meets } from '../../macros/match'
import { quotient } from '../../macros/numbers'
import { funnels as funnelRules } from '../definitions/funnels'
import { events } from '../events/events'
import { person_events } from '../journeys/person_events'
import { people } from '../profiles/people'

export const funnel_events = model({
  description:
    "One row per funnel, step and event that is this step, of those who may attempt it: people, shared devices aside, or sessions, as the funnel declares. Any event counts, not the customer's actions alone; an event may be several steps.",
  grain: ['funnel', 'step_number', 'event_id'],
  columns: {
    funnel: key('The funnel, as in the config'),
    step_number: integer('Place of the step in the funnel, from 1').atLeast(1),
    event_id: references(events.columns.event_id),
    step: text("The step's name"),
    attempt_of: key('Whose attempt it may serve: the id of the person, or of the session'),
    person_id: references(people.columns.person_id),
    session_id: text('The session of the event; NULL where it is not a customer action').nullable(),
    place: integer(
      "Place among all of the person's events: of two events of one instant, the lesser id is first",
    ).atLeast(1),
    occurred_at: timestamp('When it happened, UTC'),
    occurred_date: date('The day on which it happened, in the reporting zone'),
    later_steps: integer(
      'The steps after this one that the event is too: the sum of 2^(n - 1) for the nth after it',
    ).atLeast(0),
    kind_weight: number(
      'A number for the kind of event, of those of one attempt and instant that are the same steps: the nth kind has 21^(n - 1), so that a sum says how many of each; NULL past the 21st, 0 where it is no later step',
    ).nullable(),
    next_step_at: timestamp(
      'Instant of the first event thereafter, at the same instant no more, that is the next step; NULL where there is none',
    ).nullable(),
  },
  tests: {
    always: {
      'an attempt is of a person or of a session': sql`attempt_of = person_id or attempt_of = session_id`,
      'the next step comes later': sql`next_step_at > occurred_at`,
    },
  },
  materialize: { kind: 'table' },
  uses: { funnelRules },
  query: ({ funnelRules: funnels }) => sql`
    with matching as (
      select
        s.funnel, s.step_number, s.step, s.step_bit, e.event_id, p.person_id, p.session_id,
        cast(sum(s.step_bit) over (partition by s.funnel, e.event_id) as ${type.integer}) as step_bits,
        case when s.is_by_session then p.session_id else p.person_id end as attempt_of,
        p.sequence_in_person as place, p.occurred_at, p.occurred_date
      from ${events} as e
      inner join ${stepRows(funnels)} as s on s.event_name = e.event_name
      inner join ${person_events} as p on p.event_id = e.event_id
      inner join ${people} as o on o.person_id = p.person_id
      where p.is_counted and ((s.is_by_session and p.session_id is not null) or (not s.is_by_session and not o.is_shared_device))
        ${conditionsOf(funnels)}
    ),

    -- Each event twice: as its own step, which looks for the next one, and as the target of the step before.
    looks as (
      select
        m.funnel, m.attempt_of, m.step_number - t.is_target as from_step, t.is_target,
        m.step_number, m.step, m.event_id, m.person_id, m.session_id, m.place, m.occurred_at, m.occurred_date, m.step_bits,
        ${quotient(sql`m.step_bits`, sql`(2 * m.step_bit)`)} as later_steps,
        row_number() over (
          partition by m.funnel, m.attempt_of, m.occurred_at, t.is_target, m.step_bits order by m.place, m.step_number
        ) as number_in_kind
      from matching as m
      cross join ${rows({ is_target: integer('Looks, or is the target') }, [{ is_target: 0 }, { is_target: 1 }])} as t
      where m.step_number > t.is_target
    ),

    -- From the last event back, and at one instant the lookers before the targets: the targets passed are those strictly later.
    seen as (
      select
        l.funnel, l.attempt_of, l.is_target,
        l.step_number, l.step, l.event_id, l.person_id, l.session_id, l.place, l.occurred_at, l.occurred_date, l.later_steps,
        min(case when l.is_target = 1 then l.occurred_at end) over (
          partition by l.funnel, l.attempt_of, l.from_step
          order by l.occurred_at desc, l.is_target, l.place
          rows between unbounded preceding and current row
        ) as next_step_at,
        sum(case when l.number_in_kind = 1 then 1 else 0 end) over (
          partition by l.funnel, l.attempt_of, l.occurred_at, l.is_target
          order by l.step_bits, l.place, l.step_number
          rows between unbounded preceding and current row
        ) as kind_number
      from looks as l
    )

    select
      s.funnel, s.step_number, s.event_id, s.step, s.attempt_of, s.person_id, s.session_id, s.place,
      s.occurred_at, s.occurred_date, s.later_steps,
      case when s.later_steps = 0 then cast(0 as ${type.number}) else w.kind_weight end as kind_weight,
      s.next_step_at
    from seen as s
    left join ${kindWeights} as w on w.kind_number = s.kind_number
    where s.is_target = 0
  `,
})

/** One more than a funnel has steps, so that no sum of weights carries over; so many of its powers are decimals. */
const kindBase = 21
const kindCount = 21

const kindWeights = rows(
  { kind_number: integer('Which kind'), kind_weight: number('Its weight') },
  Array.from({ length: kindCount }, (_, index) => ({
    kind_number: index + 1,
    kind_weight: String(BigInt(kindBase) ** BigInt(index)),
  })),
)

type Funnels = ReturnType<typeof funnelRules.schema.parse>

/** A row per funnel, step and name of an event that may be the step. */
function stepRows(funnels: Funnels) {
  const columns = {
    funnel: text('Funnel'),
    step_number: integer('Place of the step'),
    step: text('Name of the step'),
    step_bit: integer('2^(step_number - 1)'),
    event_name: text('Name of an event'),
    is_by_session: boolean('Whether sessions attempt the funnel'),
  }
  return rows(
    columns,
    Object.entries(funnels).flatMap(([funnel, { by, steps }]) =>
      steps.flatMap(({ name, match }, index) =>
        match.events.map(event_name => ({
          funnel,
          step_number: index + 1,
          step: name,
          step_bit: 2 ** index,
          event_name,
          is_by_session: by === 'session',
        })),
      ),
    ),
  )
}

/** What the steps ask of their events besides a name; each condition is asked of its own step's rows. */
function conditionsOf(funnels: Funnels): SqlPart {
  const conditions = Object.entries(funnels).flatMap(([funnel, { steps }]) =>
    steps.flatMap(({ match }, index) =>
      match.where.length === 0
        ? []
        : [sql`and (s.funnel <> ${funnel} or s.step_number <> ${index + 1} or (${meets(match.where, 'e')}))`],
    ),
  )
  return conditions.length === 0 ? nothing : join(conditions, '\n')
}
