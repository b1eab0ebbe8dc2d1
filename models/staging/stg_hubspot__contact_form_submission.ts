import { key, model, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { hubspot } from '../../sources/hubspot'

export const stg_hubspot__contact_form_submission = model({
  description: 'One row per form that a contact submitted, as it came in last.',
  grain: ['submission_id'],
  columns: {
    submission_id: key('The submission'),
    row_id: text('SHA-256 of the whole raw row'),
    loaded_at: timestamp('When this version came in, UTC'),
    contact_id: text('The contact that submitted it').nullable(),
    form_id: text('The form').nullable(),
    submitted_at: timestamp('When it was submitted, UTC; NULL where HubSpot does not say').nullable(),
    page_url: text('URL of the page with the form').nullable(),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      e.conversion_id as submission_id,
      e.tl_row_id as row_id,
      ${rawColumn('_fivetran_synced')} as loaded_at,
      cast(e.contact_id as ${type.text}) as contact_id,
      ${rawText('form_id')} as form_id,
      ${rawColumn('timestamp')} as submitted_at,
      ${rawText('page_url')} as page_url
    from ${hubspot.tables.contact_form_submission} as e
    ${newestSynced('conversion_id')}
  `,
})
