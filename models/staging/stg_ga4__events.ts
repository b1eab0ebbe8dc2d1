import { key, model, number, type Sql, type SqlPart, sql, text, timestamp, type, values, when } from 'throughline'
import { toNumber } from '../../macros/decimals'
import { parameterNumber, parametersText, parameterText } from '../../macros/event-parameters'
import { sha256Hex } from '../../macros/hash'
import { zeroPadded } from '../../macros/padding'
import { rawColumn } from '../../macros/raw-rows'
import { fieldReal, fieldText } from '../../macros/records'
import { firstCharacters, lowered, trimmed } from '../../macros/text'
import { instantFromEpochMicroseconds } from '../../macros/time'
import { ga4 } from '../../sources/ga4'

export const stg_ga4__events = model({
  description:
    'One row per event of Google Analytics 4: the raw rows under our names, with the parameters that are read, without duplicates (the same event in the tables of the day and of the hour, or sent twice).',
  grain: ['event_id'],
  columns: {
    event_id: key(
      'SHA-256 of what tells the event from others; where its place in its batch is known, 24 digits of that and the first 40 of the SHA-256, so that events of one instant are in order',
    ),
    row_id: text('SHA-256 of the whole raw row'),
    raw_event_name: text("What happened, in GA4's words"),
    occurred_at: timestamp('When it was logged on the device, UTC'),
    user_id: text('Who it was, where the site or app says it').nullable(),
    user_pseudo_id: text('The browser or the installed app; NULL where the visitor has not consented').nullable(),
    source_session_id: text("GA4's session: of one user_pseudo_id, ga_session_id is unique").nullable(),
    platform: text('web, ios or android').nullable(),
    page_url: text('URL of the page').nullable(),
    referrer_url: text('URL of the page before').nullable(),
    ignore_referrer: text('true where GA4 is told that the referrer is not where the visitor came from').nullable(),
    hostname: text('Host of the page, as GA4 tells it').nullable(),
    collected_source: text(
      'Source, as collected with the event: a UTM value, or what GA4 takes the referrer for',
    ).nullable(),
    collected_medium: text('Medium, as collected').nullable(),
    collected_campaign: text('Campaign, as collected').nullable(),
    collected_content: text('Content, as collected').nullable(),
    collected_term: text('Term, as collected').nullable(),
    collected_gclid: text("Google Ads' click id, as collected").nullable(),
    parameter_source: text('Source, as a parameter').nullable(),
    parameter_medium: text('Medium, as a parameter').nullable(),
    parameter_campaign: text('Campaign, as a parameter').nullable(),
    parameter_content: text('Content, as a parameter').nullable(),
    parameter_term: text('Term, as a parameter').nullable(),
    parameter_gclid: text("Google Ads' click id, as a parameter").nullable(),
    device_category: text('desktop, mobile, tablet …').nullable(),
    operating_system: text('Windows, iOS …').nullable(),
    browser: text('Chrome, Safari …').nullable(),
    country: text('Country of the visitor').nullable(),
    region: text('Region of the visitor').nullable(),
    ecommerce_transaction_id: text("The order's number, in the totals").nullable(),
    parameter_transaction_id: text("The order's number, as a parameter").nullable(),
    value: number('What the event is worth, in its currency').nullable(),
    purchase_revenue: number('The total of a purchase, in the currency of the event').nullable(),
    refund_value: number('The total of a refund, in the currency of the event').nullable(),
    currency: text('Currency of the event').nullable(),
    debug_mode: text('1 or true where the event was sent to try the tracking').nullable(),
    traffic_type: text('internal where the visitor is one of us').nullable(),
  },
  materialize: { kind: 'table' },
  uses: { ga4 },
  query: ({ ga4: { since } }) => sql`
    with renamed as (
      select
        ${eventId} as event_id,
        e.tl_row_id as row_id,
        e.tl_row_number as row_position,
        ${told(sql`e.event_name`)} as raw_event_name,
        ${instantFromEpochMicroseconds(sql`e.event_timestamp`)} as occurred_at,
        ${told(sql`e.user_id`)} as user_id,
        ${told(sql`e.user_pseudo_id`)} as user_pseudo_id,
        ${parameter('ga_session_id')} as source_session_id,
        ${lowered(told(sql`e.platform`))} as platform,
        ${parameter('page_location')} as page_url,
        ${parameter('page_referrer')} as referrer_url,
        ${parameter('ignore_referrer')} as ignore_referrer,
        ${field('device', 'web_info.hostname')} as hostname,
        ${field('collected_traffic_source', 'manual_source')} as collected_source,
        ${field('collected_traffic_source', 'manual_medium')} as collected_medium,
        ${field('collected_traffic_source', 'manual_campaign_name')} as collected_campaign,
        ${field('collected_traffic_source', 'manual_content')} as collected_content,
        ${field('collected_traffic_source', 'manual_term')} as collected_term,
        ${field('collected_traffic_source', 'gclid')} as collected_gclid,
        ${parameter('source')} as parameter_source,
        ${parameter('medium')} as parameter_medium,
        ${parameter('campaign')} as parameter_campaign,
        ${parameter('content')} as parameter_content,
        ${parameter('term')} as parameter_term,
        ${parameter('gclid')} as parameter_gclid,
        ${field('device', 'category')} as device_category,
        ${field('device', 'operating_system')} as operating_system,
        coalesce(${field('device', 'web_info.browser')}, ${field('device', 'browser')}) as browser,
        ${field('geo', 'country')} as country,
        ${field('geo', 'region')} as region,
        ${field('ecommerce', 'transaction_id')} as ecommerce_transaction_id,
        ${parameter('transaction_id')} as parameter_transaction_id,
        ${parameterNumber(sql`e.event_params`, 'value')} as value,
        ${toNumber(fieldReal(sql`e.ecommerce`, 'purchase_revenue'))} as purchase_revenue,
        ${toNumber(fieldReal(sql`e.ecommerce`, 'refund_value'))} as refund_value,
        ${parameter('currency')} as currency,
        ${parameter('debug_mode')} as debug_mode,
        ${parameter('traffic_type')} as traffic_type
      from ${ga4.tables.events} as e
      ${when(since !== undefined, sql`where e.event_date >= ${since?.replaceAll('-', '') ?? ''}`)}
    )

    select
      r.event_id, r.row_id, r.raw_event_name, r.occurred_at, r.user_id, r.user_pseudo_id, r.source_session_id, r.platform,
      r.page_url, r.referrer_url, r.ignore_referrer, r.hostname,
      r.collected_source, r.collected_medium, r.collected_campaign, r.collected_content, r.collected_term, r.collected_gclid,
      r.parameter_source, r.parameter_medium, r.parameter_campaign, r.parameter_content, r.parameter_term, r.parameter_gclid,
      r.device_category, r.operating_system, r.browser, r.country, r.region,
      r.ecommerce_transaction_id, r.parameter_transaction_id, r.value, r.purchase_revenue, r.refund_value, r.currency,
      r.debug_mode, r.traffic_type
    from renamed as r
    qualify row_number() over (partition by r.event_id order by r.row_id desc, r.row_position) = 1
  `,
})

/** A text as GA4 has it, without white space around it; NULL where it is one of the words by which GA4 says that there is none. */
function told(value: SqlPart): Sql {
  const clean = trimmed(value)
  return sql`case when ${clean} not in (${values(['', '(not set)', '(not provided)', '(data not available)'])}) then ${clean} end`
}

const parameter = (key: string): Sql => told(parameterText(sql`e.event_params`, key))
const field = (column: string, path: string): Sql => told(fieldText(rawColumn(column), path))

/** Page, request and place of an event in its batch, as texts of one length; NULL where one of them is not known. */
const place = sql`
  ${zeroPadded(sql`e.batch_page_id`, 14)} || ${zeroPadded(sql`e.batch_ordering_id`, 5)}
  || ${zeroPadded(sql`e.batch_event_index`, 5)}
`

/**
 * Its place tells an event from all others of its visitor. Where that, or the visitor, is not known, all the parameters must tell it: an event
 * that came twice has the same ones, in whatever order.
 */
const whatTellsItApart = sql`
  'ga4:' || coalesce(e.stream_id, '') || ' ' || coalesce(e.user_pseudo_id, '') || ' ' || e.event_name || ' '
  || cast(e.event_timestamp as ${type.text}) || ' ' || coalesce(${place}, '') || ' '
  || case when e.user_pseudo_id is not null and ${place} is not null then '' else ${parametersText(sql`e.event_params`)} end
`

const eventId = sql`
  case
    when ${place} is not null then ${place} || ${firstCharacters(sha256Hex(whatTellsItApart), 40)}
    else ${sha256Hex(whatTellsItApart)}
  end
`
