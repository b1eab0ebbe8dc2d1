import { key, model, sql, text, type } from 'throughline'
import { currencyCode } from '../../macros/money'
import { newestSynced, rawText } from '../../macros/raw-rows'
import { meta_ads } from '../../sources/meta_ads'

export const stg_meta_ads__accounts = model({
  description: 'One row per ad account of Meta: what came in last.',
  grain: ['account_id'],
  columns: {
    account_id: key('The account'),
    account: text('Its name').nullable(),
    currency: text('Currency of all its costs; NULL where it is not told').nullable(),
    timezone: text('The zone of all its days; NULL where it is not told').nullable(),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as account_id,
      ${rawText('name')} as account,
      ${currencyCode(sql`e.currency`)} as currency,
      ${rawText('timezone_name')} as timezone
    from ${meta_ads.tables.account_history} as e
    ${newestSynced('id')}
  `,
})
