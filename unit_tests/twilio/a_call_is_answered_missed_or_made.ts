import { defined, given, unitTest } from 'throughline'
import { twilio_moments } from '../../models/events/twilio_moments'
import { stg_twilio__call } from '../../models/staging/stg_twilio__call'
import { twilio } from '../../sources/twilio'

const at = '2026-03-01 10:00:00'
const call = (call_id: string, direction: string, status: string, more = {}) => ({
  call_id,
  direction,
  status,
  caller: direction === 'inbound' || direction === 'trunking-originating' ? '+491701' : '+49301',
  called: direction === 'inbound' || direction === 'trunking-originating' ? '+49301' : '+491701',
  started_at: at,
  ...more,
})
const told = (call_id: string, raw_event_name: string, is_inbound = true) => ({
  call_id,
  raw_event_name,
  occurred_at: at,
  is_inbound,
})

export const a_call_is_answered_missed_or_made = unitTest({
  description:
    'A call that came in is answered where it was completed, else missed; one that went out is made, however it ended. A leg of a call that came in is no call of its own, nor is a leg of a leg; a leg of a call that went out is one. A call that is not over, or has no time, is left out.',
  model: twilio_moments,
  definitions: [defined(twilio, { folder: 'raw/twilio' })],
  given: [
    given(stg_twilio__call, [
      call('CA1', 'inbound', 'completed'),
      call('CA2', 'inbound', 'no-answer'),
      call('CA3', 'inbound', 'busy'),
      call('CA4', 'inbound', 'canceled'),
      call('CA5', 'inbound', 'failed'),
      call('CA6', 'trunking-originating', 'completed'),
      call('CA7', 'outbound-api', 'completed'),
      call('CA8', 'outbound-api', 'no-answer', { started_at: null, created_at: at }),
      call('CA9', 'trunking-terminating', 'completed'),
      call('leg in', 'outbound-dial', 'completed', { parent_call_id: 'CA1' }),
      call('leg out', 'outbound-dial', 'completed', { parent_call_id: 'CA7' }),
      call('leg of a leg in', 'outbound-dial', 'completed', { parent_call_id: 'leg in' }),
      call('leg of a leg of a leg in', 'outbound-dial', 'completed', { parent_call_id: 'leg of a leg in' }),
      call('leg of a leg out', 'outbound-dial', 'completed', { parent_call_id: 'leg out' }),
      call('leg of a call not loaded', 'outbound-dial', 'completed', { parent_call_id: 'CA404' }),
      call('going on', 'inbound', 'in-progress'),
      call('some time', 'inbound', 'completed', { started_at: null }),
    ]),
  ],
  expect: [
    told('CA1', 'call_answered'),
    told('CA2', 'call_missed'),
    told('CA3', 'call_missed'),
    told('CA4', 'call_missed'),
    told('CA5', 'call_missed'),
    told('CA6', 'call_answered'),
    told('CA7', 'call_made', false),
    told('CA8', 'call_made', false),
    told('CA9', 'call_made', false),
    told('leg out', 'call_made', false),
    told('leg of a call not loaded', 'call_made', false),
  ],
})
