import { defined, given, unitTest } from 'throughline'
import { twilio_events } from '../../models/events/twilio_events'
import { twilio_moments } from '../../models/events/twilio_moments'
import { twilio } from '../../sources/twilio'

const told = { system: 'twilio', platform: 'phone', occurred_at: '2026-03-01 10:00:00' }

export const a_call_of_the_customer_is_an_action = unitTest({
  description:
    'A call that came in is an action of the customer and of the channel Phone; one that we made is neither.',
  model: twilio_events,
  definitions: [defined(twilio, { folder: 'raw/twilio' })],
  given: [
    given(twilio_moments, [
      {
        call_id: 'CA1',
        raw_event_name: 'call_missed',
        occurred_at: told.occurred_at,
        is_inbound: true,
        customer_phone: '+491701234567',
      },
      { call_id: 'CA2', raw_event_name: 'call_made', occurred_at: told.occurred_at, is_inbound: false },
    ]),
  ],
  expect: [
    {
      ...told,
      event_id: '10f0b79b1ca27849a9e5b1c54623e18e26fcaef79ecd663cbb57743375241f6a',
      system_event_id: 'CA1',
      raw_event_name: 'call_missed',
      is_customer_action: true,
      place_channel: 'Phone',
    },
    {
      ...told,
      event_id: '6f7174d232704938c3f6e9e9ee7fb71ac3b5e3b6c78f9d796ba76321cb3f82c8',
      system_event_id: 'CA2',
      raw_event_name: 'call_made',
      is_customer_action: false,
    },
  ],
})
