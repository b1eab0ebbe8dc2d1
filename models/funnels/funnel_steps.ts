import { boolean, date, integer, key, model, real, rows, sql, text } from 'throughline'
import { ratio } from '../../macros/numbers'
import { median, percentile90 } from '../../macros/percentiles'
import { plusSeconds } from '../../macros/time'
import { funnels as funnelRules } from '../definitions/funnels'
import { as_of } from '../events/as_of'
import { calendar, periods } from '../events/calendar'
import { funnel_attempt_segments } from './funnel_attempt_segments'
import { funnel_attempt_steps } from './funnel_attempt_steps'
import { funnel_attempts } from './funnel_attempts'

export const funnel_steps = model({
  description:
    'One row per step of a funnel, segment and period in which there were attempts: how many came to the step, and took it. Attempts are dated by their entry. Counts may be summed over periods of one kind, never over segments, steps or funnels.',
  grain: ['funnel', 'segment', 'segment_value', 'period', 'period_start', 'step_number'],
  columns: {
    funnel: key('The funnel, as in the config'),
    segment: key(
      'What attempts are told apart by, as channel; (all) for all. Read at the entry of the session of the first step',
    ),
    segment_value: key('The value; (all) for all, (none) where there is none'),
    period: key('day, week, month, quarter or all: that in which the attempts were entered').oneOf(periods),
    period_start: date('First day of the period; of all, the day of the first event'),
    step_number: integer('Place of the step in the funnel, from 1').atLeast(1),
    step: text("The step's name"),
    attempts: integer('Attempts that entered the funnel: those of step 1').atLeast(1),
    entered: integer('Attempts that came to the step: those that took the one before; of step 1, all').atLeast(0),
    completed: integer('Attempts that took the step').atLeast(0),
    conversion_from_previous: real('completed / entered; NULL where none came to the step')
      .nullable()
      .atLeast(0)
      .atMost(1),
    conversion_from_first: real('completed / attempts').atLeast(0).atMost(1),
    median_seconds: integer(
      'Whole seconds from the step before, of the attempts that took the step: the median, by nearest rank; NULL for step 1, and where none took it',
    )
      .nullable()
      .atLeast(0),
    p90_seconds: integer('The same, the 90th percentile by nearest rank').nullable().atLeast(0),
    is_complete: boolean(
      'The period is over, and so is the window of who entered in it last. (Who gets further in a later attempt moves to the period of that one.)',
    ),
  },
  tests: {
    always: {
      'not more take a step than come to it': sql`completed <= entered and entered <= attempts`,
      'all attempts take the first step': sql`step_number > 1 or completed = attempts`,
      'time passes to steps that are taken after another': sql`(median_seconds is null) = (step_number = 1 or completed = 0)`,
      'the median is not above the 90th percentile': sql`(median_seconds is null) = (p90_seconds is null) and coalesce(median_seconds <= p90_seconds, true)`,
    },
    never: {
      'a step to which more or fewer come than took the one before': self => sql`
        with in_order as (
          select
            s.funnel, s.segment, s.segment_value, s.period, s.period_start, s.step_number, s.entered,
            lag(s.completed) over (
              partition by s.funnel, s.segment, s.segment_value, s.period, s.period_start order by s.step_number
            ) as completed_before,
            lag(s.step_number) over (
              partition by s.funnel, s.segment, s.segment_value, s.period, s.period_start order by s.step_number
            ) as number_before
          from ${self} as s
        )

        select i.funnel, i.segment, i.segment_value, i.period, i.period_start, i.step_number
        from in_order as i
        where i.step_number <> coalesce(i.number_before, 0) + 1 or i.entered <> i.completed_before
      `,
      'a period in which not every attempt is counted': self => sql`
        with counted as (
          select s.funnel, s.period, sum(s.attempts) as attempts
          from ${self} as s
          where s.segment = '(all)' and s.step_number = 1
          group by s.funnel, s.period
        ),

        made as (
          select a.funnel, count(*) as attempts
          from ${funnel_attempts} as a
          group by a.funnel
        )

        select c.funnel, c.period
        from counted as c
        left join made as m on m.funnel = c.funnel
        where c.attempts <> coalesce(m.attempts, 0)
      `,
    },
  },
  materialize: { kind: 'table' },
  uses: { funnelRules },
  query: ({ funnelRules: funnels }) => sql`
    with steps as (
      select f.funnel, f.step_number, f.step, f.window_seconds
      from ${rows(
        {
          funnel: text('Funnel'),
          step_number: integer('Place of the step'),
          step: text('Name of the step'),
          window_seconds: integer("The funnel's window"),
        },
        Object.entries(funnels).flatMap(([funnel, { window, steps }]) =>
          steps.map(({ name }, index) => ({
            funnel,
            step_number: index + 1,
            step: name,
            window_seconds: window,
          })),
        ),
      )} as f
    ),

    -- An attempt is told once for each of its segments, in each of the five periods in which it was entered.
    told as (
      select a.funnel, a.attempt_id, a.steps_completed, g.segment, g.segment_value, c.period, c.period_start, c.ends_at
      from ${funnel_attempts} as a
      inner join ${funnel_attempt_segments} as g on g.funnel = a.funnel and g.attempt_id = a.attempt_id
      inner join ${calendar} as c on c.calendar_date = a.entered_date
    ),

    counted as (
      select
        t.funnel, t.segment, t.segment_value, t.period, t.period_start, t.ends_at, s.step_number, s.step, s.window_seconds,
        count(*) as attempts,
        sum(case when t.steps_completed >= s.step_number - 1 then 1 else 0 end) as entered,
        sum(case when t.steps_completed >= s.step_number then 1 else 0 end) as completed
      from told as t
      inner join steps as s on s.funnel = t.funnel
      group by
        t.funnel, t.segment, t.segment_value, t.period, t.period_start, t.ends_at,
        s.step_number, s.step, s.window_seconds
    ),

    timed as (
      select
        t.funnel, t.segment, t.segment_value, t.period, t.period_start, s.step_number,
        ${median(sql`s.seconds_since_previous`)} as median_seconds,
        ${percentile90(sql`s.seconds_since_previous`)} as p90_seconds
      from told as t
      inner join ${funnel_attempt_steps} as s on s.funnel = t.funnel and s.attempt_id = t.attempt_id
      where s.step_number > 1
      group by t.funnel, t.segment, t.segment_value, t.period, t.period_start, s.step_number
    )

    select
      c.funnel,
      c.segment,
      c.segment_value,
      c.period,
      c.period_start,
      c.step_number,
      c.step,
      c.attempts,
      c.entered,
      c.completed,
      ${ratio(sql`c.completed`, sql`c.entered`)} as conversion_from_previous,
      ${ratio(sql`c.completed`, sql`c.attempts`)} as conversion_from_first,
      t.median_seconds,
      t.p90_seconds,
      coalesce(a.as_of >= ${plusSeconds(sql`c.ends_at`, sql`c.window_seconds`)}, false) as is_complete
    from counted as c
    cross join ${as_of} as a
    left join timed as t
      on t.funnel = c.funnel and t.segment = c.segment and t.segment_value = c.segment_value
      and t.period = c.period and t.period_start = c.period_start and t.step_number = c.step_number
  `,
})
