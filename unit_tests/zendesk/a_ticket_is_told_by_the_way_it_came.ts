import { defined, given, unitTest } from 'throughline'
import { zendesk_agents } from '../../models/events/zendesk_agents'
import { zendesk_chats } from '../../models/events/zendesk_chats'
import { zendesk_moments } from '../../models/events/zendesk_moments'
import { stg_zendesk__ticket } from '../../models/staging/stg_zendesk__ticket'
import { stg_zendesk__ticket_chat } from '../../models/staging/stg_zendesk__ticket_chat'
import { zendesk } from '../../sources/zendesk'

const at = '2026-03-01 10:00:00'
const ticket = (ticket_id: string, via_channel: string | null, more = {}) => ({
  ticket_id,
  created_at: at,
  requester_id: '5',
  submitter_id: '5',
  via_channel,
  ...more,
})
const told = (ticket_id: string, platform: string, is_customer_action: boolean, is_outbound = false) => ({
  system_event_id: `ticket:${ticket_id}`,
  raw_event_name: 'ticket_created',
  occurred_at: at,
  platform,
  is_customer_action,
  is_outbound,
  user_id: '5',
})

export const a_ticket_is_told_by_the_way_it_came = unitTest({
  description:
    "A ticket is the requester's action where they wrote it, but not by phone, for the call log has the call. A ticket that was made of a chat is the chat; one by chat whose chat is not loaded is itself. One requested by an agent, or without a time, is left out.",
  model: zendesk_moments,
  definitions: [defined(zendesk, { folder: 'raw/zendesk' })],
  given: [
    given(zendesk_agents, [{ user_id: '9' }]),
    given(stg_zendesk__ticket, [
      ticket('1', 'email'),
      ticket('2', 'web'),
      ticket('3', 'voice'),
      ticket('4', 'voice', { via_relation: 'outbound', submitter_id: '9' }),
      ticket('5', 'chat'),
      ticket('6', 'native_messaging'),
      ticket('7', 'whatsapp'),
      ticket('8', 'email'),
      ticket('9', 'api', { submitter_id: '9' }),
      ticket('10', 'sms'),
      ticket('11', null, { submitter_id: null }),
      ticket('12', 'email', { requester_id: '9', submitter_id: '9' }),
      ticket('13', 'email', { created_at: null }),
    ]),
    given(
      stg_zendesk__ticket_chat,
      ['6', '7', '8'].map(ticket_id => ({ chat_id: `of ${ticket_id}`, ticket_id })),
    ),
    given(zendesk_chats, [
      { chat_id: 'of 6', started_at: at, user_id: '5', visitor_id: 'browser' },
      { chat_id: 'some time', started_at: null, user_id: '5' },
    ]),
  ],
  expect: [
    told('1', 'email', true),
    told('2', 'web', true),
    told('3', 'phone', false),
    told('4', 'phone', false, true),
    told('5', 'chat', true),
    told('8', 'email', true),
    told('9', 'api', false),
    told('10', 'sms', true),
    told('11', 'support', true),
    {
      system_event_id: 'chat:of 6',
      raw_event_name: 'chat_started',
      occurred_at: at,
      platform: 'chat',
      is_customer_action: true,
      is_outbound: false,
      user_id: '5',
      visitor_id: 'browser',
    },
  ],
})
