import { key, model, sql, text, type } from 'throughline'
import { newestVersion } from '../../macros/history'
import { currencyCode } from '../../macros/money'
import { rawText } from '../../macros/raw-rows'
import { google_ads } from '../../sources/google_ads'

export const stg_google_ads__accounts = model({
  description: 'One row per account of Google Ads: its newest version.',
  grain: ['account_id'],
  columns: {
    account_id: key('The account, which Google calls the customer'),
    account: text('Its name').nullable(),
    currency: text('Currency of all its costs; NULL where it is not told').nullable(),
    timezone: text('The zone of all its days; NULL where it is not told').nullable(),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as account_id,
      ${rawText('descriptive_name')} as account,
      ${currencyCode(sql`e.currency_code`)} as currency,
      ${rawText('time_zone')} as timezone
    from ${google_ads.tables.account_history} as e
    ${newestVersion('updated_at')}
  `,
})
