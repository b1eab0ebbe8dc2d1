import type { Row } from '../../src/warehouse/warehouse.ts'
import type { World } from '../support/world.ts'

type Stage =
  | string
  | readonly string[]
  | { readonly event: string; readonly at_least?: number; readonly where?: { readonly country: string } }

interface Reached {
  readonly event_id: unknown
  readonly sequence: number
  readonly day: string
  readonly seconds: number
}

/** What stages people reach, what sessions begin with, and how many have come how far, by plain walking over the events of each person in order. */
export async function reckonedStages(world: World, stages: Readonly<Record<string, Stage>>) {
  const names = Object.keys(stages)
  const events = await world.rows(`
    select e.event_id, e.event_name, e.order_id, e.country, p.person_id, p.session_id, p.sequence_in_person, p.sequence_in_session,
      strftime(p.occurred_date, '%Y-%m-%d') as day, epoch(p.occurred_at)::bigint as seconds
    from events.events as e inner join journeys.person_events as p on p.event_id = e.event_id
    order by p.occurred_at, p.event_id`)
  const own = new Map<string, Map<unknown, Reached>>()
  const tracked = names.filter(name => {
    const counting = countingEvents(events, stages[name]!)
    own.set(name, reachedBy(counting, atLeastOf(stages[name]!)))
    return counting.length > 0
  })

  const reached = new Map<unknown, (readonly [string, Reached])[]>()
  for (const person of new Set(events.map(({ person_id }) => person_id))) {
    const way = tracked.flatMap((name, index): (readonly [string, Reached])[] => {
      const found = tracked.slice(index).flatMap(later => own.get(later)!.get(person) ?? [])
      const earliest = found.sort((a, b) => a.sequence - b.sequence)[0]
      return earliest === undefined ? [] : [[name, earliest]]
    })
    if (way.length > 0) reached.set(person, way)
  }

  const ofPeople = [...reached]
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
    .flatMap(([person_id, way]) => way.map(([stage, { event_id }]) => ({ person_id, stage, event_id })))
  const ofSessions = events
    .filter(({ sequence_in_session }) => Number(sequence_in_session) === 1)
    .flatMap(({ session_id, person_id, sequence_in_person }) => {
      const passed = (reached.get(person_id) ?? []).filter(([, { sequence }]) => sequence <= Number(sequence_in_person))
      return passed.length === 0 ? [] : [{ session_id, stage: passed.at(-1)![0] }]
    })
    .sort((a, b) => (String(a.session_id) < String(b.session_id) ? -1 : 1))
  return { ofPeople, ofSessions, reach: await reachOf(world, names, tracked, reached) }
}

const atLeastOf = (stage: Stage): number => (typeof stage === 'object' && 'event' in stage ? (stage.at_least ?? 1) : 1)

/** In order, each order once: told by a customer's own act where there is one. */
function countingEvents(events: readonly Row[], stage: Stage): readonly Row[] {
  const named = typeof stage === 'object' && 'event' in stage ? [stage.event] : [stage].flat()
  const country = typeof stage === 'object' && 'event' in stage ? stage.where?.country : undefined
  const matching = events.filter(
    row => named.includes(String(row.event_name)) && (country === undefined || row.country === country),
  )
  const orders = new Set<unknown>()
  return matching.filter(({ order_id }) => {
    if (order_id === null) return true
    if (orders.has(order_id)) return false
    orders.add(order_id)
    return true
  })
}

function reachedBy(events: readonly Row[], atLeast: number): Map<unknown, Reached> {
  const counts = new Map<unknown, number>()
  const reached = new Map<unknown, Reached>()
  for (const { person_id, event_id, sequence_in_person, day, seconds } of events) {
    const count = (counts.get(person_id) ?? 0) + 1
    counts.set(person_id, count)
    if (count !== atLeast) continue
    reached.set(person_id, {
      event_id,
      sequence: Number(sequence_in_person),
      day: String(day),
      seconds: Number(seconds),
    })
  }
  return reached
}

async function reachOf(
  world: World,
  names: readonly string[],
  tracked: readonly string[],
  reached: ReadonlyMap<unknown, readonly (readonly [string, Reached])[]>,
) {
  const visits = await world.rows(`
    select distinct s.person_id, g.segment, g.segment_value, c.period, strftime(c.period_start, '%Y-%m-%d') as period_start
    from journeys.sessions as s
    inner join profiles.people as o on o.person_id = s.person_id and not o.is_shared_device
    inner join journeys.session_segments as g on g.session_id = s.session_id
    inner join events.calendar as c on c.calendar_date = s.started_date`)
  const ends = new Map(
    (
      await world.rows(`
        select period || strftime(period_start, '%Y-%m-%d') as key, strftime(max(calendar_date), '%Y-%m-%d') as last
        from events.calendar group by 1`)
    ).map(({ key, last }) => [String(key), String(last)]),
  )
  const groups = new Map<string, Row[]>()
  for (const { person_id, ...frame } of visits) {
    const key = JSON.stringify(frame)
    groups.set(key, [...(groups.get(key) ?? []), { person_id: person_id! }])
  }
  const rows = [...groups].flatMap(([key, active]) => {
    const frame = JSON.parse(key) as { period: string; period_start: string; segment: string; segment_value: string }
    const last = ends.get(frame.period + frame.period_start)!
    const people = active.map(({ person_id }) => new Map(reached.get(person_id) ?? []))
    const within = (stage: string) => people.filter(way => (way.get(stage)?.day ?? '9999') <= last)
    return names.map(stage => {
      const before = tracked.filter(name => names.indexOf(name) < names.indexOf(stage)).at(-1)
      const fresh = within(stage).filter(way => way.get(stage)!.day >= frame.period_start)
      const pauses = fresh.flatMap(way =>
        before === undefined ? [] : [way.get(stage)!.seconds - way.get(before)!.seconds],
      )
      return {
        stage,
        ...frame,
        active_people: active.length,
        people_before: before === undefined ? active.length : within(before).length,
        people: within(stage).length,
        new_people: fresh.length,
        median_seconds: pauses.sort((a, b) => a - b)[Math.ceil(pauses.length / 2) - 1] ?? null,
      }
    })
  })
  const order = (row: (typeof rows)[number]) =>
    [names.indexOf(row.stage), row.segment, row.segment_value, row.period, row.period_start].join('\u0000')
  return rows.sort((a, b) => (order(a) < order(b) ? -1 : 1))
}
