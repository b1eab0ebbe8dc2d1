import { key, model, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { zendesk } from '../../sources/zendesk'

export const stg_zendesk__ticket_chat = model({
  description: 'One row per chat and ticket that was made of it, as it came in last: a long chat may make several.',
  grain: ['chat_id', 'ticket_id'],
  columns: {
    chat_id: key('The chat'),
    ticket_id: key('The ticket'),
    row_id: text('SHA-256 of the whole raw row'),
    loaded_at: timestamp('When this version came in, UTC'),
    user_id: text('The user who chats').nullable(),
    visitor_id: text('The browser that the visitor chats in').nullable(),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    with newest as (
      select
        e.chat_id,
        cast(e.ticket_id as ${type.text}) as ticket_id,
        e.tl_row_id as row_id,
        ${rawColumn('_fivetran_synced')} as loaded_at,
        coalesce(${rawColumn('_fivetran_deleted')}, false) as is_deleted,
        cast(e.user_id as ${type.text}) as user_id,
        ${rawText('visitor_id')} as visitor_id
      from ${zendesk.tables.ticket_chat} as e
      ${newestSynced('chat_id', 'ticket_id')}
    )

    select n.chat_id, n.ticket_id, n.row_id, n.loaded_at, n.user_id, n.visitor_id
    from newest as n
    where not n.is_deleted
  `,
})
