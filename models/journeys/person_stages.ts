import { date, integer, key, model, references, sql, text, timestamp } from 'throughline'
import { people } from '../profiles/people'
import { stage_events } from './stage_events'

export const person_stages = model({
  description:
    'One row per person and stage that they have come to, by its own events or by those of a later stage: who buys at once has passed what stands before. A person is in the furthest of their stages. A stage of whose events there is none at all is passed by nobody.',
  grain: ['person_id', 'stage'],
  columns: {
    person_id: references(people.columns.person_id),
    stage: key('The stage, as in the config'),
    stage_number: integer('Place among the stages, from 1').atLeast(1),
    reached_at: timestamp('When the person was first in this stage or a later one, UTC'),
    reached_date: date('The day, in the reporting zone'),
    reached_by_event_id: text('The event that brought them'),
    reached_in_sequence: integer("Its place among all of the person's events, from 1").atLeast(1),
    own_at: timestamp(
      "When the stage's own events had brought them, UTC; NULL where they never did, and a later stage's did",
    ).nullable(),
  },
  tests: {
    unique: [['person_id', 'stage_number']],
    always: { "the stage's own events do not come before it is reached": sql`own_at >= reached_at` },
    never: {
      'a stage reached after a later one': self => sql`
        with in_order as (
          select
            s.person_id, s.stage, s.reached_in_sequence,
            lag(s.reached_in_sequence) over (partition by s.person_id order by s.stage_number) as reached_before
          from ${self} as s
        )

        select i.person_id, i.stage
        from in_order as i
        where i.reached_in_sequence < i.reached_before
      `,
    },
  },
  materialize: { kind: 'table' },
  query: () => sql`
    with reached as (
      select e.person_id, e.stage_number, e.event_id, e.occurred_at, e.occurred_date, e.sequence_in_person
      from ${stage_events} as e
      where e.is_reaching
    ),

    tracked_stages as (
      select distinct e.stage, e.stage_number
      from ${stage_events} as e
    ),

    -- Of this stage and all later ones, the first that was reached.
    ways as (
      select
        r.person_id, k.stage, k.stage_number, r.event_id, r.occurred_at, r.occurred_date, r.sequence_in_person,
        max(case when r.stage_number = k.stage_number then r.occurred_at end) over (
          partition by r.person_id, k.stage_number
        ) as own_at,
        row_number() over (
          partition by r.person_id, k.stage_number order by r.sequence_in_person, r.stage_number
        ) as way_number
      from reached as r
      inner join tracked_stages as k on k.stage_number <= r.stage_number
    )

    select
      w.person_id,
      w.stage,
      w.stage_number,
      w.occurred_at as reached_at,
      w.occurred_date as reached_date,
      w.event_id as reached_by_event_id,
      w.sequence_in_person as reached_in_sequence,
      w.own_at
    from ways as w
    where w.way_number = 1
  `,
})
