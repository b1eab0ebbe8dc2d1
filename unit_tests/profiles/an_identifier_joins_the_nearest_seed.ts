import { given, unitTest } from 'throughline'
import { identifier_sets } from '../../models/profiles/identifier_sets'
import { identifiers } from '../../models/profiles/identifiers'
import { identity_components } from '../../models/profiles/identity_components'
import { identity_territories } from '../../models/profiles/identity_territories'
import { link_candidates } from '../../models/profiles/link_candidates'

/** Chains of identifiers that links connect, `u` a user id; each with the component that it is of. */
const chains = {
  // The example of the definition: no limit is exceeded, and all would be one.
  example: [['ex-u1', 'ex-e', 'ex-d', 'ex-u2']],
  // Equally far from both: the lesser value, which has the greater id here.
  tie: [['tie-u1', 'tie-e', 'tie-u2']],
  // Three links from one, two from the other; and what hangs on it.
  far: [
    ['far-u1', 'far-a', 'far-b', 'far-c', 'far-d', 'far-u2'],
    ['far-c', 'far-x'],
  ],
  // u1 and u2 are one seed by a record, so that what is near u2 is theirs, under the name of the least value.
  set: [
    ['set-u1', 'set-a', 'set-b', 'set-c', 'set-u3'],
    ['set-u2', 'set-b'],
  ],
  // One seed alone is no contest, whatever it is linked with.
  alone: [['alone-u1', 'alone-e', 'alone-d']],
  // Two user ids that are one seed are none either.
  one: [['one-u1', 'one-e', 'one-u2']],
}
const values: Readonly<Record<string, string>> = { 'tie-u1': 'z', 'tie-u2': 'a' }
const members = Object.entries(chains).flatMap(([component_id, of]) =>
  [...new Set(of.flat())].map(identifier_id => ({ identifier_id, component_id })),
)
const lesserFirst = ([a, b]: readonly [string, string]) => ({
  identifier_id_a: a < b ? a : b,
  identifier_id_b: a < b ? b : a,
  rule: 'same_event',
})
const nearest = (seed_id: string, distances: Readonly<Record<string, number>>) =>
  Object.entries(distances).map(([identifier_id, distance]) => ({ identifier_id, seed_id, distance }))

export const an_identifier_joins_the_nearest_seed = unitTest({
  description:
    'Where links connect several user ids, each identifier joins the one that is the fewest links away, then the one of the least value; user ids that are one are one seed. Where they connect one, nothing is decided here.',
  model: identity_territories,
  given: [
    given(
      identifiers,
      members.map(({ identifier_id }) => ({
        identifier_id,
        identifier_kind: /-u\d$/.test(identifier_id) ? 'user_id' : 'email',
        identifier_value: values[identifier_id] ?? identifier_id,
      })),
    ),
    given(identity_components, members),
    given(identifier_sets, [
      { identifier_id: 'set-u1', set_id: 'set-u1' },
      { identifier_id: 'set-u2', set_id: 'set-u1' },
      { identifier_id: 'one-u1', set_id: 'one-u1' },
      { identifier_id: 'one-u2', set_id: 'one-u1' },
    ]),
    given(link_candidates, [
      ...Object.values(chains).flatMap(of =>
        of.flatMap(chain => chain.slice(1).map((id, index) => lesserFirst([chain[index]!, id]))),
      ),
      { ...lesserFirst(['far-a', 'far-u2']), inactive_reason: 'email over the limit' },
    ]),
  ],
  expect: [
    ...nearest('ex-u1', { 'ex-u1': 0, 'ex-e': 1 }),
    ...nearest('ex-u2', { 'ex-u2': 0, 'ex-d': 1 }),
    ...nearest('tie-u1', { 'tie-u1': 0 }),
    ...nearest('tie-u2', { 'tie-u2': 0, 'tie-e': 1 }),
    ...nearest('far-u1', { 'far-u1': 0, 'far-a': 1, 'far-b': 2 }),
    ...nearest('far-u2', { 'far-u2': 0, 'far-d': 1, 'far-c': 2, 'far-x': 3 }),
    ...nearest('set-u1', { 'set-u1': 0, 'set-u2': 0, 'set-a': 1, 'set-b': 1 }),
    ...nearest('set-u3', { 'set-u3': 0, 'set-c': 1 }),
  ],
})
