import { defined, given, unitTest } from 'throughline'
import { identity } from '../../models/definitions/identity'
import { clickstream_identifiers } from '../../models/events/clickstream_identifiers'
import { events } from '../../models/events/events'
import { seen_identifiers } from '../../models/profiles/seen_identifiers'
import { clickstream } from '../../sources/clickstream'

const told = [
  { identifier_kind: 'user_id', identifier_value: 'NULL' },
  { identifier_kind: 'device_id', identifier_value: ' Undefined ' },
  { identifier_kind: 'device_id', identifier_value: '00000000-0000-0000-0000-000000000000' },
  { identifier_kind: 'user_id', identifier_value: 'Walk-in' },
  { identifier_kind: 'email', identifier_value: 'Test@Acme.example' },
  { identifier_kind: 'email', identifier_value: 'any.one+x@SPAM.example' },
  { identifier_kind: 'email', identifier_value: 'ada@acme.example' },
  // A pattern is of one kind, its other characters mean themselves, and it fits the whole.
  { identifier_kind: 'user_id', identifier_value: 'test@acme.example' },
  { identifier_kind: 'email', identifier_value: 'ada@spamXexample' },
  { identifier_kind: 'email', identifier_value: 'ada@spam.example.org' },
  // Numbers are compared as E.164 has them, and patterns of numbers too.
  { identifier_kind: 'phone', identifier_value: '0049 0000-000' },
  { identifier_kind: 'phone', identifier_value: '+49 151 2345678' },
  { identifier_kind: 'phone', identifier_value: '0160 2345678' },
  { identifier_kind: 'phone', identifier_value: '+266696687' },
  { identifier_kind: 'phone', identifier_value: 'call me' },
  { identifier_kind: 'phone', identifier_value: 'unknown' },
  { identifier_kind: 'email', identifier_value: 'Ada' },
  { identifier_kind: 'email', identifier_value: 'ada@' },
  { identifier_kind: 'email', identifier_value: 'a@b@c' },
  { identifier_kind: 'email', identifier_value: 'none' },
].map((row, index) => ({ ...row, event_id: `e${index}` }))

export const values_that_stand_for_nobody_are_blocked = unitTest({
  description:
    'Placeholders of every kind and the values that the config blocks for a kind identify nobody, whatever their case; * stands for any text. Nor do an e-mail address or a phone number that is none.',
  model: seen_identifiers,
  definitions: [
    defined(clickstream, { table: 'raw.clicks', person: 'user', event: 'event', time: 'at' }),
    defined(identity, {
      placeholders: ['WALK-IN'],
      blocked: { email: ['TEST@acme.example', ' *@spam.example'], phone: ['+49 0000000', '0151 *'], user_id: [] },
      phone_country: 'DE',
    }),
  ],
  given: [
    given(clickstream_identifiers, told),
    given(
      events,
      told.map(({ event_id }) => ({ event_id, occurred_at: '2026-03-01 10:00:00' })),
    ),
  ],
  expect: [
    { seen_id: 'e0', identifier_value: 'NULL', blocked_reason: 'placeholder value' },
    { seen_id: 'e1', identifier_value: 'Undefined', blocked_reason: 'placeholder value' },
    { seen_id: 'e2', identifier_value: '00000000-0000-0000-0000-000000000000', blocked_reason: 'placeholder value' },
    { seen_id: 'e3', identifier_value: 'Walk-in', blocked_reason: 'placeholder value' },
    { seen_id: 'e4', identifier_value: 'test@acme.example', blocked_reason: 'blocked value' },
    { seen_id: 'e5', identifier_value: 'any.one+x@spam.example', blocked_reason: 'blocked value' },
    { seen_id: 'e6', identifier_value: 'ada@acme.example', blocked_reason: null },
    { seen_id: 'e7', identifier_value: 'test@acme.example', blocked_reason: null },
    { seen_id: 'e8', identifier_value: 'ada@spamxexample', blocked_reason: null },
    { seen_id: 'e9', identifier_value: 'ada@spam.example.org', blocked_reason: null },
    { seen_id: 'e10', identifier_value: '+490000000', blocked_reason: 'blocked value' },
    { seen_id: 'e11', identifier_value: '+491512345678', blocked_reason: 'blocked value' },
    { seen_id: 'e12', identifier_value: '+491602345678', blocked_reason: null },
    { seen_id: 'e13', identifier_value: '+266696687', blocked_reason: 'placeholder value' },
    { seen_id: 'e14', identifier_value: 'call me', blocked_reason: 'not a phone number' },
    { seen_id: 'e15', identifier_value: 'unknown', blocked_reason: 'placeholder value' },
    { seen_id: 'e16', identifier_value: 'ada', blocked_reason: 'not an e-mail address' },
    { seen_id: 'e17', identifier_value: 'ada@', blocked_reason: 'not an e-mail address' },
    { seen_id: 'e18', identifier_value: 'a@b@c', blocked_reason: 'not an e-mail address' },
    { seen_id: 'e19', identifier_value: 'none', blocked_reason: 'placeholder value' },
  ],
})
