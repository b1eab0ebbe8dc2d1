import { defined, given, unitTest } from 'throughline'
import { zendesk_agents } from '../../models/events/zendesk_agents'
import { zendesk_moments } from '../../models/events/zendesk_moments'
import { stg_zendesk__ticket } from '../../models/staging/stg_zendesk__ticket'
import { stg_zendesk__ticket_comment } from '../../models/staging/stg_zendesk__ticket_comment'
import { zendesk } from '../../sources/zendesk'

const comment = (comment_id: string, ticket_id: string, minute: string, user_id: string, more = {}) => ({
  comment_id,
  ticket_id,
  user_id,
  commented_at: `2026-03-01 10:${minute}:00`,
  is_public: true,
  is_voice: false,
  is_facebook: false,
  is_tweet: false,
  ...more,
})
const reply = (comment_id: string, minute: string, platform = 'email') => ({
  system_event_id: `comment:${comment_id}`,
  raw_event_name: 'ticket_replied',
  occurred_at: `2026-03-01 10:${minute}:00`,
  platform,
  is_customer_action: true,
  user_id: '5',
})

export const a_reply_is_the_requesters_public_comment = unitTest({
  description:
    'A comment of the requester after the first, which is the request itself. Notes among agents, what was said on the phone, and comments of others, or on tickets that are gone or of an agent, are none.',
  model: zendesk_moments,
  definitions: [defined(zendesk, { folder: 'raw/zendesk' })],
  given: [
    given(zendesk_agents, [{ user_id: '9' }]),
    given(stg_zendesk__ticket, [
      { ticket_id: '1', requester_id: '5', created_at: null },
      { ticket_id: '2', requester_id: '5', created_at: null },
      { ticket_id: '3', requester_id: '9', created_at: null },
    ]),
    given(stg_zendesk__ticket_comment, [
      comment('request', '1', '00', '5'),
      comment('answer', '1', '01', '9'),
      comment('reply', '1', '02', '5'),
      comment('hidden', '1', '03', '5', { is_public: false }),
      comment('spoken', '1', '04', '5', { is_voice: true }),
      comment('tweet', '1', '05', '5', { is_tweet: true }),
      comment('post', '1', '06', '5', { is_facebook: true }),
      comment("another's", '1', '07', '6'),
      comment('some time', '1', '08', '5', { commented_at: null }),
      comment('begun by us', '2', '00', '9'),
      comment('first reply', '2', '01', '5'),
      comment('among us', '3', '00', '9'),
      comment('among us too', '3', '01', '9'),
      comment('gone', '4', '00', '5'),
      comment('gone too', '4', '01', '5'),
    ]),
  ],
  expect: [
    reply('reply', '02'),
    reply('tweet', '05', 'twitter'),
    reply('post', '06', 'facebook'),
    reply('first reply', '01'),
  ],
})
