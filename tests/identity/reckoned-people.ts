import { createHash } from 'node:crypto'
import type { Row } from '../../src/warehouse/warehouse.ts'

export interface Limit {
  readonly for_one: Kind
  readonly at_most: number
  readonly of: Kind
}

type Kind = 'user_id' | 'device_id'

/** An event as its newest version tells it. */
export interface ReckonedEvent {
  readonly event_id: string
  /** As DuckDB writes it, which sorts as time does. */
  readonly at: string
  readonly row: Row
  readonly person_id: string
}

export interface ReckonedIdentifier {
  readonly identifier_id: string
  readonly kind: Kind
  readonly value: string
  readonly strength: number
  readonly first_seen_at: string
  readonly last_seen_at: string
  readonly event_count: number
  readonly is_shared: boolean
  readonly person_id: string
}

export interface Reckoned {
  readonly events: readonly ReckonedEvent[]
  /** Those that are not blocked. */
  readonly identifiers: readonly ReckonedIdentifier[]
}

/**
 * Who is who in raw clickstream rows, as `definitions.md` says it, in plain TypeScript and with union-find: what the models must find. `isNobody` says which
 * values are placeholders or blocked.
 */
export function reckonPeople(
  raw: readonly Row[],
  limits: readonly Limit[],
  isNobody: (kind: Kind, value: string) => boolean,
): Reckoned {
  const newest = newestVersions(raw)
  const seen = newest.map(row => ({ row, identifiers: identifiersOf(row, isNobody) }))
  const sightings = new Map<string, Sighting>()
  for (const { row, identifiers } of seen) {
    for (const { id, kind, value } of identifiers) {
      const known = sightings.get(id) ?? { id, kind, value, instants: [], partners: new Set<string>() }
      known.instants.push(text(row.at))
      for (const other of identifiers) if (other.id !== id) known.partners.add(other.id)
      sightings.set(id, known)
    }
  }
  const isShared = (sighting: Sighting) =>
    limits.some(
      ({ for_one, at_most, of }) =>
        sighting.kind === for_one &&
        [...sighting.partners].filter(partner => sightings.get(partner)!.kind === of).length > at_most,
    )
  const shared = new Set([...sightings.values()].filter(isShared).map(({ id }) => id))
  const people = personOfIdentifier(sightings, shared)
  const byStrength = (a: string, b: string) => compare(nameOrder(sightings.get(a)!), nameOrder(sightings.get(b)!))
  const events = seen.map(({ row, identifiers }) => {
    const ids = identifiers.map(({ id }) => id)
    const own = ids.filter(id => !shared.has(id)).sort(byStrength)[0]
    const named = own ?? ids.sort(byStrength)[0]
    const person_id = named === undefined ? `event:${row.event_id}` : people.get(named)!
    return { event_id: text(row.event_id), at: text(row.at), row, person_id }
  })
  const identifiers = [...sightings.values()].map(sighting => {
    const instants = [...sighting.instants].sort()
    return {
      identifier_id: sighting.id,
      kind: sighting.kind,
      value: sighting.value,
      strength: strengths[sighting.kind],
      first_seen_at: instants[0]!,
      last_seen_at: instants.at(-1)!,
      event_count: instants.length,
      is_shared: shared.has(sighting.id),
      person_id: people.get(sighting.id)!,
    }
  })
  return { events, identifiers }
}

interface Sighting {
  readonly id: string
  readonly kind: Kind
  readonly value: string
  readonly instants: string[]
  readonly partners: Set<string>
}

const strengths = { user_id: 1, device_id: 2 } as const

export const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex')
const text = (cell: Row[string] | undefined): string => String(cell)

/** Of the rows of an event that which came in last; of those that came in at once that with the greatest hash. */
function newestVersions(raw: readonly Row[]): readonly Row[] {
  const order = (row: Row) => [row.loaded_at === null ? '' : text(row.loaded_at), text(row.tl_row_id)]
  const newest = new Map<string, Row>()
  for (const row of raw) {
    const known = newest.get(text(row.event_id))
    if (known === undefined || compare(order(row), order(known)) > 0) newest.set(text(row.event_id), row)
  }
  return [...newest.values()]
}

function identifiersOf(row: Row, isNobody: (kind: Kind, value: string) => boolean) {
  const kinds = [
    ['user_id', row.user],
    ['device_id', row.device],
  ] as const
  return kinds.flatMap(([kind, cell]) => {
    const value = cell === null || cell === undefined ? '' : text(cell).trim()
    return value === '' || isNobody(kind, value) ? [] : [{ id: sha256(`${kind}:${value}`), kind, value }]
  })
}

const nameOrder = ({ kind, instants, value }: Sighting) => [String(strengths[kind]), [...instants].sort()[0]!, value]

function compare(a: readonly string[], b: readonly string[]): number {
  const place = a.findIndex((part, index) => part !== b[index])
  return place === -1 ? 0 : a[place]! < b[place]! ? -1 : 1
}

/** Union-find over the pairs in which neither is shared. */
function personOfIdentifier(
  sightings: ReadonlyMap<string, Sighting>,
  shared: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const parents = new Map([...sightings.keys()].map(id => [id, id]))
  const root = (id: string): string => (parents.get(id) === id ? id : root(parents.get(id)!))
  for (const { id, partners } of sightings.values()) {
    for (const partner of partners) if (!shared.has(id) && !shared.has(partner)) parents.set(root(id), root(partner))
  }
  const names = new Map<string, Sighting>()
  for (const sighting of sightings.values()) {
    const known = names.get(root(sighting.id))
    if (known === undefined || compare(nameOrder(sighting), nameOrder(known)) < 0) {
      names.set(root(sighting.id), sighting)
    }
  }
  return new Map([...sightings.keys()].map(id => [id, names.get(root(id))!.id]))
}
