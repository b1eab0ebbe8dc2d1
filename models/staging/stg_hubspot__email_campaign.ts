import { key, model, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { hubspot } from '../../sources/hubspot'

export const stg_hubspot__email_campaign = model({
  description: 'One row per e-mail that is sent to many, as it came in last.',
  grain: ['email_campaign_id'],
  columns: {
    email_campaign_id: key('The e-mail campaign'),
    email_campaign: text('Its name; NULL where it has none').nullable(),
    loaded_at: timestamp('When this version came in, UTC'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as email_campaign_id,
      ${rawText('name')} as email_campaign,
      ${rawColumn('_fivetran_synced')} as loaded_at
    from ${hubspot.tables.email_campaign} as e
    ${newestSynced('id')}
  `,
})
