import { integer, key, model, references, rows, sql, text, timestamp } from 'throughline'
import { elapsedSeconds } from '../../macros/time'
import { events } from '../events/events'
import { journey_moments } from './journey_moments'
import { journeys } from './journeys'
import { touchpoints } from './touchpoints'

/** What a journey's steps are told by: the touchpoint's channel, its kind, the page on which it was. */
export const dimensions = ['channel', 'event', 'page'] as const

export const journey_steps = model({
  description:
    'One row per step of a journey, told by channel, by event and by page. Touchpoints one after another with the same value are one step, so that two steps in a row always differ. A journey without a touchpoint has no steps.',
  grain: ['journey_id', 'dimension', 'position'],
  columns: {
    journey_id: references(journeys.columns.journey_id),
    dimension: key(
      "channel: the touchpoint's channel; event: its kind, the name of its event or session_started; page: the path of the page on which it was",
    ).oneOf(dimensions),
    position: integer("Place among the journey's steps, from 1").atLeast(1),
    step: text('The value; (none) for a touchpoint without a page'),
    occurred_at: timestamp('Instant of the first touchpoint of the step, UTC'),
    touchpoint_count: integer('Touchpoints that are the step').atLeast(1),
    seconds_to_next: integer(
      'Whole seconds from occurred_at to the next step; for the last step to the conversion, NULL where the journey has none',
    )
      .nullable()
      .atLeast(0),
  },
  tests: {
    never: {
      'a journey whose steps are not its touchpoints': self => sql`
        with counted as (
          select s.journey_id, s.dimension, sum(s.touchpoint_count) as touchpoint_count
          from ${self} as s
          group by s.journey_id, s.dimension
        ),

        expected as (
          select j.journey_id, d.dimension, j.touchpoint_count
          from ${journeys} as j
          cross join ${dimensionRows} as d
          where j.touchpoint_count > 0
        )

        select coalesce(c.journey_id, e.journey_id) as journey_id
        from counted as c
        full join expected as e on e.journey_id = c.journey_id and e.dimension = c.dimension
        where coalesce(c.touchpoint_count, 0) <> coalesce(e.touchpoint_count, 0)
      `,
    },
  },
  materialize: { kind: 'table' },
  query: () => sql`
    with touches as (
      select
        m.journey_id, m.moment_number, m.occurred_at, d.dimension,
        case d.dimension
          when 'channel' then t.channel
          when 'event' then t.touchpoint_kind
          else coalesce(e.page_path, '(none)')
        end as step
      from ${journey_moments} as m
      inner join ${touchpoints} as t on t.event_id = m.event_id
      inner join ${events} as e on e.event_id = m.event_id
      cross join ${dimensionRows} as d
      where m.moment_kind = 'touchpoint'
    ),

    compared as (
      select
        t.journey_id, t.dimension, t.moment_number, t.occurred_at, t.step,
        lag(t.step) over (partition by t.journey_id, t.dimension order by t.moment_number) as previous_step
      from touches as t
    ),

    placed as (
      select
        c.journey_id, c.dimension, c.moment_number, c.occurred_at, c.step,
        sum(case when c.step = c.previous_step then 0 else 1 end) over (
          partition by c.journey_id, c.dimension order by c.moment_number
          rows between unbounded preceding and current row
        ) as position
      from compared as c
    ),

    steps as (
      select
        p.journey_id, p.dimension, p.position, p.step,
        min(p.occurred_at) as occurred_at,
        count(*) as touchpoint_count
      from placed as p
      group by p.journey_id, p.dimension, p.position, p.step
    ),

    followed as (
      select
        s.journey_id, s.dimension, s.position, s.step, s.occurred_at, s.touchpoint_count,
        lead(s.occurred_at) over (partition by s.journey_id, s.dimension order by s.position) as next_at
      from steps as s
    )

    select
      f.journey_id,
      f.dimension,
      f.position,
      f.step,
      f.occurred_at,
      f.touchpoint_count,
      ${elapsedSeconds(
        sql`f.occurred_at`,
        sql`coalesce(f.next_at, case when j.outcome = 'converted' then j.ended_at end)`,
      )} as seconds_to_next
    from followed as f
    inner join ${journeys} as j on j.journey_id = f.journey_id
  `,
})

/** A row per dimension, to cross with. */
export const dimensionRows = rows(
  { dimension: text('Dimension') },
  dimensions.map(dimension => ({ dimension })),
)
