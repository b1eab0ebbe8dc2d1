import { boolean, date, join, key, model, number, type Sql, sql, text, unionOf, when } from 'throughline'
import { type Condition, meets } from '../../macros/match'
import { converted, currencyCode } from '../../macros/money'
import { orderNumber } from '../../macros/orders'
import { localDate, plusSeconds } from '../../macros/time'
import { exchange_rates } from '../../seeds/exchange_rates'
import { events as taxonomy } from '../definitions/events'
import { reporting } from '../definitions/reporting'
import { traffic } from '../definitions/traffic'
import { event_names } from './event_names'
import { event_stream } from './event_stream'

const { row_id, amount, ...told } = event_stream.columns

export const events = model({
  description:
    'One row per event of all systems: who did what when is told here first. The newest version of each event counts.',
  grain: ['event_id'],
  columns: {
    ...told,
    event_id: key('Given by the system, or SHA-256 of the system and its own id, or of the whole raw row'),
    event_name: text("What happened, in the company's own words; where it has none, in the system's"),
    is_customer_action: boolean(
      'Done by the customer, rather than by us, by a machine or in a test: only these make sessions',
    ),
    is_bot: boolean('Made by a machine, as traffic.bots tells them'),
    is_test: boolean('Made by ourselves to try something, as the system or traffic.tests tells it'),
    occurred_date: date('The day on which it happened, in the reporting zone'),
    order_id: text(
      "The order's number, without a # before it and in capital letters, however a system writes it",
    ).nullable(),
    revenue: number(
      'The amount in the reporting currency, at the exchange rate of its day and with all its digits; NULL where that rate is missing',
    ).nullable(),
    original_amount: number('The amount as it was told, in `currency`').nullable(),
    currency: text('Currency of the original amount; NULL where there is no amount').nullable(),
  },
  dataThrough: 'occurred_at',
  tests: {
    always: {
      'nothing happened after it came in': {
        holds: sql`loaded_at is null or occurred_at <= ${plusSeconds(sql`loaded_at`, 86_400)}`,
        severity: 'warn',
      },
      'an amount has a currency': sql`(original_amount is null) = (currency is null)`,
      'revenue is of an amount': sql`revenue is null or original_amount is not null`,
    },
    never: {
      'a name in the config that no event has': {
        severity: 'warn',
        rows: self => sql`
          with told_names as (select distinct e.system, e.raw_event_name from ${self} as e)

          select n.system, n.raw_event_name
          from ${event_names} as n
          left join told_names as t on t.system = n.system and t.raw_event_name = n.raw_event_name
          where t.system is null
        `,
      },
    },
  },
  materialize: { kind: 'table', partitionBy: 'occurred_date', clusterBy: ['event_name'] },
  uses: { taxonomy, reporting, traffic },
  query: ({ taxonomy: { keep_unmapped }, reporting: { timezone, currency }, traffic: { bots, tests } }) => sql`
    with newest_versions as (
      select
        s.event_id, s.system, s.system_event_id, s.raw_event_name, s.occurred_at, s.loaded_at, s.platform, s.is_customer_action,
        s.utm_source, s.utm_medium, s.utm_campaign, s.utm_content, s.utm_term, s.click_id_kind, s.referrer_host, s.page_host, s.page_path,
        s.device_category, s.operating_system, s.browser, s.country, s.region,
        ${orderNumber(sql`s.order_id`)} as order_id, s.given_channel, s.place_channel, s.is_test, s.source_session_id, s.amount,
        case when s.amount is not null then coalesce(${currencyCode(sql`s.currency`)}, ${currency}) end as currency
      from ${unionOf(event_stream)} as s
      qualify row_number() over (
        partition by s.event_id
        order by s.loaded_at desc nulls last, s.row_id desc, s.system
      ) = 1
    ),

    named as (
      select
        v.event_id, v.system, v.system_event_id, coalesce(n.event_name, v.raw_event_name) as event_name, v.raw_event_name,
        v.occurred_at, ${localDate(sql`v.occurred_at`, timezone)} as occurred_date, v.loaded_at, v.platform, v.is_customer_action,
        v.utm_source, v.utm_medium, v.utm_campaign, v.utm_content, v.utm_term, v.click_id_kind, v.referrer_host, v.page_host, v.page_path,
        v.device_category, v.operating_system, v.browser, v.country, v.region,
        v.order_id, v.given_channel, v.place_channel, v.is_test, v.source_session_id, v.amount, v.currency
      from newest_versions as v
      left join ${event_names} as n on n.system = v.system and n.raw_event_name = v.raw_event_name
      ${when(!keep_unmapped, sql`where n.event_name is not null`)}
    ),

    valued as (
      select
        n.event_id, n.system, n.system_event_id, n.event_name, n.raw_event_name, n.occurred_at, n.occurred_date, n.loaded_at,
        n.platform, n.is_customer_action,
        n.utm_source, n.utm_medium, n.utm_campaign, n.utm_content, n.utm_term, n.click_id_kind, n.referrer_host, n.page_host, n.page_path,
        n.device_category, n.operating_system, n.browser, n.country, n.region,
        n.order_id, n.given_channel, n.place_channel, n.is_test, n.source_session_id,
        ${converted(sql`n.amount`, sql`n.currency`, currency, sql`x.rate`)} as revenue,
        n.amount as original_amount,
        n.currency
      from named as n
      left join ${exchange_rates} as x on x.currency = n.currency and x.rate_date = n.occurred_date
    ),

    judged as (
      select
        v.event_id, v.system, v.system_event_id, v.event_name, v.raw_event_name, v.occurred_at, v.occurred_date, v.loaded_at,
        v.platform, v.is_customer_action,
        v.utm_source, v.utm_medium, v.utm_campaign, v.utm_content, v.utm_term, v.click_id_kind, v.referrer_host, v.page_host, v.page_path,
        v.device_category, v.operating_system, v.browser, v.country, v.region,
        v.order_id, v.given_channel, v.place_channel, v.source_session_id, v.revenue, v.original_amount, v.currency,
        ${anyMeets(bots, 'v')} as is_bot,
        (v.is_test or ${anyMeets(tests, 'v')}) as is_test
      from valued as v
    )

    select
      j.event_id,
      j.system,
      j.system_event_id,
      j.event_name,
      j.raw_event_name,
      j.occurred_at,
      j.occurred_date,
      j.loaded_at,
      j.platform,
      (j.is_customer_action and not j.is_bot and not j.is_test) as is_customer_action,
      j.is_bot,
      j.is_test,
      j.utm_source,
      j.utm_medium,
      j.utm_campaign,
      j.utm_content,
      j.utm_term,
      j.click_id_kind,
      j.referrer_host,
      j.page_host,
      j.page_path,
      j.device_category,
      j.operating_system,
      j.browser,
      j.country,
      j.region,
      j.order_id,
      j.given_channel,
      j.place_channel,
      j.source_session_id,
      j.revenue,
      j.original_amount,
      j.currency
    from judged as j
  `,
})

/** Whether the row called `alias` meets one of the sets of conditions. Never NULL. */
function anyMeets(sets: readonly (readonly Condition[])[], alias: string): Sql {
  if (sets.length === 0) return sql`false`
  return sql`(${join(
    sets.map(conditions => sql`(${meets(conditions, alias)})`),
    ' or ',
  )})`
}
