import { given, unitTest } from 'throughline'
import { identity_links } from '../../models/profiles/identity_links'
import { identity_territories } from '../../models/profiles/identity_territories'
import { link_candidates } from '../../models/profiles/link_candidates'

const link = (a: string, b: string, inactive_reason: string | null = null) => ({
  identifier_id_a: a,
  identifier_id_b: b,
  rule: 'same_event',
  inactive_reason,
})

export const a_link_between_two_people_is_inactive = unitTest({
  description:
    'A link whose ends are nearest to two user ids is inactive, with that reason; one that had a reason before keeps it; all others are active.',
  model: identity_links,
  given: [
    given(link_candidates, [
      link('e', 'u1'),
      link('d', 'e'),
      link('d', 'u2'),
      link('b', 'u1', 'email blocked value'),
      link('x', 'y'),
    ]),
    given(identity_territories, [
      { identifier_id: 'u1', seed_id: 'u1' },
      { identifier_id: 'e', seed_id: 'u1' },
      { identifier_id: 'd', seed_id: 'u2' },
      { identifier_id: 'u2', seed_id: 'u2' },
    ]),
  ],
  expect: [
    { ...link('e', 'u1'), is_active: true },
    { ...link('d', 'e', 'between two people: each user_id is a person of its own'), is_active: false },
    { ...link('d', 'u2'), is_active: true },
    { ...link('b', 'u1', 'email blocked value'), is_active: false },
    { ...link('x', 'y'), is_active: true },
  ],
})
