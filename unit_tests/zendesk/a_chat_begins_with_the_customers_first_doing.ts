import { defined, given, unitTest } from 'throughline'
import { zendesk_agents } from '../../models/events/zendesk_agents'
import { zendesk_chats } from '../../models/events/zendesk_chats'
import { stg_zendesk__ticket } from '../../models/staging/stg_zendesk__ticket'
import { stg_zendesk__ticket_chat } from '../../models/staging/stg_zendesk__ticket_chat'
import { stg_zendesk__ticket_chat_event } from '../../models/staging/stg_zendesk__ticket_chat_event'
import { stg_zendesk__user } from '../../models/staging/stg_zendesk__user'
import { zendesk } from '../../sources/zendesk'

const at = (time: string) => `2026-03-01 ${time}:00`
const chat = (chat_id: string, ticket_id: string, user_id: string | null = '5') => ({
  chat_id,
  ticket_id,
  user_id,
  row_id: `${chat_id} of ${ticket_id}`,
  loaded_at: at('20:00'),
  visitor_id: 'browser',
})
const event = (chat_id: string, time: string, actor_id: string | null) => ({
  chat_id,
  happened_at: at(time),
  actor_id,
})

export const a_chat_begins_with_the_customers_first_doing = unitTest({
  description:
    'A chat is since the first event of the user who chats, of another who is no agent, or of the visitor; without one since its ticket, else since its first event at all. Of several tickets the first says who it is, and an agent is nobody.',
  model: zendesk_chats,
  definitions: [defined(zendesk, { folder: 'raw/zendesk' })],
  given: [
    given(zendesk_agents, [{ user_id: '9' }]),
    given(stg_zendesk__user, [
      { user_id: '6', role: 'end-user' },
      { user_id: '9', role: 'agent' },
    ]),
    given(stg_zendesk__ticket, [
      { ticket_id: '1', created_at: at('12:00') },
      { ticket_id: '2', created_at: at('11:00') },
      { ticket_id: '3', created_at: at('13:00') },
    ]),
    given(stg_zendesk__ticket_chat, [
      chat('own', '1'),
      chat("another's", '1', '7'),
      chat('visitor', '1', null),
      chat('ours alone', '3'),
      chat('no ticket', '404'),
      chat('nothing', '405'),
      chat('two tickets', '1', '5'),
      chat('two tickets', '2', '6'),
      chat('with an agent', '3', '9'),
    ]),
    given(stg_zendesk__ticket_chat_event, [
      event('own', '10:02', '5'),
      event('own', '10:01', 'agent:9'),
      event('own', '10:00', '__trigger'),
      event('own', '09:59', '9'),
      event('own', '09:58', null),
      event('own', '10:03', '5'),
      event("another's", '10:05', '6'),
      event("another's", '10:04', 'zd:answerBot'),
      event('visitor', '10:06', 'visitor:21432'),
      event('ours alone', '10:07', '9'),
      event('no ticket', '10:09', '__system'),
      event('no ticket', '10:08', 'agent:9'),
      event('no chat', '10:10', '5'),
      event('two tickets', '10:11', '6'),
    ]),
  ],
  expect: [
    { chat_id: 'own', row_id: 'own of 1', user_id: '5', started_at: at('10:02') },
    { chat_id: "another's", row_id: "another's of 1", user_id: '7', started_at: at('10:05') },
    { chat_id: 'visitor', row_id: 'visitor of 1', started_at: at('10:06') },
    { chat_id: 'ours alone', row_id: 'ours alone of 3', user_id: '5', started_at: at('13:00') },
    { chat_id: 'no ticket', row_id: 'no ticket of 404', user_id: '5', started_at: at('10:08') },
    { chat_id: 'nothing', row_id: 'nothing of 405', user_id: '5' },
    { chat_id: 'two tickets', row_id: 'two tickets of 2', user_id: '6', started_at: at('10:11') },
    { chat_id: 'with an agent', row_id: 'with an agent of 3', started_at: at('13:00') },
  ],
})
