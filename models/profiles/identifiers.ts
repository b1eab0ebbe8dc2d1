import { boolean, integer, key, model, rows, sql, text, timestamp, type } from 'throughline'
import { identity } from '../definitions/identity'
import { identifier_pairs } from './identifier_pairs'
import { seen_identifiers } from './seen_identifiers'

export const identifiers = model({
  description: 'One row per identifier: the one home of raw values.',
  grain: ['identifier_id'],
  columns: {
    identifier_id: key('SHA-256 of the kind and the normalised value'),
    identifier_kind: text('What identifies: user_id, device_id …'),
    identifier_value: text('The value without white space around it'),
    strength: integer('Place of the kind among identity.strength: 1 names a person before all others').atLeast(1),
    first_seen_at: timestamp('First event with it, UTC'),
    last_seen_at: timestamp('Last event with it, UTC'),
    event_count: integer('Events with it').atLeast(1),
    is_blocked: boolean('Stands for nobody: a placeholder, or a value that the config blocks'),
    is_shared: boolean('Seen with more others than a limit allows: links nobody, and is a person of its own'),
    reason: text('Why it is blocked or shared; NULL where it is neither').nullable(),
  },
  tests: {
    unique: [['identifier_kind', 'identifier_value']],
    always: {
      'blocked or shared has a reason, and only that': sql`(reason is not null) = (is_blocked or is_shared)`,
      'what is blocked links nobody, and so is not shared': sql`not (is_blocked and is_shared)`,
      'seen first, then last': sql`first_seen_at <= last_seen_at`,
    },
  },
  materialize: { kind: 'table' },
  uses: { identity },
  query: ({ identity: { strength, limits } }) => sql`
    with strengths as (
      select k.identifier_kind, k.strength
      from ${rows(
        { identifier_kind: text('Kind of identifier'), strength: integer('1 is the strongest') },
        strength.map((identifier_kind, index) => ({ identifier_kind, strength: index + 1 })),
      )} as k
    ),

    limits as (
      select l.limit_number, l.for_one, l.at_most, l.partner_kind
      from ${rows(
        {
          limit_number: integer('Place in the config'),
          for_one: text('Kind that is limited'),
          at_most: integer('Partners allowed'),
          partner_kind: text('Kind that is counted'),
        },
        limits.map(({ for_one, at_most, of }, index) => ({
          limit_number: index + 1,
          for_one,
          at_most,
          partner_kind: of,
        })),
      )} as l
    ),

    partners as (
      select p.identifier_id_a as identifier_id, p.identifier_kind_a as identifier_kind, p.identifier_kind_b as partner_kind
      from ${identifier_pairs} as p
      where not p.is_blocked
      union all
      select p.identifier_id_b as identifier_id, p.identifier_kind_b as identifier_kind, p.identifier_kind_a as partner_kind
      from ${identifier_pairs} as p
      where not p.is_blocked
    ),

    partner_counts as (
      select p.identifier_id, p.identifier_kind, p.partner_kind, count(*) as partner_count
      from partners as p
      group by p.identifier_id, p.identifier_kind, p.partner_kind
    ),

    over_limits as (
      select
        c.identifier_id,
        'over the limit: for one ' || l.for_one || ' at most ' || cast(l.at_most as ${type.text}) || ' of ' || l.partner_kind
          || ', and it has ' || cast(c.partner_count as ${type.text}) as reason
      from partner_counts as c
      -- An identifier over several limits is told with the first of them.
      inner join limits as l
        on l.for_one = c.identifier_kind and l.partner_kind = c.partner_kind and c.partner_count > l.at_most
      qualify row_number() over (partition by c.identifier_id order by l.limit_number) = 1
    ),

    sightings as (
      select
        s.identifier_id,
        s.identifier_kind,
        s.identifier_value,
        s.blocked_reason,
        min(s.occurred_at) as first_seen_at,
        max(s.occurred_at) as last_seen_at,
        count(*) as event_count
      from ${seen_identifiers} as s
      group by s.identifier_id, s.identifier_kind, s.identifier_value, s.blocked_reason
    )

    select
      s.identifier_id,
      s.identifier_kind,
      s.identifier_value,
      coalesce(k.strength, ${strength.length + 1}) as strength,
      s.first_seen_at,
      s.last_seen_at,
      s.event_count,
      s.blocked_reason is not null as is_blocked,
      o.identifier_id is not null as is_shared,
      coalesce(s.blocked_reason, o.reason) as reason
    from sightings as s
    left join strengths as k on k.identifier_kind = s.identifier_kind
    left join over_limits as o on o.identifier_id = s.identifier_id
  `,
})
