import { identifier, model, type Sql, sql, type, values } from 'throughline'
import { clickIdKind, clickQuery, type UtmParameter, utmOfPage } from '../../macros/page-parameters'
import { lowered } from '../../macros/text'
import { urlHost, urlPath } from '../../macros/url'
import { ga4 } from '../../sources/ga4'
import { stg_ga4__events } from '../staging/stg_ga4__events'
import { event_stream } from './event_stream'

export const ga4_events = model({
  description:
    'One row per event of Google Analytics 4, as the events of all systems are told. What GA4 takes the referrer for gives way to a click id, and to the referrer itself. Only a purchase and a refund are worth something: what was given back is an amount above 0.',
  implements: event_stream,
  grain: ['event_id'],
  columns: event_stream.columns,
  materialize: { kind: 'inline' },
  uses: { ga4 },
  query: ({ ga4: { automatic_events } }) => sql`
    with told as (
      select
        s.event_id, s.row_id, s.raw_event_name, s.occurred_at, s.source_session_id, coalesce(s.platform, 'web') as platform,
        s.page_url, s.referrer_url, coalesce(s.ignore_referrer, 'false') = 'true' as is_referrer_ignored, s.hostname,
        s.collected_source, s.collected_medium, s.collected_campaign, s.collected_content, s.collected_term,
        s.parameter_source, s.parameter_medium, s.parameter_campaign, s.parameter_content, s.parameter_term,
        case
          when coalesce(s.collected_source, s.collected_medium, s.collected_campaign) is not null then 'collected'
          when coalesce(s.parameter_source, s.parameter_medium, s.parameter_campaign) is not null then 'parameter'
          else 'page'
        end as told_by,
        coalesce(s.collected_gclid, s.parameter_gclid) as gclid,
        ${clickQuery(sql`s.page_url`)} as click_query,
        s.device_category, s.operating_system, s.browser, s.country, s.region,
        coalesce(s.ecommerce_transaction_id, s.parameter_transaction_id) as order_id,
        case s.raw_event_name
          when 'purchase' then coalesce(s.value, s.purchase_revenue)
          when 'refund' then coalesce(s.value, s.refund_value)
        end as amount,
        s.currency,
        coalesce(s.debug_mode, '') in ('1', 'true') or coalesce(s.traffic_type, '') = 'internal' as is_test
      from ${stg_ga4__events} as s
    ),

    sourced as (
      select
        t.event_id, t.row_id, t.raw_event_name, t.occurred_at, t.source_session_id, t.platform, t.page_url, t.hostname,
        case when not t.is_referrer_ignored then t.referrer_url end as referrer_url,
        t.told_by,
        ${utm('source')} as source,
        ${utm('medium')} as medium,
        ${utm('campaign')} as campaign,
        ${utm('content')} as content,
        ${utm('term')} as term,
        case when t.gclid is not null then 'gclid' else ${clickIdKind(sql`t.click_query`)} end as click_id_kind,
        t.device_category, t.operating_system, t.browser, t.country, t.region, t.order_id, t.amount, t.currency, t.is_test,
        t.is_referrer_ignored
      from told as t
    ),

    judged as (
      select
        s.event_id, s.row_id, s.raw_event_name, s.occurred_at, s.source_session_id, s.platform, s.page_url, s.hostname,
        s.referrer_url, s.source, s.medium, s.campaign, s.content, s.term, s.click_id_kind,
        s.told_by = 'page' or not ${givesWay} as is_source_kept,
        s.device_category, s.operating_system, s.browser, s.country, s.region, s.order_id, s.amount, s.currency, s.is_test
      from sourced as s
    )

    select
      j.event_id,
      j.row_id,
      'ga4' as system,
      cast(null as ${type.text}) as system_event_id,
      j.raw_event_name,
      j.occurred_at,
      cast(null as ${type.timestamp}) as loaded_at,
      j.platform,
      j.raw_event_name not in (${values([...automatic_events, 'refund'])}) as is_customer_action,
      ${kept(sql`j.source`)} as utm_source,
      ${kept(sql`j.medium`)} as utm_medium,
      ${kept(sql`j.campaign`)} as utm_campaign,
      ${kept(sql`j.content`)} as utm_content,
      ${kept(sql`j.term`)} as utm_term,
      j.click_id_kind,
      ${urlHost(sql`j.referrer_url`)} as referrer_host,
      coalesce(${urlHost(sql`j.page_url`)}, ${lowered(sql`j.hostname`)}) as page_host,
      ${urlPath(sql`j.page_url`)} as page_path,
      j.device_category,
      j.operating_system,
      j.browser,
      j.country,
      j.region,
      j.order_id,
      cast(null as ${type.text}) as given_channel,
      cast(null as ${type.text}) as place_channel,
      j.is_test,
      j.source_session_id,
      j.amount,
      j.currency
    from judged as j
  `,
})

/** All five values from one place: from what was collected with the event, else its parameters, else the page itself. */
function utm(name: 'source' | 'medium' | 'campaign' | 'content' | 'term'): Sql {
  return sql`
    case t.told_by
      when 'collected' then t.${identifier(`collected_${name}`)}
      when 'parameter' then t.${identifier(`parameter_${name}`)}
      else ${utmOfPage(sql`t.page_url`, `utm_${name}` satisfies UtmParameter)}
    end
  `
}

/**
 * Where a page has no UTM values, GA4 fills in what it takes the referrer for, under a campaign of its own in brackets. A click id says more than its
 * `(organic)`, which GA4 has been known to write on paid clicks; its `(referral)` is left to the referrer, so that own_domains
 * and ignore_referrers hold.
 */
const givesWay = sql`
  (
    coalesce(s.campaign, '') in ('(organic)', '(referral)') and s.click_id_kind is not null
    or coalesce(s.campaign, '') = '(referral)' and (s.referrer_url is not null or s.is_referrer_ignored)
  )
`

/** A value that is kept; NULL where it is GA4's word for none. */
function kept(value: Sql): Sql {
  const none = values(['(direct)', '(none)', '(organic)', '(referral)'])
  return sql`case when j.is_source_kept and ${value} not in (${none}) then ${value} end`
}
