import { given, unitTest } from 'throughline'
import { identifiers } from '../../models/profiles/identifiers'
import { identity_components } from '../../models/profiles/identity_components'
import { identity_map } from '../../models/profiles/identity_map'
import { identity_territories } from '../../models/profiles/identity_territories'

const early = '2026-03-01 10:00:00'
const late = '2026-03-01 10:00:00.000001'
const known = (identifier_id: string, strength: number, first_seen_at: string, identifier_value = identifier_id) => ({
  identifier_id,
  strength,
  first_seen_at,
  identifier_value,
  is_blocked: false,
})

export const a_person_is_named_by_the_strongest_identifier = unitTest({
  description:
    'The strongest identifier names the person, of equally strong ones that first seen, then the lesser value. Each seed has a person of its own, with what is nearest to it. What no link joins, as all that is shared, is a person of its own; what is blocked is nobody.',
  model: identity_map,
  given: [
    given(identifiers, [
      known('device', 5, early),
      known('user', 1, late),
      known('later user', 1, late, 'a'),
      known('earlier user', 1, early, 'b'),
      known('z', 1, early, 'a'),
      known('a', 1, early, 'z'),
      known('tablet', 5, early),
      known('ada', 1, late),
      known('bob', 1, late),
      known('office', 2, early),
      { ...known('null', 1, early), is_blocked: true },
    ]),
    given(identity_components, [
      { identifier_id: 'device', component_id: '1' },
      { identifier_id: 'user', component_id: '1' },
      { identifier_id: 'later user', component_id: '2' },
      { identifier_id: 'earlier user', component_id: '2' },
      { identifier_id: 'z', component_id: '3' },
      { identifier_id: 'a', component_id: '3' },
      // One component of two seeds.
      ...['ada', 'bob', 'office'].map(identifier_id => ({ identifier_id, component_id: '4' })),
    ]),
    given(identity_territories, [
      { identifier_id: 'ada', seed_id: 'ada' },
      { identifier_id: 'bob', seed_id: 'bob' },
      { identifier_id: 'office', seed_id: 'ada' },
    ]),
  ],
  expect: [
    { identifier_id: 'device', person_id: 'user' },
    { identifier_id: 'user', person_id: 'user' },
    { identifier_id: 'later user', person_id: 'earlier user' },
    { identifier_id: 'earlier user', person_id: 'earlier user' },
    { identifier_id: 'z', person_id: 'z' },
    { identifier_id: 'a', person_id: 'z' },
    { identifier_id: 'tablet', person_id: 'tablet' },
    { identifier_id: 'ada', person_id: 'ada' },
    { identifier_id: 'bob', person_id: 'bob' },
    { identifier_id: 'office', person_id: 'ada' },
  ],
})
