import { defined, given, unitTest } from 'throughline'
import { twilio_identifiers } from '../../models/events/twilio_identifiers'
import { twilio_moments } from '../../models/events/twilio_moments'
import { twilio } from '../../sources/twilio'

export const a_call_identifies_by_phone = unitTest({
  description: "A call is of the customer's number, where that is known.",
  model: twilio_identifiers,
  definitions: [defined(twilio, { folder: 'raw/twilio' })],
  given: [given(twilio_moments, [{ call_id: 'CA1', customer_phone: '+491701234567' }, { call_id: 'CA2' }])],
  expect: [
    {
      event_id: '10f0b79b1ca27849a9e5b1c54623e18e26fcaef79ecd663cbb57743375241f6a',
      identifier_kind: 'phone',
      identifier_value: '+491701234567',
    },
  ],
})
