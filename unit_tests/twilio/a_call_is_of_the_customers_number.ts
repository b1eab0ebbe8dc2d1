import { defined, given, unitTest } from 'throughline'
import { twilio_moments } from '../../models/events/twilio_moments'
import { stg_twilio__call } from '../../models/staging/stg_twilio__call'
import { twilio } from '../../sources/twilio'

const inbound = (call_id: string, caller: string | null) => ({
  call_id,
  direction: 'inbound',
  status: 'completed',
  started_at: '2026-03-01 10:00:00',
  caller,
  called: '+4930123456',
})

export const a_call_is_of_the_customers_number = unitTest({
  description:
    "Of a call that came in the caller's number is the customer's, of one that went out the number called. Digits alone are a number in international form that lost its +. A client, a SIP address and a caller who hides the number are nobody we know.",
  model: twilio_moments,
  definitions: [defined(twilio, { folder: 'raw/twilio' })],
  given: [
    given(stg_twilio__call, [
      inbound('with +', '+491701234567'),
      inbound('digits', '15555555555'),
      inbound('anonymous', '+266696687'),
      inbound('restricted', '7378742833'),
      inbound('the word', 'anonymous'),
      inbound('client', 'client:ada'),
      inbound('sip', 'sip:ada@shop.example'),
      inbound('service', '110'),
      inbound('unknown', null),
      { ...inbound('outbound', '+4930123456'), direction: 'outbound-api', called: '491701234567' },
    ]),
  ],
  expect: [
    { call_id: 'with +', customer_phone: '+491701234567' },
    { call_id: 'digits', customer_phone: '+15555555555' },
    { call_id: 'outbound', customer_phone: '+491701234567' },
    ...['anonymous', 'restricted', 'the word', 'client', 'sip', 'service', 'unknown'].map(call_id => ({ call_id })),
  ],
})
