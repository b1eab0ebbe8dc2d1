import { beforeAll, expect, test } from 'vitest'
import type { World } from '../support/world.ts'
import { toldWorld } from './told-world.ts'

let world: World

beforeAll(async () => {
  const at = '2026-03-01 10:00:00'
  const events = [
    { event_id: '1', at, kind: 'user_id', value: 'u1' },
    { event_id: '1', at, kind: 'email', value: 'e@acme.example' },
    { event_id: '2', at, kind: 'email', value: 'e@acme.example' },
    { event_id: '2', at, kind: 'device_id', value: 'd' },
    { event_id: '3', at, kind: 'device_id', value: 'd' },
    { event_id: '3', at, kind: 'user_id', value: 'u2' },
    { event_id: '4', at, kind: 'user_id', value: 'u2' },
    { event_id: '4', at, kind: 'phone', value: '+49151200300' },
  ]
  world = await toldWorld(
    { events },
    {
      merge: [[{ user_id: 'u2' }, { phone: '+49151200300' }]],
      keep_apart: [[{ user_id: 'u1' }, { user_id: 'u2' }]],
    },
  )
})

/** How many rows a data test of the project finds once `fault` is done to the tables; afterwards all is as it was. */
async function found(name: string, fault?: string): Promise<number> {
  const dataTest = world.compiled.dataTests.find(one => one.name === name)
  await world.session.execute('begin')
  if (fault !== undefined) await world.session.execute(fault)
  const rows = await world.session.query(dataTest!.query.text)
  await world.session.execute('rollback')
  return rows.length
}

test('a link whose activity is not that of its people is found, either way', async () => {
  const name = 'an_active_link_joins_what_is_one_person'
  expect(await found(name)).toBe(0)
  expect(await found(name, 'update profiles.identity_links set is_active = true, inactive_reason = null')).toBe(1)
  const reason = 'between two people: each user_id is a person of its own'
  const fault = `update profiles.identity_links set is_active = false, inactive_reason = '${reason}' where rule = 'same_event'`
  expect(await found(name, fault)).toBe(3)
  expect(await found(name, "update profiles.identifiers set is_shared = true where identifier_value = 'u1'")).toBe(1)
})

test('what the config keeps apart, and is one person over other links, is told', async () => {
  const name = 'what_the_config_keeps_apart_is_apart'
  expect(await found(name)).toBe(0)
  expect(await found(name, 'update profiles.identity_map set person_id = 1')).toBe(1)
})

test('what the config merges, and is not one person, is told', async () => {
  const name = 'what_the_config_merges_is_one_person'
  expect(await found(name)).toBe(0)
  expect(await found(name, 'update profiles.identity_map set person_id = identifier_id')).toBe(1)
})

test('two systems whose user ids for the same orders hardly ever are the same are told, where there are enough orders to say so', async () => {
  const name = 'systems_know_a_buyer_by_one_user_id'
  /** So many orders that a tracker and a shop tell, of which in so many the user id is the same; and one that stands for none, of many. */
  const told = (orderCount: number, sameCount: number) => `
    create temporary table told as
    select 'order ' || n as order_id, system, system || ' ' || n as event_id, case when n <= ${sameCount} then n || '' else system || n end as user_id
    from range(1, ${orderCount + 1}) as o(n), (values ('site'), ('shop')) as s(system)
    union all
    select '0', system, system || ' none ' || n, system || n from range(20) as o(n), (values ('site'), ('shop')) as s(system);
    insert into events.events (event_id, system, order_id) select event_id, system, order_id from told;
    insert into profiles.seen_identifiers (seen_in, seen_id, identifier_id, identifier_kind)
    select 'event', event_id, user_id, 'user_id' from told union all select 'event', event_id, order_id, 'order_id' from told`
  expect(await found(name)).toBe(0)
  expect(await found(name, told(10, 0))).toBe(1)
  expect(await found(name, told(9, 0))).toBe(0)
  expect(await found(name, told(20, 1))).toBe(1)
  expect(await found(name, told(20, 2))).toBe(0)
})
