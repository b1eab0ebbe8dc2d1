import { model, number, sql, text, unionOf } from 'throughline'
import { converted, currencyCode } from '../../macros/money'
import { exchange_rates } from '../../seeds/exchange_rates'
import { reporting } from '../definitions/reporting'
import { ad_spend_stream } from './ad_spend_stream'

const { amount, currency, clicks, impressions, ...told } = ad_spend_stream.columns

export const ad_spend = model({
  description:
    'One row per ad group and day of all ad platforms: what the ads cost, and how often they were seen and clicked. Spend may be summed here, over whatever; channel_performance repeats it, and like kpis leaves out that of days before the first event or after the last.',
  grain: ['system', 'campaign_id', 'ad_group_id', 'spend_date'],
  columns: {
    ...told,
    spend_amount: number(
      'What it cost, in the reporting currency, at the exchange rate of the day and with all its digits; NULL where its currency is not told, or has no rate for the day',
    ).nullable(),
    currency: text('The reporting currency, that of the spend'),
    original_amount: number('What it cost, as the platform tells it'),
    original_currency: text('Currency of the original amount; NULL where nobody tells it').nullable(),
    clicks,
    impressions,
  },
  tests: {
    always: {
      'an amount has a currency, else it is no spend': {
        holds: sql`original_currency is not null`,
        severity: 'warn',
      },
    },
  },
  materialize: { kind: 'table' },
  uses: { reporting },
  query: ({ reporting: { currency } }) => sql`
    with told as (
      select
        s.system, s.campaign_id, s.ad_group_id, s.spend_date, s.channel, s.campaign, s.ad_group,
        s.amount, ${currencyCode(sql`s.currency`)} as currency, s.clicks, s.impressions
      from ${unionOf(ad_spend_stream)} as s
    )

    select
      t.system,
      t.campaign_id,
      t.ad_group_id,
      t.spend_date,
      t.channel,
      t.campaign,
      t.ad_group,
      ${converted(sql`t.amount`, sql`t.currency`, currency, sql`x.rate`)} as spend_amount,
      ${currency} as currency,
      t.amount as original_amount,
      t.currency as original_currency,
      t.clicks,
      t.impressions
    from told as t
    left join ${exchange_rates} as x on x.currency = t.currency and x.rate_date = t.spend_date
  `,
})
