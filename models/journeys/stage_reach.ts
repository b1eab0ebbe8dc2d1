import { boolean, date, integer, key, model, real, rows, sql, text, type } from 'throughline'
import { ratio } from '../../macros/numbers'
import { median } from '../../macros/percentiles'
import { elapsedSeconds } from '../../macros/time'
import { stages as stageRules } from '../definitions/stages'
import { as_of } from '../events/as_of'
import { calendar, periods } from '../events/calendar'
import { people } from '../profiles/people'
import { open_periods } from './open_periods'
import { person_stages } from './person_stages'
import { session_segments } from './session_segments'
import { sessions } from './sessions'
import { stage_events } from './stage_events'

export const stage_reach = model({
  description:
    'One row per stage, segment and period: of the people who were active in the period, how many had come to this stage or a later one by its end. For all in every period of the calendar, for each value of a segment in the periods in which anybody of it was active. People may be in several segments and periods: no count here may be summed over anything.',
  grain: ['stage', 'segment', 'segment_value', 'period', 'period_start'],
  columns: {
    stage: key('The stage, as in the config'),
    segment: key(
      "What people are told apart by, as channel; (all) for all. A person is in each value that a session of theirs in the period has, read at the session's entry",
    ),
    segment_value: key('The value; (all) for all, (none) where there is none'),
    period: key('day, week, month, quarter or all: that in which the people were active').oneOf(periods),
    period_start: date('First day of the period; of all, the day of the first event'),
    stage_number: integer('Place among the stages, from 1').atLeast(1),
    is_tracked: boolean(
      'There are events of this stage at all; where there are none, nobody has come to it, and it is passed over',
    ),
    active_people: integer('People with a session that began in the period, shared devices aside').atLeast(0),
    people_before: integer(
      'Of these, those who had come to the stage before it (the nearest that is tracked) or a later one by the end of the period; of the first stage, all',
    ).atLeast(0),
    people: integer('Of these, those who had come to this stage or a later one').atLeast(0),
    new_people: integer('Of these, those who came to it within the period').atLeast(0),
    rate: real('people / people_before; NULL where that is 0, or the stage is not tracked')
      .nullable()
      .atLeast(0)
      .atMost(1),
    active_rate: real('people / active_people; NULL where that is 0, or the stage is not tracked')
      .nullable()
      .atLeast(0)
      .atMost(1),
    median_seconds: integer(
      'Of new_people, whole seconds from the stage before (0 where they passed over it) to this one: the median, by nearest rank; NULL where there are none, and for the first stage',
    )
      .nullable()
      .atLeast(0),
    is_complete: boolean('The period is over, and no session that began in it may go on'),
  },
  tests: {
    unique: [['stage_number', 'segment', 'segment_value', 'period', 'period_start']],
    always: {
      'part after part': sql`new_people <= people and people <= people_before and people_before <= active_people`,
      'nobody comes to a stage that is not tracked': sql`is_tracked or people = 0`,
    },
    never: {
      'a stage whose people are not those before the next': self => sql`
        with in_order as (
          select
            s.stage, s.segment, s.segment_value, s.period, s.period_start, s.people_before,
            lag(s.people) over (
              partition by s.segment, s.segment_value, s.period, s.period_start order by s.stage_number
            ) as people_of_stage_before
          from ${self} as s
          where s.is_tracked
        )

        select i.stage, i.segment, i.segment_value, i.period, i.period_start
        from in_order as i
        where i.people_before <> i.people_of_stage_before
      `,
    },
  },
  materialize: { kind: 'table' },
  uses: { stageRules },
  query: ({ stageRules: stages }) => sql`
    with tracked_stages as (
      select distinct e.stage_number
      from ${stage_events} as e
    ),

    known_stages as (
      select
        s.stage, s.stage_number,
        t.stage_number is not null as is_tracked,
        max(t.stage_number) over (
          order by s.stage_number rows between unbounded preceding and 1 preceding
        ) as number_before
      from ${rows(
        { stage: text('Stage'), stage_number: integer('Its place') },
        Object.keys(stages).map((stage, index) => ({ stage, stage_number: index + 1 })),
      )} as s
      left join tracked_stages as t on t.stage_number = s.stage_number
    ),

    spans as (
      select c.period, c.period_start, max(c.ends_at) as ends_at, max(c.calendar_date) as last_date
      from ${calendar} as c
      group by c.period, c.period_start
    ),

    active as (
      select distinct s.person_id, g.segment, g.segment_value, c.period, c.period_start
      from ${sessions} as s
      inner join ${people} as o on o.person_id = s.person_id
      inner join ${session_segments} as g on g.session_id = s.session_id
      inner join ${calendar} as c on c.calendar_date = s.started_date
      where not o.is_shared_device
    ),

    told as (
      select distinct a.segment, a.segment_value, a.period, a.period_start
      from active as a
      where a.segment <> '(all)'
      union all
      select '(all)' as segment, '(all)' as segment_value, p.period, p.period_start
      from spans as p
    ),

    -- The furthest stage by the end of each period in which somebody was active.
    standing as (
      select a.person_id, a.period, a.period_start, max(r.stage_number) as furthest_number
      from active as a
      inner join spans as p on p.period = a.period and p.period_start = a.period_start
      inner join ${person_stages} as r on r.person_id = a.person_id and r.reached_date <= p.last_date
      where a.segment = '(all)'
      group by a.person_id, a.period, a.period_start
    ),

    by_furthest as (
      select
        a.segment, a.segment_value, a.period, a.period_start, coalesce(s.furthest_number, 0) as furthest_number,
        count(*) as people
      from active as a
      left join standing as s
        on s.person_id = a.person_id and s.period = a.period and s.period_start = a.period_start
      group by a.segment, a.segment_value, a.period, a.period_start, coalesce(s.furthest_number, 0)
    ),

    -- Who is further has come to all stages before.
    counted as (
      select
        f.segment, f.segment_value, f.period, f.period_start, k.stage_number,
        sum(f.people) as active_people,
        sum(case when f.furthest_number >= coalesce(k.number_before, 0) then f.people else 0 end) as people_before,
        sum(case when k.is_tracked and f.furthest_number >= k.stage_number then f.people else 0 end) as people
      from by_furthest as f
      cross join known_stages as k
      group by f.segment, f.segment_value, f.period, f.period_start, k.stage_number
    ),

    arrivals as (
      select
        a.segment, a.segment_value, a.period, a.period_start, a.person_id, r.stage_number,
        ${elapsedSeconds(sql`b.reached_at`, sql`r.reached_at`)} as seconds
      from active as a
      inner join spans as p on p.period = a.period and p.period_start = a.period_start
      inner join ${person_stages} as r
        on r.person_id = a.person_id and r.reached_date between a.period_start and p.last_date
      inner join known_stages as k on k.stage_number = r.stage_number
      left join ${person_stages} as b on b.person_id = r.person_id and b.stage_number = k.number_before
    ),

    arrived as (
      select
        v.segment, v.segment_value, v.period, v.period_start, v.stage_number,
        count(*) as new_people,
        ${median(sql`v.seconds`)} as median_seconds
      from arrivals as v
      group by v.segment, v.segment_value, v.period, v.period_start, v.stage_number
    )

    select
      k.stage,
      t.segment,
      t.segment_value,
      t.period,
      t.period_start,
      k.stage_number,
      k.is_tracked,
      cast(coalesce(c.active_people, 0) as ${type.integer}) as active_people,
      cast(coalesce(c.people_before, 0) as ${type.integer}) as people_before,
      cast(coalesce(c.people, 0) as ${type.integer}) as people,
      coalesce(v.new_people, 0) as new_people,
      case when k.is_tracked then ${ratio(sql`c.people`, sql`c.people_before`)} end as rate,
      case when k.is_tracked then ${ratio(sql`c.people`, sql`c.active_people`)} end as active_rate,
      v.median_seconds,
      coalesce(a.as_of >= p.ends_at, false) and o.period is null as is_complete
    from told as t
    cross join known_stages as k
    cross join ${as_of} as a
    inner join spans as p on p.period = t.period and p.period_start = t.period_start
    left join ${open_periods} as o on o.period = t.period and o.period_start = t.period_start
    left join counted as c
      on c.segment = t.segment and c.segment_value = t.segment_value
      and c.period = t.period and c.period_start = t.period_start and c.stage_number = k.stage_number
    left join arrived as v
      on v.segment = t.segment and v.segment_value = t.segment_value
      and v.period = t.period and v.period_start = t.period_start and v.stage_number = k.stage_number
  `,
})
