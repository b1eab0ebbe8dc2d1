import { given, unitTest } from 'throughline'
import { identifiers } from '../../models/profiles/identifiers'
import { link_candidates } from '../../models/profiles/link_candidates'
import { links_by_hand } from '../../models/profiles/links_by_hand'

const plain = { identifier_kind: 'user_id', is_blocked: false, is_shared: false }

export const a_merged_link_is_since_both_were_seen = unitTest({
  description: 'A link that the config makes is dated by the later first sighting of the two, and has no event.',
  model: link_candidates,
  given: [
    given(identifiers, [
      { identifier_id: 'a', ...plain, first_seen_at: '2026-03-02 10:00:00' },
      { identifier_id: 'b', ...plain, first_seen_at: '2026-03-01 10:00:00' },
    ]),
    given(links_by_hand, [{ identifier_id_a: 'a', identifier_id_b: 'b', decision: 'merge' }]),
  ],
  expect: [
    {
      identifier_id_a: 'a',
      identifier_id_b: 'b',
      rule: 'merged',
      identifier_kind_a: 'user_id',
      identifier_kind_b: 'user_id',
      first_linked_at: '2026-03-02 10:00:00',
      last_linked_at: '2026-03-02 10:00:00',
      event_count: 0,
      record_count: 0,
    },
  ],
})
