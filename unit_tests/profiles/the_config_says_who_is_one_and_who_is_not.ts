import { defined, unitTest } from 'throughline'
import { identity } from '../../models/definitions/identity'
import { links_by_hand } from '../../models/profiles/links_by_hand'

// printf 'user_id:17' | sha256sum, and so on.
const ids = {
  'user_id:17': 'd5b8ac44fbc01192f3c29117d661fc164565cec4dc5b745ada6046e813c334b5',
  'user_id:A': '4b93cd6f250d92cfdc8f013304a74bc0a163d7ead2895d3e8358b7c053377a4a',
  'email:ada@acme.example': '893b143113df0fd601d5ef380a889482b012eb02a23a9a8d26cada0e58ff5340',
  'phone:+491512345678': '38ba6180316a9ed8132d977d1fe509320079a05158668083ea275f15e9d145c7',
}

export const the_config_says_who_is_one_and_who_is_not = unitTest({
  description:
    'Every two that the config merges, also by a third that both are merged with, and every two that it keeps apart, normalised as all others, the lesser id first.',
  model: links_by_hand,
  definitions: [
    defined(identity, {
      phone_country: 'DE',
      merge: [
        [{ user_id: 17 }, { email: ' Ada@ACME.example' }],
        [{ email: 'ada@acme.example' }, { phone: '0151 2345678' }],
      ],
      keep_apart: [[{ user_id: 'A' }, { user_id: '17' }]],
    }),
  ],
  given: [],
  expect: [
    { identifier_id_a: ids['email:ada@acme.example'], identifier_id_b: ids['user_id:17'], decision: 'merge' },
    { identifier_id_a: ids['phone:+491512345678'], identifier_id_b: ids['user_id:17'], decision: 'merge' },
    { identifier_id_a: ids['phone:+491512345678'], identifier_id_b: ids['email:ada@acme.example'], decision: 'merge' },
    { identifier_id_a: ids['user_id:A'], identifier_id_b: ids['user_id:17'], decision: 'keep_apart' },
  ],
})
