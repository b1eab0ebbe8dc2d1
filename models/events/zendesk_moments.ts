import { boolean, key, model, sql, text, timestamp, type, values } from 'throughline'
import { zendesk } from '../../sources/zendesk'
import { stg_zendesk__ticket } from '../staging/stg_zendesk__ticket'
import { stg_zendesk__ticket_chat } from '../staging/stg_zendesk__ticket_chat'
import { stg_zendesk__ticket_comment } from '../staging/stg_zendesk__ticket_comment'
import { zendesk_agents } from './zendesk_agents'
import { zendesk_chats } from './zendesk_chats'

export const zendesk_moments = model({
  description:
    'One row per event that Zendesk tells of, and whose it is: a customer made a ticket, answered in one, began a chat. A ticket that was made of a chat is that chat.',
  grain: ['system_event_id'],
  columns: {
    system_event_id: key('What it is and its id in Zendesk: ticket:123, comment:123, chat:…'),
    row_id: text('SHA-256 of the whole raw row'),
    loaded_at: timestamp('When this version came in, UTC'),
    raw_event_name: text('ticket_created, ticket_replied or chat_started'),
    occurred_at: timestamp('When it happened, UTC'),
    platform: text("email, phone, web, chat; else Zendesk's own word for the way that it came"),
    is_customer_action: boolean('Done by the customer, and told by no other system'),
    is_outbound: boolean('We called the customer'),
    user_id: text('The user, where Zendesk says it').nullable(),
    visitor_id: text('The browser that the visitor chats in').nullable(),
  },
  materialize: { kind: 'inline' },
  uses: { zendesk },
  query: ({ zendesk: { calls_are_actions } }) => sql`
    with tickets_of_chats as (
      select distinct c.ticket_id
      from ${stg_zendesk__ticket_chat} as c
    ),

    tickets as (
      select
        t.ticket_id, t.row_id, t.loaded_at, t.created_at, t.requester_id,
        coalesce(t.submitter_id, t.requester_id) = t.requester_id as is_own,
        coalesce(t.via_relation = 'outbound' or t.via_channel = 'phone_call_outbound', false) as is_outbound,
        c.ticket_id is not null as has_chat,
        case
          when t.via_channel in (${values(ways.email)}) then 'email'
          when t.via_channel in (${values(ways.phone)}) then 'phone'
          when t.via_channel in (${values(ways.web)}) then 'web'
          when t.via_channel in (${values(ways.chat)}) or c.ticket_id is not null then 'chat'
          else coalesce(t.via_channel, 'support')
        end as platform
      from ${stg_zendesk__ticket} as t
      left join tickets_of_chats as c on c.ticket_id = t.ticket_id
      left join ${zendesk_agents} as a on a.user_id = t.requester_id
      where a.user_id is null
    ),

    comments as (
      select
        c.comment_id, c.row_id, c.loaded_at, c.commented_at, c.ticket_id, c.user_id, c.is_public, c.is_voice,
        case when c.is_facebook then 'facebook' when c.is_tweet then 'twitter' else 'email' end as platform,
        row_number() over (partition by c.ticket_id order by c.commented_at nulls last, c.comment_id) as comment_number
      from ${stg_zendesk__ticket_comment} as c
      where c.commented_at is not null
    )

    select
      'ticket:' || t.ticket_id as system_event_id,
      t.row_id,
      t.loaded_at,
      'ticket_created' as raw_event_name,
      t.created_at as occurred_at,
      t.platform,
      case when t.platform = 'phone' then ${calls_are_actions} and not t.is_outbound else coalesce(t.is_own, false) end as is_customer_action,
      t.platform = 'phone' and t.is_outbound as is_outbound,
      t.requester_id as user_id,
      cast(null as ${type.text}) as visitor_id
    from tickets as t
    where t.created_at is not null and not (t.platform = 'chat' and t.has_chat)

    union all

    -- The first comment of a ticket is the request itself.
    select
      'comment:' || c.comment_id as system_event_id,
      c.row_id,
      c.loaded_at,
      'ticket_replied' as raw_event_name,
      c.commented_at as occurred_at,
      c.platform,
      true as is_customer_action,
      false as is_outbound,
      c.user_id,
      cast(null as ${type.text}) as visitor_id
    from comments as c
    inner join tickets as t on t.ticket_id = c.ticket_id and t.requester_id = c.user_id
    where c.comment_number > 1 and c.is_public and not c.is_voice

    union all

    select
      'chat:' || c.chat_id as system_event_id,
      c.row_id,
      c.loaded_at,
      'chat_started' as raw_event_name,
      c.started_at as occurred_at,
      'chat' as platform,
      true as is_customer_action,
      false as is_outbound,
      c.user_id,
      c.visitor_id
    from ${zendesk_chats} as c
    where c.started_at is not null
  `,
})

/** The ways that tickets come by: https://developer.zendesk.com/documentation/ticketing/reference-guides/via-types. */
const ways = {
  email: ['email', 'mail'],
  phone: ['voice', 'voicemail', 'phone', 'phone_call_inbound', 'phone_call_outbound'],
  web: ['web', 'web_form', 'web_widget', 'help_center'],
  chat: ['chat', 'native_messaging', 'messaging'],
} as const
