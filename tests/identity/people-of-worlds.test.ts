import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { worldOf } from '../support/world.ts'
import { reckonPeople } from './reckoned-people.ts'
import { isNobody, limits, worldDefinitions, worlds } from './worlds.ts'

const runs = { numRuns: 6, endOnFailure: true }

describe('in any world', () => {
  test('identifiers, people and whose each event is are those of a walk from each user', {
    timeout: 120_000,
  }, async () => {
    const found = { shared: 0, merged: 0 }
    await fc.assert(
      fc.asyncProperty(worlds, async events => {
        const world = await worldOf(events, { definitions: worldDefinitions, models: ['people'] })
        const raw = await world.rows('select * from raw.clickstream__events')
        const reckoned = reckonPeople(raw, limits, isNobody)
        found.shared += reckoned.identifiers.filter(({ is_shared }) => is_shared).length
        found.merged += reckoned.identifiers.filter(
          ({ identifier_id, person_id }) => identifier_id !== person_id,
        ).length

        const identifiers = await world.rows(`
          select i.identifier_id, i.identifier_kind as kind, i.identifier_value as value, i.strength, i.first_seen_at,
            i.last_seen_at, i.event_count, i.record_count, i.is_shared, m.person_id
          from profiles.identifiers as i
          inner join profiles.identity_map as m on m.identifier_id = i.identifier_id
          order by i.identifier_id`)
        expect(identifiers).toEqual(sorted(reckoned.identifiers, 'identifier_id'))

        const owners = await world.rows('select event_id, person_id from journeys.person_events order by event_id')
        expect(owners).toEqual(
          sorted(
            reckoned.events.map(({ event_id, person_id }) => ({ event_id, person_id })),
            'event_id',
          ),
        )

        const people = await world.rows('select person_id, is_shared_device from profiles.people order by person_id')
        const isShared = new Map(reckoned.events.map(({ person_id }) => [person_id, false]))
        for (const { person_id, is_shared } of reckoned.identifiers) isShared.set(person_id, is_shared)
        const expected = [...isShared].map(([person_id, is_shared_device]) => ({ person_id, is_shared_device }))
        expect(people).toEqual(sorted(expected, 'person_id'))
      }),
      runs,
    )
    // Worlds in which nobody is shared and nobody merged would prove little.
    expect(found.shared).toBeGreaterThan(50)
    expect(found.merged).toBeGreaterThan(100)
  })

  test('every event is of exactly one person, and an active link never joins two', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async events => {
        const world = await worldOf(events, {
          definitions: worldDefinitions,
          models: ['person_events', 'identity_links'],
        })
        const ids = new Set(events.map(({ event_id }) => event_id))
        const [counts] = await world.rows(
          'select count(*) as events, count(distinct event_id) as ids, count(person_id) as owners from journeys.person_events',
        )
        expect(counts).toEqual({ events: ids.size, ids: ids.size, owners: ids.size })

        const torn = await world.rows(`
          select l.identifier_id_a, l.identifier_id_b
          from profiles.identity_links as l
          inner join profiles.identity_map as a on a.identifier_id = l.identifier_id_a
          inner join profiles.identity_map as b on b.identifier_id = l.identifier_id_b
          where l.is_active and a.person_id <> b.person_id`)
        expect(torn).toEqual([])

        const merged = await world.rows(`
          select m.person_id
          from profiles.identity_map as m
          inner join profiles.identifiers as i on i.identifier_id = m.identifier_id
          group by m.person_id
          having count(*) > 1 and bool_or(i.is_shared or i.is_blocked)`)
        expect(merged, 'what is shared or blocked is merged with nobody').toEqual([])
      }),
      runs,
    )
  })

  test('neither the order of the rows nor rows that stand twice change anything', { timeout: 120_000 }, async () => {
    const models = ['people', 'sessions', 'touchpoints', 'identity_links']
    const told = [...models, 'events', 'identifiers', 'identity_map', 'person_events', 'conversions']
    await fc.assert(
      fc.asyncProperty(worlds, fc.integer(), async (events, seed) => {
        const [shuffled] = fc.sample(
          fc.shuffledSubarray([...events, ...events.slice(0, 40)], { minLength: events.length + 40 }),
          { seed, numRuns: 1 },
        )
        const [one, other] = [
          await worldOf(events, { definitions: worldDefinitions, models }),
          await worldOf(shuffled!, { definitions: worldDefinitions, models }),
        ]
        for (const model of told) expect(await other.rows(model), model).toEqual(await one.rows(model))
      }),
      { numRuns: 4, endOnFailure: true },
    )
  })
})

function sorted<T, K extends keyof T>(rows: readonly T[], key: K): readonly T[] {
  return [...rows].sort((a, b) => (a[key] < b[key] ? -1 : 1))
}
