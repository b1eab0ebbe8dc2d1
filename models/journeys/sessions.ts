import { boolean, date, integer, key, model, number, references, sql, text, timestamp, type, values } from 'throughline'
import { elapsedSeconds } from '../../macros/time'
import { reporting } from '../definitions/reporting'
import { sessions as sessionRules } from '../definitions/sessions'
import { events } from '../events/events'
import { people } from '../profiles/people'
import { conversions } from './conversions'
import { person_events } from './person_events'
import { session_channels } from './session_channels'

export const sessions = model({
  description: "One row per visit: a run of one person's actions without a pause longer than the timeout.",
  grain: ['session_id'],
  columns: {
    session_id: key("SHA-256 of the first event's id, so that a person who is renamed keeps it"),
    person_id: references(people.columns.person_id),
    started_at: timestamp('Instant of the first action, UTC'),
    started_date: date('Day of the first action, in the reporting zone'),
    ended_at: timestamp('Instant of the last action, UTC'),
    duration_seconds: integer('Whole seconds from the first action to the last').atLeast(0),
    event_count: integer('Actions in the session').atLeast(1),
    platform: text('Platform of the first action'),
    device_category: text('Device category of the first action').nullable(),
    operating_system: text('Operating system of the first action').nullable(),
    browser: text('Browser of the first action').nullable(),
    country: text('Country of the first action').nullable(),
    region: text('Region of the first action, within the country').nullable(),
    entry_page: text('Path of the first page; NULL where no action has one').nullable(),
    exit_page: text('Path of the last page; NULL where no action has one').nullable(),
    channel: text(
      'The first channel that is given in the session; else that of its first action where this is itself one, as a call; else that of its earliest event with UTM values, a click id or a referrer from outside; else Direct',
    ),
    utm_source: text('UTM source of the event that names the channel').nullable(),
    utm_medium: text('UTM medium of the event that names the channel').nullable(),
    utm_campaign: text('UTM campaign of the event that names the channel').nullable(),
    utm_content: text('UTM content of the event that names the channel').nullable(),
    utm_term: text('UTM term of the event that names the channel').nullable(),
    is_new_person: boolean("The person's first session"),
    is_engaged: boolean('Lasted 10 seconds or more (or as configured), or had two views or more, or a conversion'),
    is_bounce: boolean('Not engaged'),
    conversion_count: integer('Conversions in the session, micro-conversions included').atLeast(0),
    revenue: number('Revenue of these conversions, in the reporting currency; 0 where there is none'),
    currency: text('The reporting currency, that of the revenue'),
  },
  tests: {
    unique: [['person_id', 'started_at']],
    always: {
      'a session starts before it ends': sql`started_at <= ended_at`,
      'a session with a conversion is engaged': sql`is_engaged or conversion_count = 0`,
      'revenue comes from conversions': sql`revenue = 0 or conversion_count > 0`,
      'a page entered is a page left': sql`(entry_page is null) = (exit_page is null)`,
    },
    never: {
      'an action outside its session, or a session without its actions': self => sql`
        with counted as (
          select p.session_id, count(*) as event_count
          from ${person_events} as p
          where p.is_customer_action
          group by p.session_id
        )

        select coalesce(s.session_id, c.session_id) as session_id
        from ${self} as s
        full join counted as c on c.session_id = s.session_id
        where coalesce(s.event_count, 0) <> coalesce(c.event_count, 0)
      `,
    },
  },
  materialize: { kind: 'table', partitionBy: 'started_date', clusterBy: ['person_id'] },
  uses: { sessionRules, reporting },
  query: ({ sessionRules: { engaged_after, view_events }, reporting: { currency } }) => sql`
    with actions as (
      select
        p.session_id, p.event_id, p.occurred_at, p.event_name, p.sequence_in_session,
        e.platform, e.device_category, e.operating_system, e.browser, e.country, e.region, e.page_path
      from ${person_events} as p
      inner join ${events} as e on e.event_id = p.event_id
      where p.is_customer_action
    ),

    spans as (
      select
        a.session_id,
        max(a.occurred_at) as ended_at,
        count(*) as event_count,
        ${view_events.length === 0 ? sql`0` : sql`sum(case when a.event_name in (${values(view_events)}) then 1 else 0 end)`} as view_count
      from actions as a
      group by a.session_id
    ),

    entries as (
      select a.session_id, a.platform, a.device_category, a.operating_system, a.browser, a.country, a.region
      from actions as a
      where a.sequence_in_session = 1
    ),

    pages as (
      select
        a.session_id, a.page_path,
        row_number() over (partition by a.session_id order by a.occurred_at, a.event_id) as page_number,
        row_number() over (partition by a.session_id order by a.occurred_at desc, a.event_id desc) as page_number_from_end
      from actions as a
      where a.page_path is not null
    ),

    entry_and_exit as (
      select
        p.session_id,
        max(case when p.page_number = 1 then p.page_path end) as entry_page,
        max(case when p.page_number_from_end = 1 then p.page_path end) as exit_page
      from pages as p
      group by p.session_id
    ),

    conversions_in_sessions as (
      select c.session_id, count(*) as conversion_count, sum(c.revenue) as revenue
      from ${conversions} as c
      where c.session_id is not null
      group by c.session_id
    ),

    measured as (
      select
        c.session_id, c.person_id, c.started_at, c.started_date, s.ended_at,
        ${elapsedSeconds(sql`c.started_at`, sql`s.ended_at`)} as duration_seconds,
        s.event_count, s.view_count,
        e.platform, e.device_category, e.operating_system, e.browser, e.country, e.region, p.entry_page, p.exit_page,
        c.channel, c.utm_source, c.utm_medium, c.utm_campaign, c.utm_content, c.utm_term,
        row_number() over (partition by c.person_id order by c.started_at, c.first_event_id) as session_number,
        coalesce(v.conversion_count, 0) as conversion_count,
        coalesce(v.revenue, cast(0 as ${type.number})) as revenue
      from ${session_channels} as c
      inner join spans as s on s.session_id = c.session_id
      inner join entries as e on e.session_id = c.session_id
      left join entry_and_exit as p on p.session_id = c.session_id
      left join conversions_in_sessions as v on v.session_id = c.session_id
    ),

    judged as (
      select
        m.session_id, m.person_id, m.started_at, m.started_date, m.ended_at, m.duration_seconds, m.event_count,
        m.platform, m.device_category, m.operating_system, m.browser, m.country, m.region, m.entry_page, m.exit_page,
        m.channel, m.utm_source, m.utm_medium, m.utm_campaign, m.utm_content, m.utm_term, m.session_number, m.conversion_count, m.revenue,
        m.duration_seconds >= ${engaged_after} or m.view_count >= 2 or m.conversion_count > 0 as is_engaged
      from measured as m
    )

    select
      j.session_id, j.person_id, j.started_at, j.started_date, j.ended_at, j.duration_seconds, j.event_count,
      j.platform, j.device_category, j.operating_system, j.browser, j.country, j.region, j.entry_page, j.exit_page,
      j.channel, j.utm_source, j.utm_medium, j.utm_campaign, j.utm_content, j.utm_term,
      j.session_number = 1 as is_new_person,
      j.is_engaged,
      not j.is_engaged as is_bounce,
      j.conversion_count,
      j.revenue,
      ${currency} as currency
    from judged as j
  `,
})
