import { date, join, key, model, number, rows, type Sql, sql, text, type } from 'throughline'
import { toNumber } from '../../macros/decimals'
import { creditModelOf } from '../../macros/kpi-list'
import { ratio } from '../../macros/numbers'
import { elapsedSeconds } from '../../macros/time'
import { attribution_credits } from '../attribution/attribution_credits'
import { attribution as attributionRules } from '../definitions/attribution'
import { segmentRows, segments } from '../definitions/segments'
import { calendar, periods } from '../events/calendar'
import { funnel_attempt_segments } from '../funnels/funnel_attempt_segments'
import { funnel_attempts } from '../funnels/funnel_attempts'
import { conversion_segments } from '../journeys/conversion_segments'
import { conversions } from '../journeys/conversions'
import { journey_segments } from '../journeys/journey_segments'
import { journeys } from '../journeys/journeys'
import { session_segments } from '../journeys/session_segments'
import { sessions } from '../journeys/sessions'
import { stage_reach } from '../journeys/stage_reach'
import { people } from '../profiles/people'
import { ad_spend } from '../spend/ad_spend'

export const kpi_counts = model({
  description:
    'One row per thing that is counted, segment and period in which there was any of it: what KPIs are made of. Counts of people, and counts over segments, do not sum; all others may be summed over periods of one kind.',
  grain: ['counted', 'segment', 'segment_value', 'period', 'period_start'],
  columns: {
    counted: key(
      'What is counted: sessions, people, spend, or the conversion, funnel or stage and what of it, as purchase: conversions',
    ),
    segment: key('What it is told by, as channel; (all) for all'),
    segment_value: key('The value; (all) for all, (none) where there is none'),
    period: key('day, week, month, quarter or all').oneOf(periods),
    period_start: date('First day of the period; of all, the day of the first event'),
    amount: number(
      'How many; of revenue and spend, how much in the reporting currency: spend without an exchange rate is left out, as is that of days before the first event or after the last',
    ),
  },
  materialize: { kind: 'table' },
  uses: { attributionRules, segments },
  query: ({ attributionRules: attribution, segments: declared }) => sql`
    with counted_sessions as (
      select
        g.segment, g.segment_value, c.period, c.period_start,
        count(*) as sessions,
        count(distinct case when not o.is_shared_device then s.person_id end) as people
      from ${sessions} as s
      inner join ${people} as o on o.person_id = s.person_id
      inner join ${session_segments} as g on g.session_id = s.session_id
      inner join ${calendar} as c on c.calendar_date = s.started_date
      group by g.segment, g.segment_value, c.period, c.period_start
    ),

    converting_sessions as (
      select distinct v.conversion, v.session_id
      from ${conversions} as v
      where v.session_id is not null
    ),

    -- By the session's start, like those that they are a part of.
    counted_converting_sessions as (
      select
        v.conversion, g.segment, g.segment_value, c.period, c.period_start,
        count(*) as sessions,
        count(distinct case when not o.is_shared_device then s.person_id end) as people
      from converting_sessions as v
      inner join ${sessions} as s on s.session_id = v.session_id
      inner join ${people} as o on o.person_id = s.person_id
      inner join ${session_segments} as g on g.session_id = s.session_id
      inner join ${calendar} as c on c.calendar_date = s.started_date
      group by v.conversion, g.segment, g.segment_value, c.period, c.period_start
    ),

    told_conversions as (
      select
        v.conversion, v.conversion_number, v.revenue, c.period, c.period_start, g.segment, g.segment_value,
        case when not o.is_shared_device then v.person_id end as person_id
      from ${conversions} as v
      inner join ${people} as o on o.person_id = v.person_id
      inner join ${calendar} as c on c.calendar_date = v.converted_date
      inner join ${conversion_segments} as g on g.conversion_id = v.conversion_id
    ),

    counted_conversions as (
      select
        t.conversion, t.segment, t.segment_value, t.period, t.period_start,
        count(*) as conversions,
        sum(t.revenue) as revenue,
        count(distinct t.person_id) as converting_people,
        count(distinct case when t.conversion_number >= 2 then t.person_id end) as repeating_people
      from told_conversions as t
      group by t.conversion, t.segment, t.segment_value, t.period, t.period_start
    ),

    counted_journeys as (
      select
        j.conversion, g.segment, g.segment_value, c.period, c.period_start,
        count(*) as journeys,
        sum(${elapsedSeconds(sql`j.started_at`, sql`j.ended_at`)}) as seconds_of_journeys,
        sum(case when j.touchpoint_count >= 2 then 1 else 0 end) as journeys_of_several_touchpoints,
        sum(case when j.is_linear then 0 else 1 end) as fragmented_journeys,
        sum(j.channel_change_count) as channel_changes,
        sum(j.touchpoint_count - 1) as touchpoints_after_the_first,
        sum(case when j.offline_touchpoint_count > 0 then 1 else 0 end) as journeys_with_an_offline_touchpoint
      from ${journeys} as j
      inner join ${journey_segments} as g on g.journey_id = j.journey_id
      inner join ${calendar} as c on c.calendar_date = j.ended_date
      where j.outcome = 'converted' and j.touchpoint_count > 0
      group by j.conversion, g.segment, g.segment_value, c.period, c.period_start
    ),

    counted_attempts as (
      select
        a.funnel, g.segment, g.segment_value, c.period, c.period_start,
        count(*) as attempts,
        count(a.completed_at) as completed_attempts,
        sum(case when a.completed_at is null then 0 else a.steps_completed end) as steps_of_completed_attempts,
        sum(case when a.completed_at is null then 0 else a.action_count end) as actions_in_completed_attempts
      from ${funnel_attempts} as a
      inner join ${funnel_attempt_segments} as g on g.funnel = a.funnel and g.attempt_id = a.attempt_id
      inner join ${calendar} as c on c.calendar_date = a.entered_date
      group by a.funnel, g.segment, g.segment_value, c.period, c.period_start
    ),

    counted_spend as (
      select
        g.segment, case when g.segment = '(all)' then '(all)' else s.channel end as segment_value, c.period, c.period_start,
        coalesce(sum(s.spend_amount), cast(0 as ${type.number})) as spend
      from ${ad_spend} as s
      cross join ${segmentRows(declared.filter(segment => segment === 'channel'))} as g
      inner join ${calendar} as c on c.calendar_date = s.spend_date
      group by g.segment, case when g.segment = '(all)' then '(all)' else s.channel end, c.period, c.period_start
    ),

    channels_of_ads as (
      select distinct s.channel
      from ${ad_spend} as s
    ),

    -- Told by the channel that is credited, which need not be that of the conversion's session.
    credited_to_ads as (
      select
        k.conversion, k.conversion_id, k.credit, k.revenue, c.period, c.period_start,
        g.segment, case when g.segment = '(all)' then '(all)' else k.channel end as segment_value
      from ${attribution_credits} as k
      inner join channels_of_ads as o on o.channel = k.channel
      cross join ${segmentRows(declared.filter(segment => segment === 'channel'))} as g
      inner join ${calendar} as c on c.calendar_date = k.converted_date
      where k.attribution_model = ${creditModelOf(attribution)}
    ),

    counted_credits as (
      select
        k.conversion, k.segment, k.segment_value, k.period, k.period_start,
        ${toNumber(ratio(sql`sum(${toNumber(sql`k.credit * cast(1000000 as ${type.real})`)})`, 1_000_000))} as conversions,
        count(distinct k.conversion_id) as conversions_with_a_credited_ad,
        sum(k.revenue) as revenue
      from credited_to_ads as k
      group by k.conversion, k.segment, k.segment_value, k.period, k.period_start
    ),

    counted_stages as (
      select
        r.stage, r.segment, r.segment_value, r.period, r.period_start, r.people,
        case when r.is_tracked then r.active_people else 0 end as active_people
      from ${stage_reach} as r
      where r.active_people > 0
    )

    ${amountsOf(sql`counted_sessions`, sql`''`, {
      sessions: sql`t.sessions`,
      people: sql`t.people`,
    })}
    union all
    ${amountsOf(sql`counted_converting_sessions`, sql`t.conversion || ': '`, {
      sessions: sql`t.sessions`,
      people: sql`t.people`,
    })}
    union all
    ${amountsOf(sql`counted_conversions`, sql`t.conversion || ': '`, {
      conversions: sql`t.conversions`,
      revenue: sql`t.revenue`,
      'converting people': sql`t.converting_people`,
      'repeating people': sql`t.repeating_people`,
    })}
    union all
    ${amountsOf(sql`counted_journeys`, sql`t.conversion || ': '`, {
      journeys: sql`t.journeys`,
      'seconds of journeys': sql`t.seconds_of_journeys`,
      'journeys of several touchpoints': sql`t.journeys_of_several_touchpoints`,
      'fragmented journeys': sql`t.fragmented_journeys`,
      'channel changes': sql`t.channel_changes`,
      'touchpoints after the first': sql`t.touchpoints_after_the_first`,
      'journeys with an offline touchpoint': sql`t.journeys_with_an_offline_touchpoint`,
    })}
    union all
    ${amountsOf(sql`counted_attempts`, sql`t.funnel || ': '`, {
      attempts: sql`t.attempts`,
      'completed attempts': sql`t.completed_attempts`,
      'steps of completed attempts': sql`t.steps_of_completed_attempts`,
      'actions in completed attempts': sql`t.actions_in_completed_attempts`,
    })}
    union all
    ${amountsOf(sql`counted_spend`, sql`''`, {
      spend: sql`t.spend`,
    })}
    union all
    ${amountsOf(sql`counted_credits`, sql`t.conversion || ': '`, {
      'conversions credited to ads': sql`t.conversions`,
      'conversions with a credited ad': sql`t.conversions_with_a_credited_ad`,
      'revenue credited to ads': sql`t.revenue`,
    })}
    union all
    ${amountsOf(sql`counted_stages`, sql`'stage ' || t.stage || ': '`, {
      people: sql`t.people`,
      'active people': sql`t.active_people`,
    })}
  `,
})

/** A row for each amount of each row of `table`, under its name after `prefix`. */
function amountsOf(table: Sql, prefix: Sql, amounts: Readonly<Record<string, Sql>>): Sql {
  const names = Object.keys(amounts)
  return sql`
    select
      ${prefix} || n.name as counted, t.segment, t.segment_value, t.period, t.period_start,
      case n.name
        ${join(
          names.map(name => sql`when ${name} then cast(${amounts[name]!} as ${type.number})`),
          '\n',
        )}
      end as amount
    from ${table} as t
    cross join ${rows(
      { name: text('What is counted') },
      names.map(name => ({ name })),
    )} as n
  `
}
