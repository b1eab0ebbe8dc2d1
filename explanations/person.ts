import { explanation, type Row, sql, values } from 'throughline'
import { blockedRule, type IdentifierRules, normalised, withoutSystem } from '../macros/identifiers'
import { identity } from '../models/definitions/identity'
import { events } from '../models/events/events'
import { person_events } from '../models/journeys/person_events'
import { identifiers } from '../models/profiles/identifiers'
import { identity_links } from '../models/profiles/identity_links'
import { identity_map } from '../models/profiles/identity_map'
import { people } from '../models/profiles/people'

export const person = explanation({
  description:
    'Why these identifiers are one person: each with the chain of links that ties it to the one that names the person, and the links that do not hold.',
  takes: 'person_id',
  uses: { identity },
  ids: () => sql`select p.person_id as id from ${people} as p`,
  named: {
    by: 'identifier',
    ids: (text, { identity }) => {
      return sql`
        select m.person_id as id, i.identifier_kind || ' ' || i.identifier_value as name
        from ${identifiers} as i
        inner join ${identity_map} as m on m.identifier_id = i.identifier_id
        where ${isNamed(text, identity)}
      `
    },
    without: (text, { identity }) => {
      const rule = blockedRule(sql`i.identifier_kind`, sql`i.identifier_value`, identity)
      return sql`
        select
          i.identifier_kind || ' ' || i.identifier_value as name,
          'is blocked, and so is nobody: ' || i.reason || coalesce(': ' || ${rule}, '') as because
        from ${identifiers} as i
        where i.is_blocked and (${isNamed(text, identity)})
      `
    },
  },
  queries: id => ({
    people: sql`
      select p.person_id, p.first_seen_at, p.last_seen_at, p.identifier_count, p.is_shared_device
      from ${people} as p
      where p.person_id = ${id}
    `,
    identifiers: sql`
      select i.identifier_id, i.identifier_kind, i.identifier_value, i.first_seen_at, i.last_seen_at, i.event_count, i.reason
      from ${identity_map} as m
      inner join ${identifiers} as i on i.identifier_id = m.identifier_id
      where m.person_id = ${id}
      order by i.strength, i.first_seen_at, i.identifier_value, i.identifier_id
    `,
    links: linksOf(sql`where a.person_id = ${id} or b.person_id = ${id}`),
    systems: sql`
      select e.system, count(*) as event_count, min(e.occurred_at) as first_at, max(e.occurred_at) as last_at
      from ${person_events} as p
      inner join ${events} as e on e.event_id = p.event_id
      where p.person_id = ${id}
      group by e.system
      order by e.system
    `,
  }),
  tell: ({ people: found, identifiers: known, links, systems }) => {
    const [row] = found
    if (row === undefined) return []
    return [
      { heading: 'Who', lines: whoLines(row, known) },
      { heading: 'What ties them together', lines: chainLines(String(row.person_id), known, links) },
      { heading: 'Links that do not hold', lines: refusedLines(links) },
      { heading: 'Where they were seen', lines: systems.map(systemLine) },
    ].filter(({ lines }) => lines.length > 0)
  },
})

/** That a text names an identifier, with or without the name of the system before it. */
function isNamed(text: string, rules: IdentifierRules) {
  const known = values(spellings(text, rules))
  return sql`i.identifier_value in (${known}) or ${withoutSystem(sql`i.identifier_value`)} in (${known})`
}

/** How identifiers that somebody writes so may stand in the tables: as they are, as an address, a telephone number, the number of an order. */
function spellings(value: string, rules: IdentifierRules): readonly string[] {
  return [...new Set(['user_id', 'email', 'phone', 'order_id'].map(kind => normalised({ kind, value }, rules).value))]
}

/** Links with both ends told, of those that meet the condition; `a` and `b` are whose the ends are. */
export function linksOf(condition: ReturnType<typeof sql>) {
  return sql`
    select
      l.identifier_id_a, l.identifier_id_b, l.rule, l.is_active, l.inactive_reason, l.event_count, l.record_count,
      l.first_linked_at, l.first_record_id, e.system as first_system, e.event_name as first_event_name, l.first_event_id,
      i.identifier_kind as kind_a, i.identifier_value as value_a, j.identifier_kind as kind_b, j.identifier_value as value_b
    from ${identity_links} as l
    inner join ${identifiers} as i on i.identifier_id = l.identifier_id_a
    inner join ${identifiers} as j on j.identifier_id = l.identifier_id_b
    left join ${identity_map} as a on a.identifier_id = l.identifier_id_a
    left join ${identity_map} as b on b.identifier_id = l.identifier_id_b
    left join ${events} as e on e.event_id = l.first_event_id
    ${condition}
    order by l.first_linked_at, l.identifier_id_a, l.identifier_id_b, l.rule
  `
}

function whoLines(row: Row, known: readonly Row[]): readonly string[] {
  const [first] = known
  const named =
    first === undefined
      ? 'No identifier: an event of its own'
      : `Named by ${nameOf(first.identifier_kind, first.identifier_value)}`
  return [
    `${named}${row.is_shared_device === true ? '; too many share it, so it is not counted as a person' : ''}`,
    `Seen from ${row.first_seen_at} to ${row.last_seen_at}, UTC; ${known.length} ${known.length === 1 ? 'identifier' : 'identifiers'}`,
  ]
}

/**
 * Each identifier under the one that it is linked to, nearest first from that which names the person: of several links at one distance the one that was
 * seen first. The walk is over active links alone.
 */
export function chainLines(from: string, known: readonly Row[], links: readonly Row[]): readonly string[] {
  const byId = new Map(known.map(row => [String(row.identifier_id), row]))
  const active = links.filter(({ is_active }) => is_active === true)
  const children = new Map<string, { readonly id: string; readonly link: Row }[]>()
  const reached = new Set([from])
  let frontier = [from]
  while (frontier.length > 0) {
    const next: string[] = []
    for (const id of frontier) {
      for (const link of active) {
        const [a, b] = [String(link.identifier_id_a), String(link.identifier_id_b)]
        const other = a === id ? b : b === id ? a : undefined
        if (other === undefined || reached.has(other)) continue
        reached.add(other)
        next.push(other)
        children.set(id, [...(children.get(id) ?? []), { id: other, link }])
      }
    }
    frontier = next
  }
  const lines = (id: string, depth: number, because: string): readonly string[] => {
    const row = byId.get(id)
    const told = row === undefined ? id : nameOf(row.identifier_kind, row.identifier_value)
    const own = `${'   '.repeat(depth)}${depth === 0 ? '' : '└─ '}${told}${because}`
    return [
      own,
      ...(children.get(id) ?? []).flatMap(({ id: child, link }) => lines(child, depth + 1, `: ${evidence(link)}`)),
    ]
  }
  return byId.has(from) ? lines(from, 0, '') : []
}

function refusedLines(links: readonly Row[]): readonly string[] {
  return links
    .filter(({ is_active }) => is_active !== true)
    .map(
      link =>
        `${nameOf(link.kind_a, link.value_a)} and ${nameOf(link.kind_b, link.value_b)}: ${link.inactive_reason} (${evidence(link)})`,
    )
}

/** On what a link rests, in words. */
export function evidence(link: Row): string {
  const since = `first ${link.first_linked_at}`
  if (link.rule === 'merged') return 'merged by hand, in identity.merge'
  if (link.rule === 'same_record') return `in one record, ${link.first_record_id}, since ${link.first_linked_at}`
  const times = Number(link.event_count) === 1 ? 'on one event' : `on ${link.event_count} events`
  return `${times}, ${since} (${link.first_event_name} in ${link.first_system})`
}

/** An identifier as a person says it: its kind and its value. */
export function nameOf(kind: Row[string] | undefined, value: Row[string] | undefined): string {
  return `${kind} ${value}`
}

function systemLine({ system, event_count, first_at, last_at }: Row): string {
  return `${system}: ${event_count} ${Number(event_count) === 1 ? 'event' : 'events'}, ${first_at} to ${last_at}`
}
