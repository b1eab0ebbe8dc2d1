import { dataTest, sql } from 'throughline'
import { identity_map } from '../models/profiles/identity_map'
import { links_by_hand } from '../models/profiles/links_by_hand'

export const what_the_config_merges_is_one_person = dataTest({
  description:
    'Two identifiers that identity.merge names, and that were both seen, are one person. They are not where one of them is shared by more than a limit allows.',
  severity: 'warn',
  rows: () => sql`
    select h.identifier_id_a, h.identifier_id_b, a.person_id as person_id_a, b.person_id as person_id_b
    from ${links_by_hand} as h
    inner join ${identity_map} as a on a.identifier_id = h.identifier_id_a
    inner join ${identity_map} as b on b.identifier_id = h.identifier_id_b
    where h.decision = 'merge' and a.person_id <> b.person_id
  `,
})
