import { dataTest, sql } from 'throughline'
import { identity_map } from '../models/profiles/identity_map'
import { links_by_hand } from '../models/profiles/links_by_hand'

export const what_the_config_keeps_apart_is_apart = dataTest({
  description:
    'Two identifiers that identity.keep_apart names are two people. It undoes the links between the two alone: where they are one person, others connect them, which identity_links tells.',
  severity: 'warn',
  rows: () => sql`
    select h.identifier_id_a, h.identifier_id_b, a.person_id
    from ${links_by_hand} as h
    inner join ${identity_map} as a on a.identifier_id = h.identifier_id_a
    inner join ${identity_map} as b on b.identifier_id = h.identifier_id_b
    where h.decision = 'keep_apart' and a.person_id = b.person_id
  `,
})
