import { date, key, model, number, sql, text, unionOf, when } from 'throughline'
import { lowered } from '../../macros/text'
import { localDate, plusSeconds } from '../../macros/time'
import { events as taxonomy } from '../definitions/events'
import { reporting } from '../definitions/reporting'
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
    occurred_date: date('The day on which it happened, in the reporting zone'),
    revenue: number('The amount, where it is in the reporting currency').nullable(),
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
      'amounts are in the reporting currency, else they are no revenue': {
        holds: sql`original_amount is null or revenue is not null`,
        severity: 'warn',
      },
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
  materialize: { kind: 'table' },
  uses: { taxonomy, reporting },
  query: ({ taxonomy: { keep_unmapped }, reporting: { timezone, currency } }) => sql`
    with newest_versions as (
      select
        s.event_id, s.system, s.system_event_id, s.raw_event_name, s.occurred_at, s.loaded_at, s.platform, s.is_customer_action,
        s.utm_source, s.utm_medium, s.utm_campaign, s.utm_content, s.utm_term, s.click_id_kind, s.referrer_host, s.page_host, s.page_path,
        s.device_category, s.country, s.order_id, s.given_channel, s.source_session_id, s.amount,
        case
          when s.amount is null then null
          when s.currency is null or ${lowered(sql`s.currency`)} = ${currency.toLowerCase()} then ${currency}
          else s.currency
        end as currency
      from ${unionOf(event_stream)} as s
      qualify row_number() over (
        partition by s.event_id
        order by s.loaded_at desc nulls last, s.row_id desc, s.system
      ) = 1
    )

    select
      v.event_id,
      v.system,
      v.system_event_id,
      coalesce(n.event_name, v.raw_event_name) as event_name,
      v.raw_event_name,
      v.occurred_at,
      ${localDate(sql`v.occurred_at`, timezone)} as occurred_date,
      v.loaded_at,
      v.platform,
      v.is_customer_action,
      v.utm_source,
      v.utm_medium,
      v.utm_campaign,
      v.utm_content,
      v.utm_term,
      v.click_id_kind,
      v.referrer_host,
      v.page_host,
      v.page_path,
      v.device_category,
      v.country,
      v.order_id,
      v.given_channel,
      v.source_session_id,
      case when v.currency = ${currency} then v.amount end as revenue,
      v.amount as original_amount,
      v.currency
    from newest_versions as v
    left join ${event_names} as n on n.system = v.system and n.raw_event_name = v.raw_event_name
    ${when(!keep_unmapped, sql`where n.event_name is not null`)}
  `,
})
