import { defined, given, unitTest } from 'throughline'
import { zendesk_events } from '../../models/events/zendesk_events'
import { zendesk_moments } from '../../models/events/zendesk_moments'
import { zendesk } from '../../sources/zendesk'

const moment = (system_event_id: string, platform: string, is_outbound = false) => ({
  system_event_id,
  platform,
  is_outbound,
})

export const a_contact_with_support_is_a_channel = unitTest({
  description:
    'By e-mail, phone and chat the contact is the channel; a form on the site and a call of ours are none. An event is named by what it is and its id.',
  model: zendesk_events,
  definitions: [defined(zendesk, { folder: 'raw/zendesk' })],
  given: [
    given(zendesk_moments, [
      moment('ticket:1', 'email'),
      moment('ticket:2', 'web'),
      moment('ticket:3', 'phone'),
      moment('ticket:4', 'phone', true),
      moment('chat:c', 'chat'),
      moment('ticket:5', 'sms'),
    ]),
  ],
  expect: [
    {
      event_id: 'fb0c88fe06009f5cbafb13e33b9a228ba7d3472eaa84760bf6211593aaa3df38',
      system_event_id: 'ticket:1',
      system: 'zendesk',
      platform: 'email',
      place_channel: 'Support',
    },
    {
      event_id: '8c7ec7cd5a1c204e9532788c59e3026703c988872db2380c1b9f5f8d6fd1d832',
      system_event_id: 'ticket:2',
      system: 'zendesk',
      platform: 'web',
    },
    {
      event_id: 'c0420149bf213ed2d182fe0495f6e88b4f22d17c724beef2a1261c5d29313546',
      system_event_id: 'ticket:3',
      system: 'zendesk',
      platform: 'phone',
      place_channel: 'Phone',
    },
    {
      event_id: '61ef04af481736cf5de9d660ffc1224365205d24365df74e3c7a821a04095ec5',
      system_event_id: 'ticket:4',
      system: 'zendesk',
      platform: 'phone',
    },
    {
      event_id: '3c34336ef5b232a63040dd7b5a580d2b47e147044f69ebd2488ed4270ce07b30',
      system_event_id: 'chat:c',
      system: 'zendesk',
      platform: 'chat',
      place_channel: 'Chat',
    },
    {
      event_id: 'fb2b271ad753a39c0103a2e37f852e022137a94f1183977fa0f1d35a533c006e',
      system_event_id: 'ticket:5',
      system: 'zendesk',
      platform: 'sms',
    },
  ],
})
