import { key, model, rows, sql, text } from 'throughline'
import { sha256Hex } from '../../macros/hash'
import { linksByHand } from '../../macros/links-by-hand'
import { identity } from '../definitions/identity'

export const links_by_hand = model({
  description: 'One row per two identifiers that the config makes one person, or keeps apart; the lesser id first.',
  grain: ['identifier_id_a', 'identifier_id_b'],
  columns: {
    identifier_id_a: key('The lesser identifier, whether it was ever seen or not'),
    identifier_id_b: key('The greater identifier, whether it was ever seen or not'),
    decision: text('What the config says of them').oneOf(['merge', 'keep_apart']),
  },
  materialize: { kind: 'table' },
  uses: { identity },
  query: ({ identity }) => sql`
    with named as (
      select
        ${sha256Hex(sql`l.kind_a || ':' || l.value_a`)} as identifier_id,
        ${sha256Hex(sql`l.kind_b || ':' || l.value_b`)} as other_id,
        l.decision
      from ${rows(
        {
          kind_a: text('Kind of one'),
          value_a: text('Its value, normalised'),
          kind_b: text('Kind of the other'),
          value_b: text('Its value, normalised'),
          decision: text('merge or keep_apart'),
        },
        linksByHand(identity).map(({ a, b, decision }) => ({
          kind_a: a.kind,
          value_a: a.value,
          kind_b: b.kind,
          value_b: b.value,
          decision,
        })),
      )} as l
    )

    select
      case when n.identifier_id < n.other_id then n.identifier_id else n.other_id end as identifier_id_a,
      case when n.identifier_id < n.other_id then n.other_id else n.identifier_id end as identifier_id_b,
      n.decision
    from named as n
  `,
})
