import { defined, given, unitTest } from 'throughline'
import { zendesk_identifiers } from '../../models/events/zendesk_identifiers'
import { zendesk_moments } from '../../models/events/zendesk_moments'
import { zendesk } from '../../sources/zendesk'

export const a_chat_is_of_a_user_and_a_browser = unitTest({
  description:
    "An event is of the user, by their id in Zendesk; a chat of the visitor's browser too, by Zendesk's id for it.",
  model: zendesk_identifiers,
  definitions: [defined(zendesk, { folder: 'raw/zendesk' })],
  given: [
    given(zendesk_moments, [
      { system_event_id: 'ticket:1', user_id: '5' },
      { system_event_id: 'chat:c', user_id: '5', visitor_id: '21432-1JDmGTcw35VtqY' },
      { system_event_id: 'chat:v', visitor_id: '21432-1JDmGTcw35VtqY' },
      { system_event_id: 'ticket:2' },
    ]),
  ],
  expect: [
    {
      event_id: 'fb0c88fe06009f5cbafb13e33b9a228ba7d3472eaa84760bf6211593aaa3df38',
      identifier_kind: 'support_id',
      identifier_value: 'zendesk:5',
    },
    {
      event_id: '3c34336ef5b232a63040dd7b5a580d2b47e147044f69ebd2488ed4270ce07b30',
      identifier_kind: 'support_id',
      identifier_value: 'zendesk:5',
    },
    {
      event_id: '3c34336ef5b232a63040dd7b5a580d2b47e147044f69ebd2488ed4270ce07b30',
      identifier_kind: 'cookie_id',
      identifier_value: 'zendesk:21432-1JDmGTcw35VtqY',
    },
    {
      event_id: 'da88579c929ed6a9255cabcb88609495fa97f2ff87028970d95f4a14f494b08a',
      identifier_kind: 'cookie_id',
      identifier_value: 'zendesk:21432-1JDmGTcw35VtqY',
    },
  ],
})
