import { given, unitTest } from 'throughline'
import { identifier_pairs } from '../../models/profiles/identifier_pairs'
import { links_by_hand } from '../../models/profiles/links_by_hand'
import { seen_identifiers } from '../../models/profiles/seen_identifiers'

const user = { identifier_id: 'u', identifier_kind: 'user_id' }
const device = { identifier_id: 'd', identifier_kind: 'device_id' }
const email = { identifier_id: 'e', identifier_kind: 'email' }
const nobody = { identifier_id: 'n', identifier_kind: 'email', blocked_reason: 'placeholder value' }

export const identifiers_on_one_event_are_linked = unitTest({
  description:
    'Every two identifiers of an event, and of a record, are a pair, the lesser id first, counted over events and records; a pair with one that stands for nobody, or that the config keeps apart, is told, and marked.',
  model: identifier_pairs,
  given: [
    given(seen_identifiers, [
      { seen_in: 'event', seen_id: '1', seen_at: '2026-03-02 10:00:00', ...user },
      { seen_in: 'event', seen_id: '1', seen_at: '2026-03-02 10:00:00', ...device },
      { seen_in: 'event', seen_id: '1', seen_at: '2026-03-02 10:00:00', ...email },
      { seen_in: 'event', seen_id: '2', seen_at: '2026-03-01 10:00:00', ...user },
      { seen_in: 'event', seen_id: '2', seen_at: '2026-03-01 10:00:00', ...device },
      { seen_in: 'event', seen_id: '3', seen_at: '2026-03-03 10:00:00', ...device },
      { seen_in: 'event', seen_id: '4', seen_at: '2026-03-04 10:00:00', ...nobody },
      { seen_in: 'event', seen_id: '4', seen_at: '2026-03-04 10:00:00', ...user },
      // A record of the same name as an event is not that event.
      { seen_in: 'record', seen_id: '1', seen_at: '2026-02-02 10:00:00', ...user },
      { seen_in: 'record', seen_id: '1', seen_at: '2026-02-02 10:00:00', ...email },
      { seen_in: 'record', seen_id: '2', seen_at: '2026-02-01 10:00:00', ...user },
      { seen_in: 'record', seen_id: '2', seen_at: '2026-02-01 10:00:00', ...email },
    ]),
    given(links_by_hand, [
      { identifier_id_a: 'd', identifier_id_b: 'e', decision: 'keep_apart' },
      { identifier_id_a: 'd', identifier_id_b: 'u', decision: 'merge' },
    ]),
  ],
  expect: [
    {
      identifier_id_a: 'd',
      identifier_id_b: 'u',
      identifier_kind_a: 'device_id',
      identifier_kind_b: 'user_id',
      rule: 'same_event',
      is_kept_apart: false,
      is_blocked: false,
      first_linked_at: '2026-03-01 10:00:00',
      first_seen_id: '2',
      last_linked_at: '2026-03-02 10:00:00',
      sighting_count: 2,
    },
    {
      identifier_id_a: 'd',
      identifier_id_b: 'e',
      identifier_kind_a: 'device_id',
      identifier_kind_b: 'email',
      rule: 'same_event',
      is_kept_apart: true,
      is_blocked: false,
      first_linked_at: '2026-03-02 10:00:00',
      first_seen_id: '1',
      last_linked_at: '2026-03-02 10:00:00',
      sighting_count: 1,
    },
    {
      identifier_id_a: 'e',
      identifier_id_b: 'u',
      identifier_kind_a: 'email',
      identifier_kind_b: 'user_id',
      rule: 'same_event',
      is_kept_apart: false,
      is_blocked: false,
      first_linked_at: '2026-03-02 10:00:00',
      first_seen_id: '1',
      last_linked_at: '2026-03-02 10:00:00',
      sighting_count: 1,
    },
    {
      identifier_id_a: 'n',
      identifier_id_b: 'u',
      identifier_kind_a: 'email',
      identifier_kind_b: 'user_id',
      rule: 'same_event',
      is_kept_apart: false,
      is_blocked: true,
      first_linked_at: '2026-03-04 10:00:00',
      first_seen_id: '4',
      last_linked_at: '2026-03-04 10:00:00',
      sighting_count: 1,
    },
    {
      identifier_id_a: 'e',
      identifier_id_b: 'u',
      identifier_kind_a: 'email',
      identifier_kind_b: 'user_id',
      rule: 'same_record',
      is_kept_apart: false,
      is_blocked: false,
      first_linked_at: '2026-02-01 10:00:00',
      first_seen_id: '2',
      last_linked_at: '2026-02-02 10:00:00',
      sighting_count: 2,
    },
  ],
})
