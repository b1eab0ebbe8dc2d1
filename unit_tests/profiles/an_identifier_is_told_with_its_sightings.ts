import { defined, given, unitTest } from 'throughline'
import { identity } from '../../models/definitions/identity'
import { identifiers } from '../../models/profiles/identifiers'
import { seen_identifiers } from '../../models/profiles/seen_identifiers'

const loyalty = { identifier_id: 'l', identifier_kind: 'loyalty_card', identifier_value: '77' }
const user = { identifier_id: 'u', identifier_kind: 'user_id', identifier_value: '9' }
const device = { identifier_id: 'd', identifier_kind: 'device_id', identifier_value: 'phone' }

export const an_identifier_is_told_with_its_sightings = unitTest({
  description:
    'An identifier is told with its first and last event or record and their numbers; kinds that are not listed are the weakest.',
  model: identifiers,
  definitions: [defined(identity, { strength: ['user_id', 'device_id'], limits: [] })],
  given: [
    given(seen_identifiers, [
      { seen_in: 'event', seen_id: '2', seen_at: '2026-03-02 10:00:00', ...device },
      { seen_in: 'event', seen_id: '1', seen_at: '2026-03-01 10:00:00', ...device },
      { seen_in: 'event', seen_id: '3', seen_at: '2026-03-03 10:00:00', ...device },
      { seen_in: 'event', seen_id: '3', seen_at: '2026-03-03 10:00:00', ...loyalty },
      { seen_in: 'record', seen_id: 'crm:1', seen_at: '2026-02-01 10:00:00', ...loyalty },
      { seen_in: 'record', seen_id: 'crm:1', seen_at: '2026-02-01 10:00:00', ...user },
    ]),
  ],
  expect: [
    {
      identifier_id: 'd',
      identifier_kind: 'device_id',
      identifier_value: 'phone',
      strength: 2,
      first_seen_at: '2026-03-01 10:00:00',
      last_seen_at: '2026-03-03 10:00:00',
      event_count: 3,
      record_count: 0,
    },
    {
      identifier_id: 'l',
      identifier_kind: 'loyalty_card',
      identifier_value: '77',
      strength: 3,
      first_seen_at: '2026-02-01 10:00:00',
      last_seen_at: '2026-03-03 10:00:00',
      event_count: 1,
      record_count: 1,
    },
    {
      identifier_id: 'u',
      identifier_kind: 'user_id',
      identifier_value: '9',
      strength: 1,
      first_seen_at: '2026-02-01 10:00:00',
      last_seen_at: '2026-02-01 10:00:00',
      event_count: 0,
      record_count: 1,
    },
  ],
})
