import {
  boolean,
  date,
  integer,
  join,
  key,
  model,
  nothing,
  references,
  rows,
  type SqlPart,
  sql,
  text,
  timestamp,
  values,
} from 'throughline'
import { meets } from '../../macros/match'
import { lowered } from '../../macros/text'
import { identity } from '../definitions/identity'
import { type Stages, stages as stageRules } from '../definitions/stages'
import { events } from '../events/events'
import { orders } from '../orders/orders'
import { people } from '../profiles/people'
import { person_events } from './person_events'

export const stage_events = model({
  description:
    "One row per stage and event that counts for it: whose it is, and which of the person's. Any event counts, not the customer's actions alone. What several systems, or one of them twice, tell of one order counts once, as for conversions: the earliest report that is an action of the customer, else the earliest. An event may count for several stages.",
  grain: ['stage', 'event_id'],
  columns: {
    stage: key('The stage, as in the config'),
    event_id: references(events.columns.event_id),
    stage_number: integer('Place among the stages, from 1').atLeast(1),
    person_id: references(people.columns.person_id),
    occurred_at: timestamp('When it happened, UTC'),
    occurred_date: date('The day on which it happened, in the reporting zone'),
    sequence_in_person: integer("Place among all of the person's events, from 1").atLeast(1),
    event_number: integer("Place among the person's events that count for the stage, from 1").atLeast(1),
    is_reaching: boolean('With it the person has had as many of these events as the stage asks for'),
  },
  tests: { unique: [['stage', 'person_id', 'event_number']] },
  materialize: { kind: 'table' },
  uses: { identity, stageRules },
  query: ({ identity: { placeholders }, stageRules: stages }) => sql`
    with matching as (
      select
        s.stage, s.stage_number, s.at_least, e.event_id,
        case when ${lowered(sql`e.order_id`)} not in (${values(placeholders)}) then e.order_id end as order_id,
        p.person_id, p.session_id, p.occurred_at, p.occurred_date, p.sequence_in_person
      from ${events} as e
      inner join ${stageRows(stages)} as s on s.event_name = e.event_name
      inner join ${person_events} as p on p.event_id = e.event_id
      left join ${orders} as o on o.order_id = e.order_id
      where p.is_counted and not coalesce(o.is_test, false)
        ${conditionsOf(stages)}
    ),

    -- What is of no order is an order of its own.
    reports as (
      select
        m.stage, m.stage_number, m.at_least, m.event_id, m.person_id, m.occurred_at, m.occurred_date, m.sequence_in_person,
        row_number() over (
          partition by m.stage, m.order_id, case when m.order_id is null then m.event_id end
          order by case when m.session_id is null then 1 else 0 end, m.occurred_at, m.event_id
        ) as report_number
      from matching as m
    ),

    numbered as (
      select
        r.stage, r.stage_number, r.at_least, r.event_id, r.person_id, r.occurred_at, r.occurred_date, r.sequence_in_person,
        row_number() over (partition by r.stage, r.person_id order by r.sequence_in_person) as event_number
      from reports as r
      where r.report_number = 1
    )

    select
      n.stage,
      n.event_id,
      n.stage_number,
      n.person_id,
      n.occurred_at,
      n.occurred_date,
      n.sequence_in_person,
      n.event_number,
      n.event_number = n.at_least as is_reaching
    from numbered as n
  `,
})

/** A row per stage and name of an event that may count for it. */
function stageRows(stages: Stages) {
  return rows(
    {
      stage: text('Stage'),
      stage_number: integer('Its place'),
      at_least: integer('How many events it asks for'),
      event_name: text('Name of an event'),
    },
    Object.entries(stages).flatMap(([stage, { match, atLeast }], index) =>
      match.events.map(event_name => ({ stage, stage_number: index + 1, at_least: atLeast, event_name })),
    ),
  )
}

/** What the stages ask of their events besides a name. */
function conditionsOf(stages: Stages): SqlPart {
  const conditions = Object.entries(stages).flatMap(([stage, { match }]) =>
    match.where.length === 0 ? [] : [sql`and (s.stage <> ${stage} or (${meets(match.where, 'e')}))`],
  )
  return conditions.length === 0 ? nothing : join(conditions, '\n')
}
