import { date, integer, key, model, references, rows, sql, text, timestamp, type } from 'throughline'
import { sha256Hex } from '../../macros/hash'
import { plusSeconds } from '../../macros/time'
import { conversions as conversionRules } from '../definitions/conversions'
import { journeys as journeyRules } from '../definitions/journeys'
import { events } from '../events/events'
import { people } from '../profiles/people'
import { conversions } from './conversions'
import { sessions } from './sessions'
import { touchpoints } from './touchpoints'

export const journey_moments = model({
  description:
    'One row per moment of a journey: each of its touchpoints, and the conversion that it ends in. For each conversion definition, every touchpoint and every conversion is a moment of one journey.',
  grain: ['conversion', 'moment_kind', 'event_id'],
  columns: {
    conversion: key('The conversion definition, as in the config, for which touchpoints are strung into journeys'),
    moment_kind: key('touchpoint or conversion; an event may be both, and is the touchpoint first').oneOf([
      'touchpoint',
      'conversion',
    ]),
    event_id: references(events.columns.event_id),
    journey_id: key(
      'SHA-256 of the definition and the first touchpoint, or, where there is no touchpoint, the conversion',
    ),
    person_id: references(people.columns.person_id),
    session_id: references(sessions.columns.session_id).nullable(),
    conversion_id: references(conversions.columns.conversion_id).nullable().unique(),
    occurred_at: timestamp('When, UTC'),
    occurred_date: date('The day, in the reporting zone'),
    channel: text('Channel of the touchpoint; NULL for a conversion').nullable(),
    moment_number: integer("Place among the journey's moments, from 1, in order of (occurred_at, event_id)").atLeast(1),
  },
  tests: {
    unique: [['journey_id', 'moment_number']],
    always: {
      'a conversion, and nothing else, has its id': sql`(moment_kind = 'conversion') = (conversion_id is not null)`,
      'a touchpoint, and nothing else, has a channel': sql`(moment_kind = 'touchpoint') = (channel is not null)`,
    },
    never: {
      'a definition whose journeys leave out a touchpoint': self => sql`
        with strung as (
          select m.conversion, count(*) as touchpoint_count
          from ${self} as m
          where m.moment_kind = 'touchpoint'
          group by m.conversion
        ),

        known as (
          select count(*) as touchpoint_count
          from ${touchpoints} as t
        )

        select s.conversion
        from strung as s
        cross join known as k
        where s.touchpoint_count <> k.touchpoint_count
      `,
    },
  },
  materialize: { kind: 'table' },
  uses: { conversionRules, journeyRules },
  query: ({ conversionRules: rules, journeyRules: { lost_after } }) => sql`
    with moments as (
      select
        d.conversion, 'touchpoint' as moment_kind, 0 as rank_in_event,
        t.event_id, t.person_id, t.session_id, cast(null as ${type.text}) as conversion_id,
        t.touched_at as occurred_at, t.touched_date as occurred_date, t.channel
      from ${touchpoints} as t
      cross join ${rows(
        { conversion: text('Definition') },
        Object.keys(rules).map(conversion => ({ conversion })),
      )} as d
      union all
      select
        c.conversion, 'conversion' as moment_kind, 1 as rank_in_event,
        c.event_id, c.person_id, c.session_id, c.conversion_id,
        c.converted_at as occurred_at, c.converted_date as occurred_date, cast(null as ${type.text}) as channel
      from ${conversions} as c
    ),

    -- A touchpoint that is the converting event itself stands before the conversion, and so is the last touch before it.
    in_order as (
      select
        m.conversion, m.moment_kind, m.rank_in_event, m.event_id, m.person_id, m.session_id, m.conversion_id,
        m.occurred_at, m.occurred_date, m.channel,
        lag(m.occurred_at) over (
          partition by m.conversion, m.person_id order by m.occurred_at, m.event_id, m.rank_in_event
        ) as previous_at,
        lag(m.moment_kind) over (
          partition by m.conversion, m.person_id order by m.occurred_at, m.event_id, m.rank_in_event
        ) as previous_kind
      from moments as m
    ),

    -- The first of a person begins a journey, and so does what follows a conversion or a pause longer than lost_after.
    numbered as (
      select
        i.conversion, i.moment_kind, i.rank_in_event, i.event_id, i.person_id, i.session_id, i.conversion_id,
        i.occurred_at, i.occurred_date, i.channel,
        sum(
          case
            when i.previous_kind = 'touchpoint' and i.occurred_at <= ${plusSeconds(sql`i.previous_at`, lost_after)} then 0
            else 1
          end
        ) over (
          partition by i.conversion, i.person_id order by i.occurred_at, i.event_id, i.rank_in_event
          rows between unbounded preceding and current row
        ) as journey_number
      from in_order as i
    ),

    strung as (
      select
        n.conversion, n.moment_kind, n.event_id, n.person_id, n.session_id, n.conversion_id,
        n.occurred_at, n.occurred_date, n.channel,
        first_value(coalesce(n.conversion_id, n.event_id)) over (
          partition by n.conversion, n.person_id, n.journey_number order by n.occurred_at, n.event_id, n.rank_in_event
          rows between unbounded preceding and unbounded following
        ) as first_id,
        row_number() over (
          partition by n.conversion, n.person_id, n.journey_number order by n.occurred_at, n.event_id, n.rank_in_event
        ) as moment_number
      from numbered as n
    )

    select
      s.conversion,
      s.moment_kind,
      s.event_id,
      ${sha256Hex(sql`s.conversion || ':' || s.first_id`)} as journey_id,
      s.person_id,
      s.session_id,
      s.conversion_id,
      s.occurred_at,
      s.occurred_date,
      s.channel,
      s.moment_number
    from strung as s
  `,
})
