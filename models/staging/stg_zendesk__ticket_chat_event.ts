import { integer, key, model, sql, text, timestamp } from 'throughline'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { zendesk } from '../../sources/zendesk'

export const stg_zendesk__ticket_chat_event = model({
  description: 'One row per thing that happened in a chat, as it came in last.',
  grain: ['chat_id', 'chat_index'],
  columns: {
    chat_id: key('The chat'),
    chat_index: integer('Which event of the chat'),
    happened_at: timestamp('When it happened, UTC; NULL where Zendesk does not say').nullable(),
    actor_id: text('Whose doing it was: the id of a user, agent: and such an id, or a name of the system').nullable(),
    loaded_at: timestamp('When this version came in, UTC'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    with newest as (
      select
        e.chat_id,
        e.chat_index,
        e.created_at as happened_at,
        ${rawText('actor_id')} as actor_id,
        ${rawColumn('_fivetran_synced')} as loaded_at,
        coalesce(${rawColumn('_fivetran_deleted')}, false) as is_deleted
      from ${zendesk.tables.ticket_chat_event} as e
      ${newestSynced('chat_id', 'chat_index')}
    )

    select n.chat_id, n.chat_index, n.happened_at, n.actor_id, n.loaded_at
    from newest as n
    where not n.is_deleted
  `,
})
