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
    identifier_value: seen_identifiers.columns.identifier_value,
    strength: integer('Place of the kind among identity.strength: 1 names a person before all others').atLeast(1),
    first_seen_at: timestamp('First event with it, or since when a record has it, whichever is earlier, UTC'),
    last_seen_at: timestamp('Last event with it, or since when a record has it, whichever is later, UTC'),
    event_count: integer('Events with it').atLeast(0),
    record_count: integer('Records with it').atLeast(0),
    is_blocked: boolean('Stands for nobody: a placeholder, a value that the config blocks, no address or number'),
    is_shared: boolean('Seen with more others than a limit allows: links nobody, and is a person of its own'),
    reason: text('Why it is blocked or shared; NULL where it is neither').nullable(),
  },
  tests: {
    unique: [['identifier_kind', 'identifier_value']],
    always: {
      'blocked or shared has a reason, and only that': sql`(reason is not null) = (is_blocked or is_shared)`,
      'what is blocked links nobody, and so is not shared': sql`not (is_blocked and is_shared)`,
      'seen first, then last': sql`first_seen_at <= last_seen_at`,
      'seen somewhere': sql`event_count + record_count >= 1`,
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

    pairs as (
      select p.identifier_id_a, p.identifier_id_b, p.identifier_kind_a, p.identifier_kind_b
      from ${identifier_pairs} as p
      where p.rule = 'same_event' and not p.is_blocked and not p.is_kept_apart
      union all
      select p.identifier_id_a, p.identifier_id_b, p.identifier_kind_a, p.identifier_kind_b
      from ${identifier_pairs} as p
      where p.rule = 'same_record' and not p.is_blocked and not p.is_kept_apart
        and not exists (
          -- Two that were seen on an event as well are counted there.
          select 1
          from ${identifier_pairs} as e
          where e.rule = 'same_event' and e.identifier_id_a = p.identifier_id_a and e.identifier_id_b = p.identifier_id_b
        )
    ),

    partners as (
      select p.identifier_id_a as identifier_id, p.identifier_kind_a as identifier_kind, p.identifier_kind_b as partner_kind
      from pairs as p
      union all
      select p.identifier_id_b as identifier_id, p.identifier_kind_b as identifier_kind, p.identifier_kind_a as partner_kind
      from pairs as p
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
        min(s.seen_at) as first_seen_at,
        max(s.seen_at) as last_seen_at,
        sum(case s.seen_in when 'event' then 1 else 0 end) as event_count,
        sum(case s.seen_in when 'record' then 1 else 0 end) as record_count
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
      s.record_count,
      s.blocked_reason is not null as is_blocked,
      o.identifier_id is not null as is_shared,
      coalesce(s.blocked_reason, o.reason) as reason
    from sightings as s
    left join strengths as k on k.identifier_kind = s.identifier_kind
    left join over_limits as o on o.identifier_id = s.identifier_id
  `,
})
