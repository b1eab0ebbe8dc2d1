import { boolean, integer, key, model, rows, sql, text } from 'throughline'
import { expectedKinds } from '../../macros/identifier-kinds'
import { identity } from '../definitions/identity'
import { identifiers } from './identifiers'

export const identifier_kinds = model({
  description: 'One row per kind of identifier that a system tells, or that the config counts on one to tell.',
  grain: ['identifier_kind'],
  columns: {
    identifier_kind: key('The kind, as user_id'),
    is_expected: boolean(
      'The config counts on it: a kind of its own in identity.strength, or another than user_id in identity.one_person_per',
    ),
    identifier_count: integer('Identifiers of this kind, those that identify nobody included').atLeast(0),
  },
  tests: {
    never: {
      'a kind of identifier in the config that no system tells': {
        severity: 'warn',
        rows: self => sql`select k.identifier_kind from ${self} as k where k.is_expected and k.identifier_count = 0`,
      },
    },
  },
  materialize: { kind: 'table' },
  uses: { identity },
  query: ({ identity }) => sql`
    with kinds as (
      select e.identifier_kind, 1 as expected_count, 0 as identifier_count
      from ${rows(
        { identifier_kind: text('A kind that the config counts on') },
        expectedKinds(identity).map(identifier_kind => ({ identifier_kind })),
      )} as e
      union all
      select i.identifier_kind, 0 as expected_count, 1 as identifier_count
      from ${identifiers} as i
    )

    select k.identifier_kind, sum(k.expected_count) > 0 as is_expected, sum(k.identifier_count) as identifier_count
    from kinds as k
    group by k.identifier_kind
  `,
})
