import { given, unitTest } from 'throughline'
import { identifier_sets } from '../../models/profiles/identifier_sets'
import { link_candidates } from '../../models/profiles/link_candidates'

const kinds = { u: 'user_id', e: 'email', d: 'device_id' } as const
const kind = (id: string) => kinds[id[0] as keyof typeof kinds]
const link = (a: string, b: string, rule: string, inactive_reason: string | null = null) => ({
  identifier_id_a: a,
  identifier_id_b: b,
  rule,
  identifier_kind_a: kind(a),
  identifier_kind_b: kind(b),
  inactive_reason,
})

export const user_ids_of_one_record_are_one = unitTest({
  description:
    'User ids that one record states are one, transitively, and so is whatever the config merges; user ids of one event are not, nor are a user id and an email of one record.',
  model: identifier_sets,
  given: [
    given(link_candidates, [
      link('u1', 'u2', 'same_record'),
      link('u2', 'u3', 'same_record'),
      link('u4', 'u5', 'same_event'),
      link('u6', 'u7', 'same_record', 'unmerged by hand'),
      link('e1', 'u1', 'same_record'),
      link('d1', 'e2', 'merged'),
      link('e2', 'u8', 'merged'),
      link('d1', 'u8', 'merged'),
    ]),
  ],
  expect: [
    ...['u1', 'u2', 'u3'].map(identifier_id => ({ identifier_id, set_id: 'u1' })),
    ...['d1', 'e2', 'u8'].map(identifier_id => ({ identifier_id, set_id: 'd1' })),
  ],
})
