import { dataTest, sql } from 'throughline'
import { identifiers } from '../models/profiles/identifiers'
import { identity_links } from '../models/profiles/identity_links'
import { identity_map } from '../models/profiles/identity_map'

export const an_active_link_joins_what_is_one_person = dataTest({
  description:
    'The two ends of an active link are one person; of a link that only the border between two people makes inactive, they are two.',
  rows: () => sql`
    select l.identifier_id_a, l.identifier_id_b, l.rule, l.inactive_reason
    from ${identity_links} as l
    inner join ${identity_map} as a on a.identifier_id = l.identifier_id_a
    inner join ${identity_map} as b on b.identifier_id = l.identifier_id_b
    where l.is_active <> (a.person_id = b.person_id) and (l.is_active or l.inactive_reason like 'between two people%')
    union all
    -- What is blocked or shared is active in no link.
    select l.identifier_id_a, l.identifier_id_b, l.rule, l.inactive_reason
    from ${identity_links} as l
    inner join ${identifiers} as a on a.identifier_id = l.identifier_id_a
    inner join ${identifiers} as b on b.identifier_id = l.identifier_id_b
    where l.is_active and (a.is_blocked or a.is_shared or b.is_blocked or b.is_shared)
  `,
})
