import { given, unitTest } from 'throughline'
import { identity_components } from '../../models/profiles/identity_components'
import { link_candidates } from '../../models/profiles/link_candidates'

const link = (a: string, b: string, isActive = true) => ({
  identifier_id_a: a,
  identifier_id_b: b,
  rule: 'same_event',
  inactive_reason: isActive ? null : 'blocked value',
})

export const links_close_transitively = unitTest({
  description:
    'Links without a reason against them make components: a chain, a star, a circle, two joined by their last; others join nothing, and what has no other is in no component.',
  model: identity_components,
  given: [
    given(link_candidates, [
      // A chain in order, one hook after the other: the worst there is.
      ...['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9'].map((id, index, all) =>
        link(id, all[index + 1] ?? 'd1'),
      ),
      // A star around its greatest.
      link('s1', 's9'),
      link('s2', 's9'),
      link('s3', 's9'),
      // A circle, with a link to the star that joins nothing.
      link('r1', 'r2'),
      link('r2', 'r3'),
      link('r1', 'r3'),
      link('r3', 's1', false),
      // Two pairs joined by their greater ends.
      link('p1', 'p8'),
      link('p2', 'p9'),
      link('p8', 'p9'),
      link('x1', 'x2', false),
    ]),
  ],
  expect: [
    ...['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9', 'd1'].map(identifier_id => ({
      identifier_id,
      component_id: 'c1',
    })),
    ...['s1', 's2', 's3', 's9'].map(identifier_id => ({ identifier_id, component_id: 's1' })),
    ...['r1', 'r2', 'r3'].map(identifier_id => ({ identifier_id, component_id: 'r1' })),
    ...['p1', 'p2', 'p8', 'p9'].map(identifier_id => ({ identifier_id, component_id: 'p1' })),
  ],
})
