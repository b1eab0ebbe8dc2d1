import { given, unitTest } from 'throughline'
import { identifier_pairs } from '../../models/profiles/identifier_pairs'
import { seen_identifiers } from '../../models/profiles/seen_identifiers'

const user = { identifier_id: 'u', identifier_kind: 'user_id' }
const device = { identifier_id: 'd', identifier_kind: 'device_id' }
const email = { identifier_id: 'e', identifier_kind: 'email' }
const nobody = { identifier_id: 'n', identifier_kind: 'email', blocked_reason: 'placeholder value' }

export const identifiers_on_one_event_are_linked = unitTest({
  description:
    'Every two identifiers of an event are a pair, the lesser id first, counted over events; a pair with one that stands for nobody is told, and marked.',
  model: identifier_pairs,
  given: [
    given(seen_identifiers, [
      { event_id: '1', occurred_at: '2026-03-02 10:00:00', ...user },
      { event_id: '1', occurred_at: '2026-03-02 10:00:00', ...device },
      { event_id: '1', occurred_at: '2026-03-02 10:00:00', ...email },
      { event_id: '2', occurred_at: '2026-03-01 10:00:00', ...user },
      { event_id: '2', occurred_at: '2026-03-01 10:00:00', ...device },
      { event_id: '3', occurred_at: '2026-03-03 10:00:00', ...device },
      { event_id: '4', occurred_at: '2026-03-04 10:00:00', ...nobody },
      { event_id: '4', occurred_at: '2026-03-04 10:00:00', ...user },
    ]),
  ],
  expect: [
    {
      identifier_id_a: 'd',
      identifier_id_b: 'u',
      identifier_kind_a: 'device_id',
      identifier_kind_b: 'user_id',
      is_blocked: false,
      first_linked_at: '2026-03-01 10:00:00',
      last_linked_at: '2026-03-02 10:00:00',
      event_count: 2,
    },
    {
      identifier_id_a: 'd',
      identifier_id_b: 'e',
      identifier_kind_a: 'device_id',
      identifier_kind_b: 'email',
      is_blocked: false,
      first_linked_at: '2026-03-02 10:00:00',
      last_linked_at: '2026-03-02 10:00:00',
      event_count: 1,
    },
    {
      identifier_id_a: 'e',
      identifier_id_b: 'u',
      identifier_kind_a: 'email',
      identifier_kind_b: 'user_id',
      is_blocked: false,
      first_linked_at: '2026-03-02 10:00:00',
      last_linked_at: '2026-03-02 10:00:00',
      event_count: 1,
    },
    {
      identifier_id_a: 'n',
      identifier_id_b: 'u',
      identifier_kind_a: 'email',
      identifier_kind_b: 'user_id',
      is_blocked: true,
      first_linked_at: '2026-03-04 10:00:00',
      last_linked_at: '2026-03-04 10:00:00',
      event_count: 1,
    },
  ],
})
