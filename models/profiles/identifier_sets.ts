import { fixpoint, key, references, sql } from 'throughline'
import { contraction } from '../../macros/components'
import { identity } from '../definitions/identity'
import { identifiers } from './identifiers'
import { link_candidates } from './link_candidates'

/** What is one before anybody asks who is nearest: user ids that one record states, and whatever the config merges. */
export const identifier_sets = fixpoint({
  description:
    'One row per identifier that is one with others: merged by the config, or of the kind that each is a person and in one record.',
  grain: ['identifier_id'],
  columns: {
    identifier_id: references(identifiers.columns.identifier_id),
    set_id: key('The least of the identifiers that it is one with, itself included'),
  },
  uses: { identity },
  maximumRounds: contraction.maximumRounds,
  work: contraction.work,
  start: ({ work, identity: { one_person_per } }) =>
    contraction.start(
      sql`
        (
          select c.identifier_id_a, c.identifier_id_b
          from ${link_candidates} as c
          where c.inactive_reason is null
            and (
              c.rule = 'merged'
              or c.rule = 'same_record' and c.identifier_kind_a = ${one_person_per} and c.identifier_kind_b = ${one_person_per}
            )
        )
      `,
      work,
    ),
  step: contraction.step,
  until: contraction.until,
  query: ({ work }) => sql`
    select f.identifier_id, f.least_id as set_id
    from (${contraction.found({ work })}) as f
  `,
})
