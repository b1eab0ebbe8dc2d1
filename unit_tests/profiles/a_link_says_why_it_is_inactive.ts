import { given, unitTest } from 'throughline'
import { identifier_pairs } from '../../models/profiles/identifier_pairs'
import { identifiers } from '../../models/profiles/identifiers'
import { identity_links } from '../../models/profiles/identity_links'

const plain = { is_blocked: false, is_shared: false }

export const a_link_says_why_it_is_inactive = unitTest({
  description: 'Links to what is shared or blocked are kept, inactive, with the reason; all others are active.',
  model: identity_links,
  given: [
    given(identifiers, [
      { identifier_id: 'a', identifier_kind: 'user_id', ...plain },
      { identifier_id: 'u', identifier_kind: 'user_id', ...plain },
      { identifier_id: 'n', identifier_kind: 'email', is_blocked: true, is_shared: false, reason: 'blocked value' },
      {
        identifier_id: 't',
        identifier_kind: 'device_id',
        is_blocked: false,
        is_shared: true,
        reason: 'over the limit',
      },
      { identifier_id: 'p', identifier_kind: 'device_id', ...plain },
    ]),
    given(identifier_pairs, [
      { identifier_id_a: 'a', identifier_id_b: 'p', is_blocked: false },
      { identifier_id_a: 'a', identifier_id_b: 't', is_blocked: false },
      { identifier_id_a: 'a', identifier_id_b: 'n', is_blocked: true },
      { identifier_id_a: 'n', identifier_id_b: 't', is_blocked: true },
      { identifier_id_a: 't', identifier_id_b: 'u', is_blocked: false },
    ]),
  ],
  expect: [
    {
      identifier_id_a: 't',
      identifier_id_b: 'u',
      rule: 'same_event',
      is_active: false,
      inactive_reason: 'device_id over the limit',
    },
    { identifier_id_a: 'a', identifier_id_b: 'p', rule: 'same_event', is_active: true },
    {
      identifier_id_a: 'a',
      identifier_id_b: 't',
      rule: 'same_event',
      is_active: false,
      inactive_reason: 'device_id over the limit',
    },
    {
      identifier_id_a: 'a',
      identifier_id_b: 'n',
      rule: 'same_event',
      is_active: false,
      inactive_reason: 'email blocked value',
    },
    {
      identifier_id_a: 'n',
      identifier_id_b: 't',
      rule: 'same_event',
      is_active: false,
      inactive_reason: 'email blocked value',
    },
  ],
})
