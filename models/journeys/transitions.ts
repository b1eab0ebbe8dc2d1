import { boolean, date, integer, key, model, sql, type } from 'throughline'
import { median } from '../../macros/percentiles'
import { calendar, periods } from '../events/calendar'
import { people } from '../profiles/people'
import { journey_periods } from './journey_periods'
import { journey_segments } from './journey_segments'
import { dimensionRows, dimensions, journey_steps } from './journey_steps'
import { journeys } from './journeys'

export const transitions = model({
  description:
    'One row per pair of steps that journeys took one after the other, by the place in the journey: a Sankey diagram reads this table alone. At position 1 journeys go from (start) to their first step, at position n + 1 from step n to the next or to their outcome; as many leave a step as come to it. Told by the period in which the journeys began. Journeys and converted may be summed over steps, positions apart, and over periods of one kind; people never over periods; nothing over definitions, dimensions or segments.',
  grain: [
    'conversion',
    'dimension',
    'segment',
    'segment_value',
    'period',
    'period_start',
    'position',
    'from_step',
    'to_step',
  ],
  columns: {
    conversion: key('The conversion definition, as in the config'),
    dimension: key('What steps are told by: channel, event or page').oneOf(dimensions),
    segment: key(
      "What journeys are told apart by, as channel; (all) for all. Read at the entry of the session of the journey's first touchpoint",
    ),
    segment_value: key('The value; (all) for all, (none) where there is none'),
    period: key('day, week, month, quarter or all: that in which the journeys began').oneOf(periods),
    period_start: date('First day of the period; of all, the day of the first event'),
    position: integer('Place of the transition in the journey, from 1').atLeast(1),
    from_step: key('The step left; (start) at position 1'),
    to_step: key('The step come to, or the outcome: (converted), (open), (lost)'),
    journeys: integer('Journeys that went so').atLeast(1),
    people: integer('People whose journeys they are, shared devices aside').atLeast(0),
    converted: integer('Those of the journeys that ended in a conversion, sooner or later').atLeast(0),
    median_seconds: integer(
      'Whole seconds from the first touchpoint of the one step to that of the other, or to the conversion: the median, by nearest rank; NULL from (start), to (open) and to (lost)',
    )
      .nullable()
      .atLeast(0),
    is_complete: boolean('The period is over, and no journey that began in it is open: its numbers are final'),
  },
  tests: {
    always: {
      'only the first has no step before it': sql`(position = 1) = (from_step = '(start)')`,
      'not more people or converted than journeys': sql`people <= journeys and converted <= journeys`,
      'what ends in a conversion is converted': sql`to_step <> '(converted)' or converted = journeys`,
      'what is open or lost is not converted': sql`to_step not in ('(open)', '(lost)') or converted = 0`,
      'time passes between steps, and to a conversion': sql`(median_seconds is null) = (from_step = '(start)' or to_step in ('(open)', '(lost)'))`,
    },
    never: {
      'a step that more or fewer leave than come to it': self => sql`
        with ends as (
          select
            t.conversion, t.dimension, t.segment, t.segment_value, t.period, t.period_start,
            t.position, t.to_step as step, t.journeys as came, 0 as went
          from ${self} as t
          where t.to_step not in ('(converted)', '(open)', '(lost)')
          union all
          select
            t.conversion, t.dimension, t.segment, t.segment_value, t.period, t.period_start,
            t.position - 1 as position, t.from_step as step, 0 as came, t.journeys as went
          from ${self} as t
          where t.position > 1
        )

        select e.conversion, e.dimension, e.segment, e.segment_value, e.period, e.period_start, e.position, e.step
        from ends as e
        group by e.conversion, e.dimension, e.segment, e.segment_value, e.period, e.period_start, e.position, e.step
        having sum(e.came) <> sum(e.went)
      `,
      'a dimension and period into which not every journey started': self => sql`
        with started as (
          select t.conversion, t.dimension, t.period, t.period_start, sum(t.journeys) as journeys
          from ${self} as t
          where t.segment = '(all)' and t.position = 1
          group by t.conversion, t.dimension, t.period, t.period_start
        ),

        expected as (
          select p.conversion, d.dimension, p.period, p.period_start, p.journeys
          from ${journey_periods} as p
          cross join ${dimensionRows} as d
        )

        select coalesce(s.conversion, e.conversion) as conversion
        from started as s
        full join expected as e
          on e.conversion = s.conversion and e.dimension = s.dimension
          and e.period = s.period and e.period_start = s.period_start
        where coalesce(s.journeys, 0) <> coalesce(e.journeys, 0)
      `,
    },
  },
  materialize: { kind: 'table' },
  query: () => sql`
    with steps as (
      select
        s.journey_id, s.dimension, s.position, s.step, s.seconds_to_next,
        lead(s.step) over (partition by s.journey_id, s.dimension order by s.position) as next_step
      from ${journey_steps} as s
    ),

    moves as (
      select
        j.journey_id, d.dimension, 1 as position, '(start)' as from_step,
        coalesce(s.step, '(' || j.outcome || ')') as to_step, cast(null as ${type.integer}) as seconds
      from ${journeys} as j
      cross join ${dimensionRows} as d
      left join steps as s on s.journey_id = j.journey_id and s.dimension = d.dimension and s.position = 1
      union all
      select
        s.journey_id, s.dimension, s.position + 1 as position, s.step as from_step,
        coalesce(s.next_step, '(' || j.outcome || ')') as to_step, s.seconds_to_next as seconds
      from steps as s
      inner join ${journeys} as j on j.journey_id = s.journey_id
    ),

    -- Millions of rows are counted by these: a number each, rather than the texts, for a third of the time and a sixth of the memory.
    numbered_moves as (
      select
        m.dimension, m.position, m.from_step, m.to_step,
        row_number() over (order by m.dimension, m.position, m.from_step, m.to_step) as move_number
      from (select distinct d.dimension, d.position, d.from_step, d.to_step from moves as d) as m
    ),

    numbered_people as (
      select o.person_id, row_number() over (order by o.person_id) as person_number
      from ${people} as o
      where not o.is_shared_device
    ),

    numbered_segments as (
      select g.segment, g.segment_value, row_number() over (order by g.segment, g.segment_value) as segment_number
      from (select distinct s.segment, s.segment_value from ${journey_segments} as s) as g
    ),

    numbered_periods as (
      select
        p.conversion, p.period, p.period_start, p.is_complete,
        row_number() over (order by p.conversion, p.period, p.period_start) as period_number
      from ${journey_periods} as p
    ),

    -- A journey is told once for each of its segments in each of the five periods in which it began.
    told as (
      select
        j.journey_id, g.segment_number, p.period_number, o.person_number,
        case when j.outcome = 'converted' then 1 else 0 end as converted
      from ${journeys} as j
      inner join ${journey_segments} as s on s.journey_id = j.journey_id
      inner join numbered_segments as g on g.segment = s.segment and g.segment_value = s.segment_value
      inner join ${calendar} as c on c.calendar_date = j.started_date
      inner join numbered_periods as p
        on p.conversion = j.conversion and p.period = c.period and p.period_start = c.period_start
      left join numbered_people as o on o.person_id = j.person_id
    ),

    taken as (
      select m.journey_id, n.move_number, m.seconds
      from moves as m
      inner join numbered_moves as n
        on n.dimension = m.dimension and n.position = m.position
        and n.from_step = m.from_step and n.to_step = m.to_step
    ),

    counted as (
      select
        t.segment_number, t.period_number, m.move_number,
        count(*) as journeys,
        count(distinct t.person_number) as people,
        sum(t.converted) as converted,
        ${median(sql`m.seconds`)} as median_seconds
      from taken as m
      inner join told as t on t.journey_id = m.journey_id
      group by t.segment_number, t.period_number, m.move_number
    )

    select
      p.conversion,
      m.dimension,
      s.segment,
      s.segment_value,
      p.period,
      p.period_start,
      m.position,
      m.from_step,
      m.to_step,
      c.journeys,
      c.people,
      c.converted,
      c.median_seconds,
      p.is_complete
    from counted as c
    inner join numbered_moves as m on m.move_number = c.move_number
    inner join numbered_segments as s on s.segment_number = c.segment_number
    inner join numbered_periods as p on p.period_number = c.period_number
  `,
})
