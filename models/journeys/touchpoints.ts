import { boolean, date, key, model, references, sql, text, timestamp, values } from 'throughline'
import { attribution } from '../definitions/attribution'
import { channels as channelRules } from '../definitions/channels'
import { events } from '../events/events'
import { people } from '../profiles/people'
import { event_channels } from './event_channels'
import { person_events } from './person_events'
import { session_channels } from './session_channels'
import { sessions } from './sessions'

export const touchpoints = model({
  description:
    'One row per touchpoint: an event that counts as contact with the company, and the first action of each session. At most one an event.',
  grain: ['touchpoint_id'],
  columns: {
    touchpoint_id: key('Id of its event: no event is two touchpoints'),
    person_id: references(people.columns.person_id),
    event_id: references(events.columns.event_id).unique(),
    session_id: references(sessions.columns.session_id).nullable(),
    touched_at: timestamp('When, UTC'),
    touched_date: date('The day, in the reporting zone'),
    touchpoint_kind: text('The name of the event, or session_started, which is derived'),
    channel: text(
      "The event's own channel, where it says where somebody came from; else that of its session; else Direct",
    ),
    utm_source: text('UTM source of what names the channel').nullable(),
    utm_medium: text('UTM medium of what names the channel').nullable(),
    campaign: text('UTM campaign of what names the channel').nullable(),
    is_paid: boolean('The channel is one that we pay for'),
    is_offline: boolean('The channel is one where people meet people'),
  },
  tests: {
    always: { 'it is its event': sql`touchpoint_id = event_id` },
  },
  materialize: { kind: 'table', partitionBy: 'touched_date', clusterBy: ['person_id'] },
  uses: { attribution, channelRules },
  query: ({ attribution: { touchpoints: kinds }, channelRules: { paid, offline } }) => {
    const explicit = kinds.filter(kind => kind !== 'session_started')
    const isExplicit = explicit.length === 0 ? sql`false` : sql`p.event_name in (${values(explicit)})`
    const isStart = kinds.includes('session_started') ? sql`coalesce(p.sequence_in_session, 0) = 1` : sql`false`
    return sql`
      with touches as (
        select
          p.event_id, p.person_id, p.session_id, p.occurred_at, p.occurred_date,
          case when ${isExplicit} then p.event_name else 'session_started' end as touchpoint_kind,
          case when ${isExplicit} then p.event_id end as explicit_event_id
        from ${person_events} as p
        where p.is_counted and (${isExplicit} or ${isStart})
      ),

      own_sources as (
        select c.event_id, c.channel, e.utm_source, e.utm_medium, e.utm_campaign
        from ${event_channels} as c
        inner join ${events} as e on e.event_id = c.event_id
      ),

      -- A session's start has the channel of the whole session, whatever its first event says.
      sourced as (
        select
          t.event_id, t.person_id, t.session_id, t.occurred_at, t.occurred_date, t.touchpoint_kind,
          coalesce(o.channel, s.channel, 'Direct') as channel,
          case when o.event_id is not null then o.utm_source else s.utm_source end as utm_source,
          case when o.event_id is not null then o.utm_medium else s.utm_medium end as utm_medium,
          case when o.event_id is not null then o.utm_campaign else s.utm_campaign end as campaign
        from touches as t
        left join own_sources as o on o.event_id = t.explicit_event_id
        left join ${session_channels} as s on s.session_id = t.session_id
      )

      select
        s.event_id as touchpoint_id,
        s.person_id,
        s.event_id,
        s.session_id,
        s.occurred_at as touched_at,
        s.occurred_date as touched_date,
        s.touchpoint_kind,
        s.channel,
        s.utm_source,
        s.utm_medium,
        s.campaign,
        ${paid.length === 0 ? sql`false` : sql`s.channel in (${values(paid)})`} as is_paid,
        ${offline.length === 0 ? sql`false` : sql`s.channel in (${values(offline)})`} as is_offline
      from sourced as s
    `
  },
})
