import { defined, given, unitTest } from 'throughline'
import { identity } from '../../models/definitions/identity'
import { identifier_kinds } from '../../models/profiles/identifier_kinds'
import { identifiers } from '../../models/profiles/identifiers'

export const a_kind_that_the_config_counts_on_is_told = unitTest({
  description:
    'Every kind that is told, and those that the config counts on: of its own in strength, and that of one_person_per. A stock kind in strength may be told or not.',
  model: identifier_kinds,
  definitions: [defined(identity, { strength: ['member_id', 'usr_id', 'email', 'phone'], one_person_per: 'crm_id' })],
  given: [
    given(identifiers, [
      { identifier_id: '1', identifier_kind: 'member_id' },
      { identifier_id: '2', identifier_kind: 'member_id' },
      { identifier_id: '3', identifier_kind: 'email' },
      { identifier_id: '4', identifier_kind: 'badge_id' },
    ]),
  ],
  expect: [
    { identifier_kind: 'member_id', is_expected: true, identifier_count: 2 },
    { identifier_kind: 'usr_id', is_expected: true, identifier_count: 0 },
    { identifier_kind: 'crm_id', is_expected: true, identifier_count: 0 },
    { identifier_kind: 'email', is_expected: false, identifier_count: 1 },
    { identifier_kind: 'badge_id', is_expected: false, identifier_count: 1 },
  ],
})
