import { key, model, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { lowered } from '../../macros/text'
import { zendesk } from '../../sources/zendesk'

export const stg_zendesk__ticket = model({
  description:
    'One row per ticket that is in Zendesk, as it came in last. Tickets that were deleted there, as spam is, are gone.',
  grain: ['ticket_id'],
  columns: {
    ticket_id: key('The ticket'),
    row_id: text('SHA-256 of the whole raw row'),
    loaded_at: timestamp('When this version came in, UTC'),
    created_at: timestamp('When it was created, UTC; NULL where Zendesk does not say').nullable(),
    requester_id: text('The user whose request it is').nullable(),
    submitter_id: text('The user who wrote it').nullable(),
    via_channel: text('How it came, in lower case: email, web, voice, chat, native_messaging, api …').nullable(),
    via_relation: text(
      'More on how it came, in lower case: of a ticket by phone inbound, outbound or voicemail',
    ).nullable(),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    with newest as (
      select
        cast(e.id as ${type.text}) as ticket_id,
        e.tl_row_id as row_id,
        ${rawColumn('_fivetran_synced')} as loaded_at,
        (coalesce(${rawColumn('_fivetran_deleted')}, false) or coalesce(${lowered(rawText('status'))} = 'deleted', false)) as is_deleted,
        e.created_at,
        cast(e.requester_id as ${type.text}) as requester_id,
        cast(e.submitter_id as ${type.text}) as submitter_id,
        ${lowered(rawText('via_channel'))} as via_channel,
        ${lowered(rawText('via_source_rel'))} as via_relation
      from ${zendesk.tables.ticket} as e
      ${newestSynced('id')}
    )

    select n.ticket_id, n.row_id, n.loaded_at, n.created_at, n.requester_id, n.submitter_id, n.via_channel, n.via_relation
    from newest as n
    where not n.is_deleted
  `,
})
