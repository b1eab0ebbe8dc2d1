import { defined, given, unitTest } from 'throughline'
import { identity } from '../../models/definitions/identity'
import { identifier_pairs } from '../../models/profiles/identifier_pairs'
import { identifiers } from '../../models/profiles/identifiers'
import { link_candidates } from '../../models/profiles/link_candidates'
import { links_by_hand } from '../../models/profiles/links_by_hand'

const plain = { is_blocked: false, is_shared: false, first_seen_at: '2026-03-01 10:00:00' }
const pair = (a: string, b: string, rule = 'same_event', is_kept_apart = false) => ({
  identifier_id_a: a,
  identifier_id_b: b,
  rule,
  is_kept_apart,
  first_seen_id: `first of ${a}${b}`,
  sighting_count: 2,
})
const expected = (a: string, b: string, inactive_reason: string | null, rule = 'same_event') => ({
  identifier_id_a: a,
  identifier_id_b: b,
  rule,
  event_count: rule === 'same_event' ? 2 : 0,
  record_count: rule === 'same_record' ? 2 : 0,
  first_event_id: rule === 'same_event' ? `first of ${a}${b}` : null,
  first_record_id: rule === 'same_record' ? `first of ${a}${b}` : null,
  inactive_reason,
})

export const a_link_says_why_it_is_inactive = unitTest({
  description:
    'Links to what is shared or blocked, those that the config keeps apart, and those of kinds that it lets not link are kept, with the first reason of these; all others may join. What the config merges is linked whatever its kinds, where both were seen.',
  model: link_candidates,
  definitions: [
    defined(identity, {
      links: [
        ['device_id', 'user_id'],
        ['email', 'user_id'],
      ],
    }),
  ],
  given: [
    given(identifiers, [
      { identifier_id: 'a', identifier_kind: 'user_id', ...plain },
      { identifier_id: 'u', identifier_kind: 'user_id', ...plain, first_seen_at: '2026-03-02 10:00:00' },
      { identifier_id: 'e', identifier_kind: 'email', ...plain },
      { identifier_id: 'n', identifier_kind: 'email', ...plain, is_blocked: true, reason: 'blocked value' },
      { identifier_id: 't', identifier_kind: 'device_id', ...plain, is_shared: true, reason: 'over the limit' },
      { identifier_id: 'p', identifier_kind: 'device_id', ...plain },
    ]),
    given(identifier_pairs, [
      pair('a', 'p'),
      pair('a', 't'),
      pair('a', 'n'),
      pair('n', 't'),
      pair('t', 'u'),
      pair('a', 'e', 'same_event', true),
      pair('a', 'e', 'same_record', true),
      pair('e', 'u', 'same_record'),
      pair('e', 'p'),
      pair('e', 't'),
      pair('a', 'u', 'same_record'),
    ]),
    given(links_by_hand, [
      { identifier_id_a: 'a', identifier_id_b: 'e', decision: 'keep_apart' },
      { identifier_id_a: 'a', identifier_id_b: 'u', decision: 'merge' },
      { identifier_id_a: 'a', identifier_id_b: 'never seen', decision: 'merge' },
    ]),
  ],
  expect: [
    expected('a', 'p', null),
    expected('a', 't', 'device_id over the limit'),
    expected('a', 'n', 'email blocked value'),
    expected('n', 't', 'email blocked value'),
    expected('t', 'u', 'device_id over the limit'),
    expected('a', 'e', 'unmerged by hand'),
    expected('a', 'e', 'unmerged by hand', 'same_record'),
    expected('e', 'u', null, 'same_record'),
    expected('e', 'p', 'kinds that do not link'),
    expected('e', 't', 'kinds that do not link'),
    expected('a', 'u', 'kinds that do not link', 'same_record'),
    expected('a', 'u', null, 'merged'),
  ],
})
