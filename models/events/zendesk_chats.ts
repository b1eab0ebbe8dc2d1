import { key, model, sql, text, timestamp } from 'throughline'
import { startsWithText } from '../../macros/text'
import { stg_zendesk__ticket } from '../staging/stg_zendesk__ticket'
import { stg_zendesk__ticket_chat } from '../staging/stg_zendesk__ticket_chat'
import { stg_zendesk__ticket_chat_event } from '../staging/stg_zendesk__ticket_chat_event'
import { stg_zendesk__user } from '../staging/stg_zendesk__user'
import { zendesk_agents } from './zendesk_agents'

export const zendesk_chats = model({
  description:
    'One row per chat: who chats, and since when. Of a chat that several tickets were made of, the first ticket says who.',
  grain: ['chat_id'],
  columns: {
    chat_id: key('The chat'),
    row_id: text('SHA-256 of the whole raw row'),
    loaded_at: timestamp('When this version came in, UTC'),
    user_id: text('The user who chats; NULL where none is known, or it is one of us').nullable(),
    visitor_id: text('The browser that the visitor chats in').nullable(),
    started_at: timestamp(
      "The customer's first doing in it; where none is told, when its ticket was created; else the first event at all. NULL where nothing says it",
    ).nullable(),
  },
  materialize: { kind: 'inline' },
  query: () => sql`
    with first_tickets as (
      select c.chat_id, c.row_id, c.loaded_at, c.user_id, c.visitor_id, t.created_at
      from ${stg_zendesk__ticket_chat} as c
      left join ${stg_zendesk__ticket} as t on t.ticket_id = c.ticket_id
      qualify row_number() over (partition by c.chat_id order by t.created_at nulls last, c.ticket_id) = 1
    ),

    -- The system, a trigger, a bot and agent:123 are no ids of users.
    chat_events as (
      select
        e.chat_id,
        e.happened_at,
        case
          when e.actor_id = f.user_id or ${startsWithText(sql`e.actor_id`, 'visitor')} then e.happened_at
          when u.user_id is not null and a.user_id is null then e.happened_at
        end as customer_happened_at
      from ${stg_zendesk__ticket_chat_event} as e
      inner join first_tickets as f on f.chat_id = e.chat_id
      left join ${stg_zendesk__user} as u on u.user_id = e.actor_id
      left join ${zendesk_agents} as a on a.user_id = e.actor_id
    ),

    first_events as (
      select e.chat_id, min(e.happened_at) as first_event_at, min(e.customer_happened_at) as first_customer_event_at
      from chat_events as e
      group by e.chat_id
    )

    select
      f.chat_id,
      f.row_id,
      f.loaded_at,
      case when a.user_id is null then f.user_id end as user_id,
      f.visitor_id,
      coalesce(e.first_customer_event_at, f.created_at, e.first_event_at) as started_at
    from first_tickets as f
    left join first_events as e on e.chat_id = f.chat_id
    left join ${zendesk_agents} as a on a.user_id = f.user_id
  `,
})
