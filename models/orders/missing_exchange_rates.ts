import { date, integer, key, model, sql, unionOf } from 'throughline'
import { currencyCode } from '../../macros/money'
import { exchange_rates } from '../../seeds/exchange_rates'
import { reporting } from '../definitions/reporting'
import { events } from '../events/events'
import { ad_spend_stream } from '../spend/ad_spend_stream'
import { orders } from './orders'

export const missing_exchange_rates = model({
  description:
    'One row per kind of amount, currency and day whose exchange rate is missing: these amounts are in no revenue and no spend until seeds/exchange_rates.csv has it. Empty where all is well.',
  grain: ['amount_kind', 'currency', 'rate_date'],
  columns: {
    amount_kind: key('Of what the amounts are: event, order or spend').oneOf(['event', 'order', 'spend']),
    currency: key('The currency'),
    rate_date: date('The day, in the reporting zone; of spend, that of the account'),
    amount_count: integer('How many amounts there are').atLeast(1),
  },
  tests: {
    never: {
      'amounts of one kind, currency and day without an exchange rate': {
        severity: 'warn',
        rows: self => sql`
          select m.amount_kind, m.currency, m.rate_date, m.amount_count
          from ${self} as m
        `,
      },
    },
  },
  materialize: { kind: 'table' },
  uses: { reporting },
  query: ({ reporting: { currency } }) => sql`
    with told as (
      select 'event' as amount_kind, e.currency, e.occurred_date as rate_date
      from ${events} as e
      where e.original_amount is not null
      union all
      select 'order' as amount_kind, o.original_currency as currency, o.ordered_date as rate_date
      from ${orders} as o
      union all
      select 'spend' as amount_kind, ${currencyCode(sql`s.currency`)} as currency, s.spend_date as rate_date
      from ${unionOf(ad_spend_stream)} as s
    )

    select t.amount_kind, t.currency, t.rate_date, count(*) as amount_count
    from told as t
    left join ${exchange_rates} as x on x.currency = t.currency and x.rate_date = t.rate_date
    where t.currency <> ${currency} and x.currency is null
    group by t.amount_kind, t.currency, t.rate_date
  `,
})
