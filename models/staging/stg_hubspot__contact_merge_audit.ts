import { key, model, sql, timestamp, type } from 'throughline'
import { newestSynced, rawColumn } from '../../macros/raw-rows'
import { hubspot } from '../../sources/hubspot'

export const stg_hubspot__contact_merge_audit = model({
  description: 'One row per contact that was merged into another, as it came in last.',
  grain: ['contact_id', 'merged_contact_id'],
  columns: {
    contact_id: key('The contact that stayed'),
    merged_contact_id: key('The contact that went into it'),
    merged_at: timestamp('When they were merged, UTC; NULL where HubSpot does not say').nullable(),
    loaded_at: timestamp('When this version came in, UTC'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.canonical_vid as ${type.text}) as contact_id,
      cast(e.vid_to_merge as ${type.text}) as merged_contact_id,
      ${rawColumn('timestamp')} as merged_at,
      ${rawColumn('_fivetran_synced')} as loaded_at
    from ${hubspot.tables.contact_merge_audit} as e
    ${newestSynced('canonical_vid', 'vid_to_merge')}
  `,
})
