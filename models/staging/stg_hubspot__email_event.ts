import { boolean, key, model, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { hubspot } from '../../sources/hubspot'

export const stg_hubspot__email_event = model({
  description: 'One row per thing that happened to an e-mail to one recipient, as it came in last.',
  grain: ['email_event_id'],
  columns: {
    email_event_id: key('The event'),
    row_id: text('SHA-256 of the whole raw row'),
    loaded_at: timestamp('When this version came in, UTC'),
    email_event_type: text("What happened, in HubSpot's words: SENT, DELIVERED, OPEN, CLICK, BOUNCE …"),
    happened_at: timestamp('When it happened, UTC; NULL where HubSpot does not say').nullable(),
    recipient: text('E-mail address that the e-mail went to').nullable(),
    email_campaign_id: text('The e-mail campaign').nullable(),
    is_filtered: boolean("A bot's or our own doing, which HubSpot's reports leave out"),
    replaced_by: text('A later event that stands for this one; NULL where none does').nullable(),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      e.id as email_event_id,
      e.tl_row_id as row_id,
      ${rawColumn('_fivetran_synced')} as loaded_at,
      e.type as email_event_type,
      e.created as happened_at,
      ${rawText('recipient')} as recipient,
      cast(e.email_campaign_id as ${type.text}) as email_campaign_id,
      coalesce(e.filtered_event, false) as is_filtered,
      ${rawText('obsoleted_by_id')} as replaced_by
    from ${hubspot.tables.email_event} as e
    ${newestSynced('id')}
  `,
})
