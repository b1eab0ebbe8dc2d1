import { describe, expect, test } from 'vitest'
import type { World } from '../support/world.ts'
import { type ToldOnEvent, toldWorld } from './told-world.ts'

/** `['12:01', { cookie_id: '246' }]`: what was seen on an event. */
type Hit = readonly [at: string, seen: Readonly<Record<string, string>>]

async function worldOfHits(hits: readonly Hit[], identity: Readonly<Record<string, unknown>> = {}): Promise<World> {
  const events = hits.flatMap(([at, seen], index): readonly ToldOnEvent[] =>
    Object.entries(seen).map(([kind, value]) => ({ event_id: `e${index + 1}`, at, kind, value })),
  )
  return toldWorld({ events }, identity)
}

/** For each event the value of the identifier that names its person, in the order in which they happened; and how many people there are. */
async function ownersOf(hits: readonly Hit[], identity: Readonly<Record<string, unknown>> = {}) {
  const world = await worldOfHits(hits, identity)
  const owners = await world.rows(`
    select i.identifier_value as owner
    from journeys.person_events as p
    inner join profiles.identifiers as i on i.identifier_id = p.person_id
    order by p.occurred_at, p.event_id`)
  const [people] = await world.rows('select count(*) as count from profiles.people where not is_shared_device')
  return { owners: owners.map(({ owner }) => owner), people: people!.count }
}

describe("Adobe's field-based stitching (help/stitching/fbs.md)", () => {
  const day = '2023-05-12'
  const hits: readonly Hit[] = [
    ...['01', '02 Bob', '03 Bob', '04', '05 Bob', '06', '07 Bob'].map(hit => ['246', hit] as const),
    ...['03', '09'].map(hit => ['3579', hit] as const),
    ...['02', '05 Bob', '12'].map(hit => ['81911', hit] as const),
  ].map(([cookie_id, hit]) => {
    const [minute, user_id] = hit.split(' ')
    return [`${day} 12:${minute}:00`, user_id === undefined ? { cookie_id } : { cookie_id, user_id }]
  })

  test('after replay, what was anonymous on a recognised device is Bob: two people', async () => {
    const world = await worldOfHits(hits)
    const people = await world.rows(`
      select p.identifier_value as person, count(*) as event_count
      from journeys.person_events as e
      inner join profiles.identifiers as p on p.identifier_id = e.person_id
      group by p.identifier_value order by p.identifier_value`)
    expect(people).toEqual([
      { person: '3579', event_count: 2 },
      { person: 'Bob', event_count: 10 },
    ])
  })
})

describe("Adobe's shared devices (help/stitching/shared-devices.md)", () => {
  test('a device whose id is reset at logout is two, and each has three events', async () => {
    const { owners, people } = await ownersOf([
      ['2026-03-01 12:01:00', { cookie_id: '1234' }],
      ['2026-03-01 12:02:00', { cookie_id: '1234' }],
      ['2026-03-01 12:03:00', { cookie_id: '1234', user_id: 'ryan' }],
      ['2026-03-01 12:07:00', { cookie_id: '5678' }],
      ['2026-03-01 12:08:00', { cookie_id: '5678', user_id: 'cassidy' }],
      ['2026-03-02 11:08:00', { cookie_id: '5678' }],
    ])
    expect(owners).toEqual(['ryan', 'ryan', 'ryan', 'cassidy', 'cassidy', 'cassidy'])
    expect(people).toBe(2)
  })

  const shared: readonly Hit[] = [
    ['2026-03-01 12:01:00', { cookie_id: '1234' }],
    ['2026-03-01 12:02:00', { cookie_id: '1234' }],
    ['2026-03-01 12:03:00', { cookie_id: '1234', user_id: 'ryan' }],
    ['2026-03-01 12:07:00', { cookie_id: '1234' }],
    ['2026-03-01 12:08:00', { cookie_id: '1234', user_id: 'cassidy' }],
    ['2026-03-02 11:08:00', { cookie_id: '1234' }],
  ]

  // Adobe splits the anonymous events by time, or gives all six to the last user. With a limit we leave them to nobody …
  test('a device over the limit keeps its anonymous events to itself, and joins nobody', async () => {
    const limits = [{ for_one: 'cookie_id', at_most: 1, of: 'user_id' }]
    const { owners, people } = await ownersOf(shared, { limits })
    expect(owners).toEqual(['1234', '1234', 'ryan', '1234', 'cassidy', '1234'])
    expect(people).toBe(2)
  })

  // … and within the limit they are all of one user, the least, for an identifier is of one person at any time.
  test('a device within the limit is of the user with the least id, whose its anonymous events are', async () => {
    const { owners, people } = await ownersOf(shared)
    expect(owners).toEqual(['cassidy', 'cassidy', 'ryan', 'cassidy', 'cassidy', 'cassidy'])
    expect(people).toBe(2)
  })
})

describe("Segment's profiles", () => {
  const hits: readonly Hit[] = [
    ['2026-05-02 14:01:00', { cookie_id: 'A' }],
    ['2026-05-02 14:01:47', { cookie_id: 'A', email: 'jane@example.com' }],
    ['2026-06-22 10:47:15', { cookie_id: 'B' }],
    ['2026-06-22 10:48:00', { cookie_id: 'B', email: 'jane@example.com' }],
  ]

  test('two visitors who give one email become one profile (profiles-sync/tables.md)', async () => {
    const { owners, people } = await ownersOf(hits)
    expect(owners).toEqual(Array(4).fill('jane@example.com'))
    expect(people).toBe(1)
  })

  // Segment's id_graph_updates are rows (page, e1), (page, e3) and (identify, e4); here each link has its first event.
  test('the links say by which event the two became one', async () => {
    const world = await worldOfHits(hits)
    const links = await world.rows(`
      select c.identifier_value as cookie, e.identifier_value as email, l.rule, l.first_event_id, l.first_linked_at, l.is_active
      from profiles.identity_links as l
      inner join profiles.identifiers as c
        on c.identifier_id in (l.identifier_id_a, l.identifier_id_b) and c.identifier_kind = 'cookie_id'
      inner join profiles.identifiers as e
        on e.identifier_id in (l.identifier_id_a, l.identifier_id_b) and e.identifier_kind = 'email'
      order by c.identifier_value`)
    const link = { email: 'jane@example.com', rule: 'same_event', is_active: true }
    expect(links).toEqual([
      { ...link, cookie: 'A', first_event_id: 'e2', first_linked_at: '2026-05-02 14:01:47' },
      { ...link, cookie: 'B', first_event_id: 'e4', first_linked_at: '2026-06-22 10:48:00' },
    ])
  })

  test('an email of two users joins them no more: two profiles remain (identity-resolution-settings.md)', async () => {
    const { owners, people } = await ownersOf([
      ['2026-03-01 10:00:00', { email: 'jane@example1.com', user_id: 'abc123' }],
      ['2026-03-02 10:00:00', { email: 'jane@example1.com', user_id: 'abc456' }],
    ])
    expect(owners).toEqual(['abc123', 'abc456'])
    expect(people).toBe(2)
  })
})

describe("Mixpanel's simplified merge, and Amplitude's", () => {
  test('two user ids never merge, by whatever device', async () => {
    const { owners, people } = await ownersOf([
      ['2026-03-01 10:00:00', { device_id: 'd', user_id: 'u1' }],
      ['2026-03-02 10:00:00', { device_id: 'd', user_id: 'u2' }],
      ['2026-03-03 10:00:00', { device_id: 'd' }],
    ])
    expect(owners).toEqual(['u1', 'u2', 'u1'])
    expect(people).toBe(2)
  })
})
