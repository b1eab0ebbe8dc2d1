import type { Row } from '../../src/warehouse/warehouse.ts'
import { type Identifier, type Limit, reckonIdentity, type Sighting, sha256 } from './reckoned-identity.ts'

export { type Limit, sha256 }

type Kind = 'user_id' | 'device_id'

/** An event as its newest version tells it. */
export interface ReckonedEvent {
  readonly event_id: string
  /** As DuckDB writes it, which sorts as time does. */
  readonly at: string
  readonly row: Row
  readonly person_id: string
}

export interface Reckoned {
  readonly events: readonly ReckonedEvent[]
  /** Those that are not blocked. */
  readonly identifiers: readonly Identifier[]
}

/** Who is who in raw clickstream rows, each user id a person of its own. `isNobody` says which values are placeholders or blocked. */
export function reckonPeople(
  raw: readonly Row[],
  limits: readonly Limit[],
  isNobody: (kind: Kind, value: string) => boolean,
): Reckoned {
  const newest = newestVersions(raw)
  const sightings = newest.flatMap(row => sightingsOf(row, isNobody))
  const { identifiers, owners } = reckonIdentity(sightings, {
    strength: ['user_id', 'device_id'],
    limits,
    onePersonPer: 'user_id',
    links: 'all',
    merge: [],
    keepApart: [],
  })
  const events = newest.map(row => {
    const event_id = text(row.event_id)
    return { event_id, at: text(row.at), row, person_id: owners.get(event_id) ?? `event:${event_id}` }
  })
  return { events, identifiers }
}

const text = (cell: Row[string] | undefined): string => String(cell)

/** Of the rows of an event which came in last; of those that came in at once that with the greatest hash. */
function newestVersions(raw: readonly Row[]): readonly Row[] {
  const isLater = (a: Row, b: Row) => {
    const [one, other] = [a, b].map(row => (row.loaded_at === null ? '' : text(row.loaded_at)))
    return one === other ? text(a.tl_row_id) > text(b.tl_row_id) : one! > other!
  }
  const newest = new Map<string, Row>()
  for (const row of raw) {
    const known = newest.get(text(row.event_id))
    if (known === undefined || isLater(row, known)) newest.set(text(row.event_id), row)
  }
  return [...newest.values()]
}

function sightingsOf(row: Row, isNobody: (kind: Kind, value: string) => boolean): readonly Sighting[] {
  const kinds = [
    ['user_id', row.user],
    ['device_id', row.device],
  ] as const
  return kinds.flatMap(([kind, cell]): Sighting[] => {
    const value = cell === null || cell === undefined ? '' : text(cell).trim()
    if (value === '' || isNobody(kind, value)) return []
    return [{ seen_in: 'event', seen_id: text(row.event_id), at: text(row.at), kind, value }]
  })
}
