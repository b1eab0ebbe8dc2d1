import { defined, given, unitTest } from 'throughline'
import { clickstream_identifiers } from '../../models/events/clickstream_identifiers'
import { events } from '../../models/events/events'
import { seen_identifiers } from '../../models/profiles/seen_identifiers'
import { clickstream } from '../../sources/clickstream'

export const an_identifier_is_its_kind_and_value = unitTest({
  description:
    'Identifier ids are SHA-256 of kind and value: trimmed, e-mail addresses in lower case, phone numbers as E.164 has them, all else as written. The same twice on an event is one; white space is none; what stands on an event that is left out is left out.',
  model: seen_identifiers,
  definitions: [defined(clickstream, { table: 'raw.clicks', person: 'user', event: 'event', time: 'at' })],
  given: [
    given(clickstream_identifiers, [
      { event_id: 'a', identifier_kind: 'email', identifier_value: ' Ada@Acme.example' },
      { event_id: 'a', identifier_kind: 'email', identifier_value: 'ada@acme.example' },
      { event_id: 'a', identifier_kind: 'user_id', identifier_value: 'U1' },
      { event_id: 'b', identifier_kind: 'user_id', identifier_value: 'u1' },
      { event_id: 'b', identifier_kind: 'device_id', identifier_value: 'u1' },
      { event_id: 'b', identifier_kind: 'phone', identifier_value: ' +49 (0)151 2345678' },
      { event_id: 'b', identifier_kind: 'phone', identifier_value: '\t ' },
      { event_id: 'b', identifier_kind: 'phone', identifier_value: null },
      { event_id: 'left out', identifier_kind: 'user_id', identifier_value: 'u9' },
    ]),
    given(events, [
      { event_id: 'a', occurred_at: '2026-03-01 10:00:00' },
      { event_id: 'b', occurred_at: '2026-03-01 11:00:00' },
    ]),
  ],
  expect: [
    // printf 'email:ada@acme.example' | sha256sum, and so on.
    {
      seen_in: 'event',
      seen_id: 'a',
      identifier_kind: 'email',
      identifier_value: 'ada@acme.example',
      identifier_id: '893b143113df0fd601d5ef380a889482b012eb02a23a9a8d26cada0e58ff5340',
      seen_at: '2026-03-01 10:00:00',
    },
    {
      seen_in: 'event',
      seen_id: 'a',
      identifier_kind: 'user_id',
      identifier_value: 'U1',
      identifier_id: '2317ad863558a2a986c506b865c79c91f6f46c676bddf85bb65de6beee31e1d3',
      seen_at: '2026-03-01 10:00:00',
    },
    {
      seen_in: 'event',
      seen_id: 'b',
      identifier_kind: 'user_id',
      identifier_value: 'u1',
      identifier_id: '90c5bc873dedef8054fdde931c44f9a1f33d5dbacf4bf01b4973de1f764f2a76',
      seen_at: '2026-03-01 11:00:00',
    },
    {
      seen_in: 'event',
      seen_id: 'b',
      identifier_kind: 'device_id',
      identifier_value: 'u1',
      identifier_id: 'fc0e79a16644502c58b173e448ac3e4689cd496d6669fe85414c4af85a1d6596',
      seen_at: '2026-03-01 11:00:00',
    },
    {
      seen_in: 'event',
      seen_id: 'b',
      identifier_kind: 'phone',
      identifier_value: '+491512345678',
      identifier_id: '38ba6180316a9ed8132d977d1fe509320079a05158668083ea275f15e9d145c7',
      seen_at: '2026-03-01 11:00:00',
    },
  ],
})
