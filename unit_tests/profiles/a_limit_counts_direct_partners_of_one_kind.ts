import { defined, given, unitTest } from 'throughline'
import { identity } from '../../models/definitions/identity'
import { identifier_pairs } from '../../models/profiles/identifier_pairs'
import { identifiers } from '../../models/profiles/identifiers'
import { seen_identifiers } from '../../models/profiles/seen_identifiers'

const seen = (identifier_id: string, identifier_kind: string, blocked_reason: string | null = null) => ({
  seen_in: 'event',
  seen_id: identifier_id,
  identifier_id,
  identifier_kind,
  identifier_value: identifier_id,
  seen_at: '2026-03-01 10:00:00',
  blocked_reason,
})
const pair = (a: string, b: string, rest: { readonly is_blocked?: boolean; readonly is_kept_apart?: boolean } = {}) => {
  const kind = (id: string) => ({ d: 'device_id', u: 'user_id', e: 'email' })[id[0]!]!
  return {
    identifier_id_a: a,
    identifier_id_b: b,
    rule: 'same_event',
    identifier_kind_a: kind(a),
    identifier_kind_b: kind(b),
    is_blocked: false,
    is_kept_apart: false,
    ...rest,
  }
}

export const a_limit_counts_direct_partners_of_one_kind = unitTest({
  description:
    'A limit counts the distinct partners of one kind that an identifier itself was seen with, on events and in records, blocked ones and those kept apart aside, whatever other limits say of these; at the limit it is not shared, one more and it is. The other side is not limited.',
  model: identifiers,
  definitions: [
    defined(identity, {
      strength: ['user_id', 'email', 'device_id'],
      limits: [
        { for_one: 'device_id', at_most: 2, of: 'user_id' },
        { for_one: 'email', at_most: 1, of: 'device_id' },
        { for_one: 'device_id', at_most: 1, of: 'email' },
      ],
    }),
  ],
  given: [
    given(seen_identifiers, [
      ...['u1', 'u2', 'u3'].map(id => seen(id, 'user_id')),
      seen('u4', 'user_id', 'blocked value'),
      ...['d1', 'd2', 'd3', 'd4', 'd5'].map(id => seen(id, 'device_id')),
      ...['e1', 'e2'].map(id => seen(id, 'email')),
    ]),
    given(identifier_pairs, [
      // Three users, and two emails besides: told with the first limit.
      pair('d1', 'u1'),
      pair('d1', 'u2'),
      pair('d1', 'u3'),
      pair('d1', 'e1'),
      pair('d1', 'e2'),
      // Two users, and one that stands for nobody.
      pair('d2', 'u1'),
      pair('d2', 'u2'),
      pair('d2', 'u4', { is_blocked: true }),
      // One of them in a record as well, and one that the config keeps apart.
      { ...pair('d2', 'u1'), rule: 'same_record' },
      pair('d2', 'u3', { is_kept_apart: true }),
      // A user may have as many devices as there are.
      pair('d3', 'u1'),
      pair('d4', 'u1'),
      // A user of an event, one of a record, and one of both: three.
      pair('d5', 'u1'),
      pair('d5', 'u2'),
      { ...pair('d5', 'u2'), rule: 'same_record' },
      { ...pair('d5', 'u3'), rule: 'same_record' },
      // An email on d1, which is shared itself, and on d3.
      pair('d3', 'e1'),
    ]),
  ],
  expect: [
    { identifier_id: 'u1', strength: 1, is_blocked: false, is_shared: false },
    { identifier_id: 'u2', strength: 1, is_blocked: false, is_shared: false },
    { identifier_id: 'u3', strength: 1, is_blocked: false, is_shared: false },
    { identifier_id: 'u4', strength: 1, is_blocked: true, is_shared: false, reason: 'blocked value' },
    {
      identifier_id: 'd1',
      strength: 3,
      is_blocked: false,
      is_shared: true,
      reason: 'over the limit: for one device_id at most 2 of user_id, and it has 3',
    },
    { identifier_id: 'd2', strength: 3, is_blocked: false, is_shared: false },
    { identifier_id: 'd3', strength: 3, is_blocked: false, is_shared: false },
    { identifier_id: 'd4', strength: 3, is_blocked: false, is_shared: false },
    {
      identifier_id: 'd5',
      strength: 3,
      is_blocked: false,
      is_shared: true,
      reason: 'over the limit: for one device_id at most 2 of user_id, and it has 3',
    },
    {
      identifier_id: 'e1',
      strength: 2,
      is_blocked: false,
      is_shared: true,
      reason: 'over the limit: for one email at most 1 of device_id, and it has 2',
    },
    { identifier_id: 'e2', strength: 2, is_blocked: false, is_shared: false },
  ],
})
