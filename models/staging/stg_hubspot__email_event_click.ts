import { key, model, sql, text, timestamp } from 'throughline'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { hubspot } from '../../sources/hubspot'

export const stg_hubspot__email_event_click = model({
  description: 'One row per e-mail event that is a click, as it came in last: the link.',
  grain: ['email_event_id'],
  columns: {
    email_event_id: key('The e-mail event'),
    link_url: text('URL that the link leads to').nullable(),
    loaded_at: timestamp('When this version came in, UTC'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      e.id as email_event_id,
      ${rawText('url')} as link_url,
      ${rawColumn('_fivetran_synced')} as loaded_at
    from ${hubspot.tables.email_event_click} as e
    ${newestSynced('id')}
  `,
})
