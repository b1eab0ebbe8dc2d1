import { createHash } from 'node:crypto'

/** An identifier that was seen, its value normalised, on an event or in a record. */
export interface Sighting {
  readonly seen_in: 'event' | 'record'
  readonly seen_id: string
  /** As DuckDB writes it, which sorts as time does. */
  readonly at: string
  readonly kind: string
  readonly value: string
}

export interface Limit {
  readonly for_one: string
  readonly at_most: number
  readonly of: string
}

type Named = readonly [kind: string, value: string]

/** What the config says, all values normalised. */
export interface Rules {
  readonly strength: readonly string[]
  readonly limits: readonly Limit[]
  readonly onePersonPer: string
  readonly links: 'all' | readonly (readonly [string, string])[]
  readonly merge: readonly (readonly Named[])[]
  readonly keepApart: readonly (readonly Named[])[]
}

export interface Identifier {
  readonly identifier_id: string
  readonly kind: string
  readonly value: string
  readonly strength: number
  readonly first_seen_at: string
  readonly last_seen_at: string
  readonly event_count: number
  readonly record_count: number
  readonly is_shared: boolean
  readonly person_id: string
}

export interface Link {
  readonly a: string
  readonly b: string
  readonly rule: 'same_event' | 'same_record' | 'merged'
  readonly first: string | null
  readonly count: number
  readonly is_active: boolean
}

export interface Identity {
  readonly identifiers: readonly Identifier[]
  readonly links: readonly Link[]
  /** By event, where it has an identifier. */
  readonly owners: ReadonlyMap<string, string>
}

export const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex')
const idOf = ([kind, value]: Named): string => sha256(`${kind}:${value}`)

/**
 * Who is who, as `definitions.md` says it, in plain TypeScript: a walk from each seed by itself, then the nearest of them for each identifier, and
 * union-find for what none reaches. Sightings of identifiers that stand for nobody are left out before.
 */
export function reckonIdentity(sightings: readonly Sighting[], rules: Rules): Identity {
  const known = gathered(sightings)
  const pairs = pairsOf(sightings)
  const kindOf = (id: string) => known.get(id)!.kind
  const isApart = inOneGroup(rules.keepApart)
  const shared = new Set([...known.keys()].filter(id => isShared(id)))

  function isShared(id: string): boolean {
    const partners = new Set([...pairs.values()].flatMap(({ a, b }) => (a === id ? [b] : b === id ? [a] : [])))
    return rules.limits.some(
      ({ for_one, at_most, of }) =>
        for_one === kindOf(id) &&
        [...partners].filter(partner => kindOf(partner) === of && !isApart(id, partner)).length > at_most,
    )
  }

  const mayLink = (a: string, b: string) =>
    rules.links === 'all' ||
    rules.links.some(kinds => [kindOf(a), kindOf(b)].sort().join() === [...kinds].sort().join())
  const merged = mergedPairs(rules.merge, known)
  const links = [...pairs.values(), ...merged].map(link => ({
    ...link,
    mayJoin:
      !shared.has(link.a) &&
      !shared.has(link.b) &&
      (link.rule === 'merged' || (!isApart(link.a, link.b) && mayLink(link.a, link.b))),
  }))
  const joining = links.filter(({ mayJoin }) => mayJoin)

  const isSeed = (id: string) => kindOf(id) === rules.onePersonPer && !shared.has(id)
  const sets = unionFind(known.keys())
  for (const { a, b, rule } of joining) {
    if (rule === 'merged' || (rule === 'same_record' && isSeed(a) && isSeed(b))) sets.join(a, b)
  }
  const seeds = new Map<string, Named>()
  for (const id of known.keys()) {
    if (!isSeed(id)) continue
    const { value } = known.get(id)!
    const other = seeds.get(sets.root(id))
    if (other === undefined || less([value, id], other)) seeds.set(sets.root(id), [value, id])
  }
  const nearest = nearestSeeds([...known.keys()], seeds, sets.root, joining)

  const closure = unionFind(known.keys())
  for (const { a, b } of joining) if (nearest.get(a) === nearest.get(b)) closure.join(a, b)
  const strength = (kind: string) =>
    (rules.strength.includes(kind) ? rules.strength.indexOf(kind) : rules.strength.length) + 1
  const order = (id: string) => {
    const { kind, value, instants } = known.get(id)!
    return [String(strength(kind)).padStart(3, '0'), instants[0]!, value, id]
  }
  const names = new Map<string, string>()
  for (const id of known.keys()) {
    const name = names.get(closure.root(id))
    if (name === undefined || less(order(id), order(name))) names.set(closure.root(id), id)
  }
  const personOf = (id: string) => names.get(closure.root(id))!

  const owners = new Map<string, string>()
  const onEvents = groupedBy(
    sightings.filter(({ seen_in }) => seen_in === 'event'),
    ({ seen_id }) => seen_id,
  )
  for (const [event, seen] of onEvents) {
    const ids = seen.map(({ kind, value }) => idOf([kind, value])).sort((a, b) => (less(order(a), order(b)) ? -1 : 1))
    owners.set(event, personOf(ids.find(id => !shared.has(id)) ?? ids[0]!))
  }
  return {
    identifiers: [...known].map(([identifier_id, { kind, value, instants, events, records }]) => ({
      identifier_id,
      kind,
      value,
      strength: strength(kind),
      first_seen_at: instants[0]!,
      last_seen_at: instants.at(-1)!,
      event_count: events.size,
      record_count: records.size,
      is_shared: shared.has(identifier_id),
      person_id: personOf(identifier_id),
    })),
    links: links.map(({ a, b, rule, first, count, mayJoin }) => ({
      a,
      b,
      rule,
      first: first?.[1] ?? null,
      count,
      is_active: mayJoin && personOf(a) === personOf(b),
    })),
    owners,
  }
}

interface Known {
  readonly kind: string
  readonly value: string
  readonly events: Set<string>
  readonly records: Set<string>
  instants: readonly string[]
}

function gathered(sightings: readonly Sighting[]): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>()
  for (const { seen_in, seen_id, at, kind, value } of sightings) {
    const id = idOf([kind, value])
    const one = known.get(id) ?? { kind, value, events: new Set(), records: new Set(), instants: [] }
    one[seen_in === 'event' ? 'events' : 'records'].add(seen_id)
    one.instants = [...one.instants, at].sort()
    known.set(id, one)
  }
  return known
}

interface Pair {
  readonly a: string
  readonly b: string
  readonly rule: Link['rule']
  readonly first: Named | undefined
  readonly count: number
}

function pairsOf(sightings: readonly Sighting[]): ReadonlyMap<string, Pair> {
  const pairs = new Map<string, Pair>()
  for (const seen of groupedBy(sightings, ({ seen_in, seen_id }) => `${seen_in} ${seen_id}`).values()) {
    const first = new Map<string, Sighting>()
    for (const sighting of seen) {
      const id = idOf([sighting.kind, sighting.value])
      if (!first.has(id) || sighting.at < first.get(id)!.at) first.set(id, sighting)
    }
    for (const [a, { seen_in, seen_id, at }] of first) {
      for (const b of first.keys()) {
        if (a >= b) continue
        const key = `${a} ${b} ${seen_in}`
        const known = pairs.get(key)
        const here: Named = [at, seen_id]
        const earliest = known?.first === undefined || less(here, known.first) ? here : known.first
        pairs.set(key, { a, b, rule: `same_${seen_in}`, first: earliest, count: (known?.count ?? 0) + 1 })
      }
    }
  }
  return pairs
}

function inOneGroup(groups: Rules['keepApart']): (a: string, b: string) => boolean {
  const sets = groups.map(group => new Set(group.map(idOf)))
  return (a, b) => sets.some(set => set.has(a) && set.has(b))
}

/** Every two that were seen and that the groups make one, also by others. */
function mergedPairs(groups: Rules['merge'], known: ReadonlyMap<string, Known>): readonly Pair[] {
  const all = new Set(groups.flat().map(idOf))
  const sets = unionFind(all)
  for (const group of groups) for (const named of group) sets.join(idOf(group[0]!), idOf(named))
  const seen = [...all].filter(id => known.has(id))
  return seen.flatMap(a =>
    seen
      .filter(b => a < b && sets.root(a) === sets.root(b))
      .map(b => ({ a, b, rule: 'merged' as const, first: undefined, count: 0 })),
  )
}

/** For each identifier that a seed reaches the one that is the fewest links away, of several that of the least value. */
function nearestSeeds(
  ids: readonly string[],
  seeds: ReadonlyMap<string, Named>,
  rootOf: (id: string) => string,
  joining: readonly Pair[],
): ReadonlyMap<string, string> {
  const best = new Map<string, readonly [distance: string, value: string, id: string]>()
  for (const [start, [value, id]] of seeds) {
    const distances = new Map([[start, 0]])
    const queue = [start]
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      for (const { a, b } of joining) {
        for (const [from, to] of [
          [rootOf(a), rootOf(b)],
          [rootOf(b), rootOf(a)],
        ]) {
          if (from !== node || distances.has(to!)) continue
          distances.set(to!, distances.get(node)! + 1)
          queue.push(to!)
        }
      }
    }
    for (const [node, distance] of distances) {
      const offer = [String(distance).padStart(6, '0'), value, id] as const
      if (!best.has(node) || less(offer, best.get(node)!)) best.set(node, offer)
    }
  }
  return new Map(ids.flatMap(id => (best.has(rootOf(id)) ? [[id, best.get(rootOf(id))![2]]] : [])))
}

export function unionFind(ids: Iterable<string>) {
  const parents = new Map([...ids].map(id => [id, id]))
  const root = (id: string): string => (parents.get(id) === id ? id : root(parents.get(id)!))
  return { root, join: (a: string, b: string): unknown => parents.set(root(a), root(b)) }
}

function less(a: readonly string[], b: readonly string[]): boolean {
  const place = a.findIndex((part, index) => part !== b[index])
  return place !== -1 && a[place]! < b[place]!
}

function groupedBy<T>(all: readonly T[], key: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one])
  return groups
}
