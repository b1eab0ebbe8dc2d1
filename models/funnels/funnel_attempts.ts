import { date, integer, key, model, references, rows, sql, text, timestamp } from 'throughline'
import { plusSeconds } from '../../macros/time'
import { funnels as funnelRules } from '../definitions/funnels'
import { person_events } from '../journeys/person_events'
import { sessions } from '../journeys/sessions'
import { people } from '../profiles/people'
import { funnel_attempt_steps } from './funnel_attempt_steps'
import { funnel_events } from './funnel_events'

export const funnel_attempts = model({
  description:
    'One row per attempt at a funnel: one of each person, shared devices aside, or of each session, as the funnel declares, over all data, dated by its entry. A person who later gets further has that attempt instead.',
  grain: ['funnel', 'attempt_id'],
  columns: {
    funnel: key('The funnel, as in the config'),
    attempt_id: key('SHA-256 of the funnel and the event that entered it'),
    person_id: references(people.columns.person_id),
    session_id: references(sessions.columns.session_id).nullable(),
    entered_at: timestamp('Instant of the first step, UTC'),
    entered_date: date('Its day, in the reporting zone'),
    window_ends_at: timestamp(
      'Instant at which the window of the attempt ends, UTC: a step at that instant still counts',
    ),
    steps_completed: integer('Steps that were reached, the first included').atLeast(1),
    completed_at: timestamp('Instant of the last step of the funnel, UTC; NULL where it was not reached').nullable(),
    action_count: integer(
      "What was done from the first step through the last reached: the customer's actions, and steps that are none. As many as steps is a straight line",
    ).atLeast(1),
  },
  tests: {
    always: {
      'an attempt is entered before it is completed': sql`completed_at >= entered_at`,
      'every step is something done': sql`action_count >= steps_completed`,
    },
    never: {
      'a step reached before the attempt, or after its window': self => sql`
        select a.funnel, a.attempt_id, s.step_number
        from ${self} as a
        inner join ${funnel_attempt_steps} as s on s.funnel = a.funnel and s.attempt_id = a.attempt_id
        where s.reached_at < a.entered_at or s.reached_at > a.window_ends_at
      `,
    },
  },
  materialize: { kind: 'table' },
  uses: { funnelRules },
  query: ({ funnelRules: funnels }) => sql`
    with funnels as (
      select f.funnel, f.step_count, f.window_seconds
      from ${rows(
        { funnel: text('Funnel'), step_count: integer('Its steps'), window_seconds: integer('Its window') },
        Object.entries(funnels).map(([funnel, { window, steps }]) => ({
          funnel,
          step_count: steps.length,
          window_seconds: window,
        })),
      )} as f
    ),

    reached as (
      select
        s.funnel, s.attempt_id, e.person_id,
        max(case when s.step_number = 1 then e.session_id end) as session_id,
        min(e.occurred_at) as entered_at,
        min(e.occurred_date) as entered_date,
        max(e.occurred_at) as reached_at,
        count(*) as steps_completed,
        min(e.place) as first_place,
        max(e.place) as last_place,
        sum(case when e.session_id is null then 1 else 0 end) as steps_without_action
      from ${funnel_attempt_steps} as s
      inner join ${funnel_events} as e
        on e.funnel = s.funnel and e.step_number = s.step_number and e.event_id = s.event_id
      group by s.funnel, s.attempt_id, e.person_id
    ),

    counted as (
      select
        p.person_id, p.sequence_in_person,
        case when p.is_customer_action then 1 else 0 end as actions_here,
        sum(case when p.is_customer_action then 1 else 0 end) over (
          partition by p.person_id order by p.sequence_in_person
          rows between unbounded preceding and current row
        ) as actions_through
      from ${person_events} as p
    )

    select
      r.funnel,
      r.attempt_id,
      r.person_id,
      r.session_id,
      r.entered_at,
      r.entered_date,
      ${plusSeconds(sql`r.entered_at`, sql`f.window_seconds`)} as window_ends_at,
      r.steps_completed,
      case when r.steps_completed = f.step_count then r.reached_at end as completed_at,
      l.actions_through - b.actions_through + b.actions_here + r.steps_without_action as action_count
    from reached as r
    inner join funnels as f on f.funnel = r.funnel
    inner join counted as b on b.person_id = r.person_id and b.sequence_in_person = r.first_place
    inner join counted as l on l.person_id = r.person_id and l.sequence_in_person = r.last_place
  `,
})
