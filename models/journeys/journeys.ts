import {
  boolean,
  date,
  integer,
  key,
  model,
  number,
  real,
  references,
  sql,
  text,
  timestamp,
  type,
  values,
} from 'throughline'
import { ratio } from '../../macros/numbers'
import { elapsedSeconds, plusSeconds } from '../../macros/time'
import { channels as channelRules } from '../definitions/channels'
import { journeys as journeyRules } from '../definitions/journeys'
import { reporting } from '../definitions/reporting'
import { as_of } from '../events/as_of'
import { people } from '../profiles/people'
import { conversions } from './conversions'
import { journey_moments } from './journey_moments'
import { sessions } from './sessions'

export const journeys = model({
  description:
    "One row per journey: a run of one person's touchpoints, told for each conversion definition apart. It is cut after each conversion and at each pause longer than lost_after, so that the journeys of a definition share out the touchpoints, each to one. A touchpoint at the instant of the conversion belongs to the journey that ends in it where its event is the converting one or stands before it by event id. A conversion later than lost_after after the last touchpoint, or without any since the last conversion, is a journey of its own without a touchpoint.",
  grain: ['journey_id'],
  columns: {
    journey_id: key(
      'SHA-256 of the definition and the first touchpoint, or, where there is no touchpoint, the conversion: what follows does not change it',
    ),
    conversion: text('The conversion definition, as in the config; journeys of two definitions overlap and do not sum'),
    person_id: references(people.columns.person_id),
    started_at: timestamp('Instant of the first touchpoint; of the conversion where there is none; UTC'),
    started_date: date('Its day, in the reporting zone'),
    ended_at: timestamp('Instant of the conversion; of the last touchpoint where there is none; UTC'),
    ended_date: date('Its day, in the reporting zone'),
    outcome: text(
      'converted; lost, where the latest event of all is longer than lost_after later than the last touchpoint; else open',
    ).oneOf(['converted', 'open', 'lost']),
    conversion_id: references(conversions.columns.conversion_id).nullable().unique(),
    revenue: number('Revenue of the conversion, in the reporting currency; 0 where there is none'),
    currency: text('The reporting currency, that of the revenue'),
    first_session_id: references(sessions.columns.session_id).nullable(),
    touchpoint_count: integer('Touchpoints; 0 for a conversion without any').atLeast(0),
    offline_touchpoint_count: integer('Touchpoints of a channel where people meet people, as Store or Phone').atLeast(
      0,
    ),
    session_count: integer('Sessions in which the touchpoints were').atLeast(0),
    duration_days: real('Days of 24 hours from started_at to ended_at, by whole seconds').atLeast(0),
    channel_change_count: integer('Touchpoints of another channel than the one before').atLeast(0),
    is_linear: boolean('The channel changed once at most'),
  },
  tests: {
    always: {
      'a journey starts before it ends': sql`started_at <= ended_at`,
      'converted journeys, and only they, have a conversion': sql`(outcome = 'converted') = (conversion_id is not null)`,
      'only a conversion is a journey without a touchpoint': sql`touchpoint_count > 0 or outcome = 'converted'`,
      'the first touchpoint changes no channel': sql`channel_change_count < touchpoint_count or (channel_change_count = 0 and touchpoint_count = 0)`,
      'an offline touchpoint is a touchpoint': sql`offline_touchpoint_count <= touchpoint_count`,
      'a session has a touchpoint': sql`session_count <= touchpoint_count`,
      'revenue comes from a conversion': sql`revenue = 0 or outcome = 'converted'`,
    },
    never: {
      'a conversion that ends no journey': self => sql`
        select c.conversion_id
        from ${conversions} as c
        left join ${self} as j on j.conversion_id = c.conversion_id
        where j.conversion_id is null
      `,
      'a touchpoint in a journey that is not here': self => sql`
        with counted as (
          select m.journey_id, sum(case when m.moment_kind = 'touchpoint' then 1 else 0 end) as touchpoint_count
          from ${journey_moments} as m
          group by m.journey_id
        )

        select coalesce(c.journey_id, j.journey_id) as journey_id
        from counted as c
        full join ${self} as j on j.journey_id = c.journey_id
        where c.journey_id is null or j.journey_id is null or c.touchpoint_count <> j.touchpoint_count
      `,
    },
  },
  materialize: { kind: 'table' },
  uses: { channelRules, journeyRules, reporting },
  query: ({ channelRules: { offline }, journeyRules: { lost_after }, reporting: { currency } }) => sql`
    with moments as (
      select
        m.journey_id, m.conversion, m.person_id, m.moment_kind, m.session_id, m.conversion_id,
        m.occurred_at, m.occurred_date, m.channel, m.moment_number,
        count(*) over (partition by m.journey_id) as moment_count,
        lag(m.channel) over (partition by m.journey_id order by m.moment_number) as previous_channel
      from ${journey_moments} as m
    ),

    -- The conversion has no channel, and so changes none.
    measured as (
      select
        m.journey_id, m.conversion, m.person_id,
        max(case when m.moment_number = 1 then m.occurred_at end) as started_at,
        max(case when m.moment_number = 1 then m.occurred_date end) as started_date,
        max(case when m.moment_number = m.moment_count then m.occurred_at end) as ended_at,
        max(case when m.moment_number = m.moment_count then m.occurred_date end) as ended_date,
        max(m.conversion_id) as conversion_id,
        max(case when m.moment_number = 1 then m.session_id end) as first_session_id,
        sum(case when m.moment_kind = 'touchpoint' then 1 else 0 end) as touchpoint_count,
        ${offline.length === 0 ? sql`0` : sql`sum(case when m.channel in (${values(offline)}) then 1 else 0 end)`} as offline_touchpoint_count,
        count(distinct case when m.moment_kind = 'touchpoint' then m.session_id end) as session_count,
        sum(case when m.channel <> m.previous_channel then 1 else 0 end) as channel_change_count
      from moments as m
      group by m.journey_id, m.conversion, m.person_id
    )

    select
      m.journey_id,
      m.conversion,
      m.person_id,
      m.started_at,
      m.started_date,
      m.ended_at,
      m.ended_date,
      case
        when m.conversion_id is not null then 'converted'
        when a.as_of > ${plusSeconds(sql`m.ended_at`, lost_after)} then 'lost'
        else 'open'
      end as outcome,
      m.conversion_id,
      coalesce(c.revenue, cast(0 as ${type.number})) as revenue,
      ${currency} as currency,
      m.first_session_id,
      m.touchpoint_count,
      m.offline_touchpoint_count,
      m.session_count,
      ${ratio(elapsedSeconds(sql`m.started_at`, sql`m.ended_at`), 86_400)} as duration_days,
      m.channel_change_count,
      m.channel_change_count <= 1 as is_linear
    from measured as m
    cross join ${as_of} as a
    left join ${conversions} as c on c.conversion_id = m.conversion_id
  `,
})
