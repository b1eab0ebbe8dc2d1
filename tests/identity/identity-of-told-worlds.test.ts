import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { World } from '../support/world.ts'
import { reckonIdentity, unionFind } from './reckoned-identity.ts'
import { toldWorld } from './told-world.ts'
import { rulesOf, rulesTried, toldOf, toldWorlds } from './told-worlds.ts'

const worldCount = 50
const runs = { numRuns: 3, endOnFailure: true }

describe.each(rulesTried)('with $name, in any world of e-mail addresses, numbers, orders and records', tried => {
  const { config, rules } = rulesOf(tried, worldCount)

  test('identifiers, links, people and whose each event is are those of a walk from each seed', {
    timeout: 120_000,
  }, async () => {
    const found = { merged: 0, inactive: 0, far: 0 }
    await fc.assert(
      fc.asyncProperty(toldWorlds(worldCount), async worlds => {
        const { told, sightings } = toldOf(worlds)
        const world = await toldWorld(told, config)
        const reckoned = reckonIdentity(sightings, rules)
        found.merged += reckoned.identifiers.filter(one => one.identifier_id !== one.person_id).length
        found.inactive += reckoned.links.filter(({ is_active }) => !is_active).length

        const identifiers = await world.rows(`
          select i.identifier_id, i.identifier_kind as kind, i.identifier_value as value, i.strength, i.first_seen_at,
            i.last_seen_at, i.event_count, i.record_count, i.is_shared, m.person_id
          from profiles.identifiers as i
          inner join profiles.identity_map as m on m.identifier_id = i.identifier_id`)
        expect(sorted(identifiers)).toEqual(sorted(reckoned.identifiers))

        const links = await world.rows(`
          select l.identifier_id_a as a, l.identifier_id_b as b, l.rule, coalesce(l.first_event_id, l.first_record_id) as first,
            l.event_count + l.record_count as count, l.is_active
          from profiles.identity_links as l
          inner join profiles.identifiers as a on a.identifier_id = l.identifier_id_a and not a.is_blocked
          inner join profiles.identifiers as b on b.identifier_id = l.identifier_id_b and not b.is_blocked`)
        expect(sorted(links)).toEqual(sorted(reckoned.links))

        const [far] = await world.rows('select count(*) as count from profiles.identity_territories where distance > 1')
        found.far += Number(far!.count)

        const owners = await world.rows('select event_id, person_id from journeys.person_events')
        const expected = owners.map(({ event_id }) => {
          return { event_id, person_id: reckoned.owners.get(String(event_id)) ?? `event:${event_id}` }
        })
        expect(sorted(owners)).toEqual(sorted(expected))
      }),
      runs,
    )
    // Worlds in which nobody is merged and nobody kept apart would prove little.
    expect(found.merged).toBeGreaterThan(100)
    expect(found.inactive).toBeGreaterThan(10)
    if (tried.onePersonPer === 'user_id') expect(found.far).toBeGreaterThan(5)
  })

  test('the identifiers of a person are connected by active links, and no active link leaves a person', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(toldWorlds(worldCount), async worlds => {
        const world = await toldWorld(toldOf(worlds).told, config, ['identity_links', 'identity_map'])
        const people = await world.rows('select identifier_id, person_id from profiles.identity_map')
        const connected = unionFind(people.map(({ identifier_id }) => String(identifier_id)))
        for (const { a, b } of await activeLinks(world)) connected.join(a, b)
        const joinedPeople = people.map(({ identifier_id, person_id }) => ({
          identifier_id,
          isOfPerson: connected.root(String(identifier_id)) === connected.root(String(person_id)),
        }))
        expect(joinedPeople.filter(({ isOfPerson }) => !isOfPerson)).toEqual([])
        const personCount = new Set(people.map(({ person_id }) => person_id)).size
        expect(new Set(people.map(({ identifier_id }) => connected.root(String(identifier_id)))).size).toBe(personCount)
      }),
      runs,
    )
  })
})

test('one forged link makes one person of two, or another of one', { timeout: 120_000 }, async () => {
  const { config } = rulesOf(rulesTried[0]!, worldCount)
  const [worlds] = fc.sample(toldWorlds(worldCount), { numRuns: 1, seed: 1 })
  const { told } = toldOf(worlds!)
  const of = async (events: typeof told.events) => {
    const world = await toldWorld({ ...told, events: events! }, config, ['identity_map'])
    const people = await world.rows('select identifier_id, person_id from profiles.identity_map')
    return new Map(people.map(({ identifier_id, person_id }) => [identifier_id, person_id]))
  }
  const before = await of(told.events)
  // Two browsers of worlds apart, on an event that never was.
  const [one, other] = ['w', 'x'].map(event_id => ({ event_id, at: '2026-03-09 10:00:00', kind: 'cookie_id' }))
  const strangers = [
    { ...one!, value: 'stranger' },
    { ...other!, value: 'c0.0' },
  ]
  const apart = await of([...told.events!, ...strangers])
  const forged = await of([...told.events!, ...strangers, { ...one!, value: 'c0.0' }])
  expect(apart.size).toBeGreaterThanOrEqual(before.size + 1)
  expect(forged.size).toBe(apart.size)
  expect(new Set(forged.values()).size).toBe(new Set(apart.values()).size - 1)
})

async function activeLinks(world: World): Promise<readonly { readonly a: string; readonly b: string }[]> {
  const links = await world.rows('select identifier_id_a, identifier_id_b from profiles.identity_links where is_active')
  return links.map(link => ({ a: String(link.identifier_id_a), b: String(link.identifier_id_b) }))
}

function sorted(rows: readonly object[]): readonly object[] {
  const key = (row: object) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
