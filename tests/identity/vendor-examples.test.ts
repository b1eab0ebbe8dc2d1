import { describe, expect, test } from 'vitest'
import { type RawEvent, worldOf } from '../support/world.ts'

/** For each event the value of the identifier that names its person; `event` where none does. */
async function ownersOf(events: readonly RawEvent[], identity: Readonly<Record<string, unknown>> = {}) {
  const numbered = events.map((event, index) => ({ event_id: `e${String(index).padStart(2, '0')}`, ...event }))
  const world = await worldOf(numbered, { definitions: { identity }, models: ['people'] })
  const owners = await world.rows(`
    select p.event_id, coalesce(i.identifier_value, 'event') as owner
    from journeys.person_events as p
    left join profiles.identifiers as i on i.identifier_id = p.person_id
    order by p.event_id`)
  const [people] = await world.rows('select count(*) as count from profiles.people where not is_shared_device')
  return { owners: owners.map(({ owner }) => owner), people: people!.count }
}

const seen = (device: string, at: string, user: string | null = null): RawEvent => ({ device, at, user, event: 'hit' })

describe("Adobe's field-based stitching (help/stitching/fbs.md)", () => {
  const day = '2023-05-12'
  const hits = [
    ...(['01 -', '02 Bob', '03 Bob', '04 -', '05 Bob', '06 -', '07 Bob'] as const).map(hit => ['246', hit] as const),
    ...(['03 -', '09 -'] as const).map(hit => ['3579', hit] as const),
    ...(['02 -', '05 Bob', '12 -'] as const).map(hit => ['81911', hit] as const),
  ].map(([device, hit]) => {
    const [minute, user] = hit.split(' ')
    return seen(device, `${day} 12:${minute}:00`, user === '-' ? null : user!)
  })

  test('after replay, what was anonymous on a recognised device is Bob: two people', async () => {
    const { owners, people } = await ownersOf(hits)
    expect(owners).toEqual([...Array(7).fill('Bob'), '3579', '3579', 'Bob', 'Bob', 'Bob'])
    expect(people).toBe(2)
  })
})

describe("Adobe's shared devices (help/stitching/shared-devices.md)", () => {
  test('a device whose id is reset at logout is two, and each has three events', async () => {
    const { owners, people } = await ownersOf([
      seen('1234', '2026-03-01 12:01:00'),
      seen('1234', '2026-03-01 12:02:00'),
      seen('1234', '2026-03-01 12:03:00', 'ryan'),
      seen('5678', '2026-03-01 12:07:00'),
      seen('5678', '2026-03-01 12:08:00', 'cassidy'),
      seen('5678', '2026-03-02 11:08:00'),
    ])
    expect(owners).toEqual(['ryan', 'ryan', 'ryan', 'cassidy', 'cassidy', 'cassidy'])
    expect(people).toBe(2)
  })

  // Adobe splits the anonymous events among the two, or gives all six to the last; with a limit we leave them to nobody.
  test('a device over the limit keeps its anonymous events to itself, and joins nobody', async () => {
    const { owners, people } = await ownersOf(
      [
        seen('1234', '2026-03-01 12:01:00'),
        seen('1234', '2026-03-01 12:02:00'),
        seen('1234', '2026-03-01 12:03:00', 'ryan'),
        seen('1234', '2026-03-01 12:07:00'),
        seen('1234', '2026-03-01 12:08:00', 'cassidy'),
        seen('1234', '2026-03-02 11:08:00'),
      ],
      { limits: [{ for_one: 'device_id', at_most: 1, of: 'user_id' }] },
    )
    expect(owners).toEqual(['1234', '1234', 'ryan', '1234', 'cassidy', '1234'])
    expect(people).toBe(2)
  })
})

describe("Segment's profiles (here the email stands as the user, its anonymous id as the device)", () => {
  test('two visitors who give one email become one profile (profiles-sync/tables.md)', async () => {
    const { owners, people } = await ownersOf([
      seen('A', '2026-05-02 14:01:00'),
      seen('A', '2026-05-02 14:01:47', 'jane@example.com'),
      seen('B', '2026-06-22 10:47:15'),
      seen('B', '2026-06-22 10:48:00', 'jane@example.com'),
    ])
    expect(owners).toEqual(Array(4).fill('jane@example.com'))
    expect(people).toBe(1)
  })

  // Here the email stands as the device.
  test('an email of two users joins them no more than the limit allows: two profiles remain (identity-resolution-settings.md)', async () => {
    const { owners, people } = await ownersOf(
      [
        seen('jane@example1.com', '2026-03-01 10:00:00', 'abc123'),
        seen('jane@example1.com', '2026-03-02 10:00:00', 'abc456'),
      ],
      { limits: [{ for_one: 'device_id', at_most: 1, of: 'user_id' }] },
    )
    expect(owners).toEqual(['abc123', 'abc456'])
    expect(people).toBe(2)
  })
})

// Two users are joined by a device that neither limit forbids: what no seed of user ids keeps apart closes transitively.
test('two users of one device are one person, as long as no more use it than the limit allows', async () => {
  const { owners, people } = await ownersOf([
    seen('d', '2026-03-01 10:00:00', 'u1'),
    seen('d', '2026-03-02 10:00:00', 'u2'),
    seen('d', '2026-03-03 10:00:00'),
  ])
  expect(owners).toEqual(['u1', 'u1', 'u1'])
  expect(people).toBe(1)
})
