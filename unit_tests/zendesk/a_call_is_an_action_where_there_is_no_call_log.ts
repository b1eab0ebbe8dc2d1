import { defined, given, unitTest } from 'throughline'
import { zendesk_moments } from '../../models/events/zendesk_moments'
import { stg_zendesk__ticket } from '../../models/staging/stg_zendesk__ticket'
import { zendesk } from '../../sources/zendesk'

const ticket = { created_at: '2026-03-01 10:00:00', requester_id: '5', via_channel: 'voice' }

export const a_call_is_an_action_where_there_is_no_call_log = unitTest({
  description:
    'With calls_are_actions a ticket by phone is an action of the customer, whoever wrote it down; a call of ours is none.',
  model: zendesk_moments,
  definitions: [defined(zendesk, { folder: 'raw/zendesk', calls_are_actions: true })],
  given: [
    given(stg_zendesk__ticket, [
      { ...ticket, ticket_id: '1', submitter_id: '9' },
      { ...ticket, ticket_id: '2', via_relation: 'voicemail' },
      { ...ticket, ticket_id: '3', via_relation: 'outbound' },
      { ...ticket, ticket_id: '4', via_channel: 'phone_call_outbound' },
    ]),
  ],
  expect: [
    { system_event_id: 'ticket:1', is_customer_action: true, is_outbound: false },
    { system_event_id: 'ticket:2', is_customer_action: true, is_outbound: false },
    { system_event_id: 'ticket:3', is_customer_action: false, is_outbound: true },
    { system_event_id: 'ticket:4', is_customer_action: false, is_outbound: true },
  ],
})
