import { fixpoint, key, references, sql } from 'throughline'
import { contraction } from '../../macros/components'
import { identifiers } from './identifiers'
import { link_candidates } from './link_candidates'

/** The transitive closure of the links that may join. */
export const identity_components = fixpoint({
  description: 'One row per identifier with a link that may join: the component that such links make of it.',
  grain: ['identifier_id'],
  columns: {
    identifier_id: references(identifiers.columns.identifier_id),
    component_id: key(
      'The least of the identifiers that such links connect it to, directly or through others; itself included',
    ),
  },
  maximumRounds: contraction.maximumRounds,
  work: contraction.work,
  start: ({ work }) =>
    contraction.start(
      sql`
        (
          select c.identifier_id_a, c.identifier_id_b
          from ${link_candidates} as c
          where c.inactive_reason is null
        )
      `,
      work,
    ),
  step: contraction.step,
  until: contraction.until,
  query: ({ work }) => sql`
    select f.identifier_id, f.least_id as component_id
    from (${contraction.found({ work })}) as f
  `,
})
