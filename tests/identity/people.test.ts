import { describe, expect, test } from 'vitest'
import { type Told, toldWorld } from './told-world.ts'

const at = '2026-03-01 10:00:00'
const event = (event_id: string, seen: Readonly<Record<string, string>>, happened = at) =>
  Object.entries(seen).map(([kind, value]) => ({ event_id, at: happened, kind, value }))
const record = (record_id: string, ...held: readonly (readonly [kind: string, value: string])[]) =>
  held.map(([kind, value]) => ({ record_id, stated_at: at, kind, value }))

/** The identifiers of each person by value, the one that names them first. */
async function peopleOf(told: Told, identity: Readonly<Record<string, unknown>> = {}) {
  const world = await toldWorld(told, identity, ['identity_map', 'identity_links'])
  const members = await world.rows(`
    select p.identifier_value as person, i.identifier_value as member
    from profiles.identity_map as m
    inner join profiles.identifiers as i on i.identifier_id = m.identifier_id
    inner join profiles.identifiers as p on p.identifier_id = m.person_id
    where i.identifier_id <> m.person_id
    order by p.identifier_value, i.identifier_value`)
  const names = await world.rows(`
    select distinct p.identifier_value as person
    from profiles.identity_map as m
    inner join profiles.identifiers as p on p.identifier_id = m.person_id
    order by p.identifier_value`)
  return Object.fromEntries(
    names.map(({ person }) => [person, members.filter(one => one.person === person).map(({ member }) => member)]),
  )
}

const example: Told = {
  events: [
    ...event('1', { user_id: 'u1', email: 'e@acme.example' }),
    ...event('2', { email: 'e@acme.example', device_id: 'd' }),
    ...event('3', { device_id: 'd', user_id: 'u2' }),
  ],
}

describe('each user id is a person of its own', () => {
  test('and what lies between two of them joins the nearest', async () => {
    expect(await peopleOf(example)).toEqual({ u1: ['e@acme.example'], u2: ['d'] })
  })

  test('the link between the two is inactive, and says why', async () => {
    const world = await toldWorld(example)
    const inactive = await world.rows(`
      select least(a.identifier_value, b.identifier_value) as one, greatest(a.identifier_value, b.identifier_value) as other,
        l.inactive_reason, l.first_event_id
      from profiles.identity_links as l
      inner join profiles.identifiers as a on a.identifier_id = l.identifier_id_a
      inner join profiles.identifiers as b on b.identifier_id = l.identifier_id_b
      where not l.is_active`)
    const inactive_reason = 'between two people: each user_id is a person of its own'
    expect(inactive).toEqual([{ one: 'd', other: 'e@acme.example', inactive_reason, first_event_id: '2' }])
  })

  test('with one_person_per: none, links close over all of them', async () => {
    expect(await peopleOf(example, { one_person_per: 'none' })).toEqual({ u1: ['d', 'e@acme.example', 'u2'] })
  })

  test('two of them that one record states are one', async () => {
    const records = record('crm:1', ['user_id', 'u1'], ['user_id', 'u2'])
    expect(await peopleOf({ ...example, records })).toEqual({ u1: ['d', 'e@acme.example', 'u2'] })
  })

  test('two of them on one event are not', async () => {
    const events = [...event('1', { user_id: 'u1' }), ...event('1', { user_id: 'u2' })]
    expect(await peopleOf({ events })).toEqual({ u1: [], u2: [] })
  })

  test('of two equally near the lesser has it, whichever was seen first', async () => {
    const events = [
      ...event('1', { user_id: 'b', device_id: 'd' }, '2026-03-01 10:00:00'),
      ...event('2', { user_id: 'a', device_id: 'd' }, '2026-03-02 10:00:00'),
    ]
    expect(await peopleOf({ events })).toEqual({ a: ['d'], b: [] })
  })
})

describe('the config decides by hand', () => {
  test('what it merges is one person, under whatever spelling', async () => {
    const merge = [[{ user_id: 'u2' }, { email: ' E@ACME.example' }]]
    expect(await peopleOf(example, { merge })).toEqual({ u1: [], u2: ['d', 'e@acme.example'] })
  })

  test('user ids that it merges are one seed', async () => {
    const merge = [[{ user_id: 'u2' }, { user_id: 'u1' }]]
    expect(await peopleOf(example, { merge })).toEqual({ u1: ['d', 'e@acme.example', 'u2'] })
  })

  test('what it merges with one that was never seen is one person still', async () => {
    const merge = [
      [{ user_id: 'u1' }, { user_id: 'never seen' }],
      [{ user_id: 'never seen' }, { user_id: 'u2' }],
    ]
    expect(await peopleOf(example, { merge })).toEqual({ u1: ['d', 'e@acme.example', 'u2'] })
  })

  test('what it keeps apart is linked no more, and the limits do not count it', async () => {
    const keep_apart = [[{ user_id: 'u1' }, { email: 'e@acme.example' }]]
    expect(await peopleOf(example, { keep_apart })).toEqual({ u1: [], u2: ['d', 'e@acme.example'] })

    const events = ['u1', 'u2', 'u3', 'u4'].flatMap((user_id, index) =>
      event(String(index), { user_id, device_id: 'd' }),
    )
    expect(await peopleOf({ events })).toEqual({ u1: [], u2: [], u3: [], u4: [], d: [] })
    const unmerged = [[{ user_id: 'u1' }, { device_id: 'd' }]]
    expect(await peopleOf({ events }, { keep_apart: unmerged })).toEqual({ u1: [], u2: ['d'], u3: [], u4: [] })
  })

  test('two user ids of one record that it keeps apart are two people', async () => {
    const records = record('crm:1', ['user_id', 'u1'], ['user_id', 'u2'])
    const keep_apart = [[{ user_id: 'u1' }, { user_id: 'u2' }]]
    expect(await peopleOf({ records }, { keep_apart })).toEqual({ u1: [], u2: [] })
  })
})

describe('records', () => {
  test('link what a contact holds, though no event has both', async () => {
    const told = {
      events: [
        ...event('1', { cookie_id: 'c', email: 'ada@acme.example' }),
        ...event('2', { phone: '+49 151 2345678' }),
      ],
      records: record(
        'hubspot:contact:7',
        ['crm_id', 'hubspot:7'],
        ['email', 'Ada@acme.example'],
        ['phone', '00491512345678'],
      ),
    }
    expect(await peopleOf(told)).toEqual({ 'ada@acme.example': ['+491512345678', 'c', 'hubspot:7'] })
  })

  test('link nobody by what is blocked, or no address', async () => {
    const records = [
      ...record('crm:1', ['crm_id', '1'], ['email', 'none'], ['phone', '0151 2345678']),
      ...record('crm:2', ['crm_id', '2'], ['email', 'none'], ['phone', '0151 2345678']),
    ]
    expect(await peopleOf({ records })).toEqual({ 1: [], 2: [] })
    expect(await peopleOf({ records }, { phone_country: 'DE' })).toEqual({ '+491512345678': ['1', '2'] })
  })

  test('are no events: who stands in records alone is seen, and has none', async () => {
    const world = await toldWorld({ records: record('crm:1', ['crm_id', '1'], ['email', 'ada@acme.example']) })
    expect(
      await world.rows('select identifier_value, event_count, record_count from profiles.identifiers order by 1'),
    ).toEqual([
      { identifier_value: '1', event_count: 0, record_count: 1 },
      { identifier_value: 'ada@acme.example', event_count: 0, record_count: 1 },
    ])
    expect(await world.rows('select * from events.event_identifiers')).toEqual([])
    const people = await world.rows('select first_seen_at, known_since, identifier_count from profiles.people')
    expect(people).toEqual([{ first_seen_at: at, known_since: at, identifier_count: 2 }])
  })
})

test('kinds that the config does not let link stay apart', async () => {
  const links = [['user_id', 'email']]
  expect(await peopleOf(example, { links })).toEqual({ u1: ['e@acme.example'], u2: [], d: [] })
})

test('a browser with more addresses than the limit is a person of its own, though nobody logged in', async () => {
  const events = ['a', 'b', 'c', 'd'].flatMap((name, index) =>
    event(String(index), { cookie_id: 'kiosk', email: `${name}@acme.example` }),
  )
  const apart = { 'a@acme.example': [], 'b@acme.example': [], 'c@acme.example': [], 'd@acme.example': [], kiosk: [] }
  expect(await peopleOf({ events })).toEqual(apart)
  expect(await peopleOf({ events: events.slice(2) })).toEqual({
    'b@acme.example': ['c@acme.example', 'd@acme.example', 'kiosk'],
  })
})

test('of what is told of a person the newest counts, then the system, then the record; what a record does not know takes nothing back', async () => {
  const tells = (record_id: string, system: string, told_at: string, trait: string, trait_value: string | null) => ({
    record_id,
    system,
    told_at: `2026-03-0${told_at} 10:00:00`,
    kind: record_id.startsWith('z') ? 'email' : 'user_id',
    value: record_id.startsWith('z') ? ' ADA@acme.example' : 'u1',
    trait,
    trait_value,
  })
  const world = await toldWorld({
    events: event('1', { user_id: 'u1', email: 'ada@acme.example' }),
    traits: [
      tells('h:1', 'hubspot', '2', 'first_name', 'Ada'),
      tells('z:1', 'zendesk', '3', 'first_name', 'Adah'),
      tells('h:2', 'hubspot', '4', 'first_name', null),
      tells('h:3', 'hubspot', '4', 'first_name', ''),
      tells('z:1', 'zendesk', '5', 'country', 'AT'),
      tells('h:1', 'hubspot', '5', 'country', 'DE'),
      tells('h:2', 'hubspot', '6', 'language', 'de'),
      tells('h:1', 'hubspot', '6', 'language', 'en'),
      { ...tells('h:9', 'hubspot', '9', 'language', 'fr'), value: 'nobody seen' },
    ],
  })
  expect(
    await world.rows('select trait, trait_value, system, told_at from profiles.person_traits order by trait'),
  ).toEqual([
    { trait: 'country', trait_value: 'DE', system: 'hubspot', told_at: '2026-03-05 10:00:00' },
    { trait: 'first_name', trait_value: 'Adah', system: 'zendesk', told_at: '2026-03-03 10:00:00' },
    { trait: 'language', trait_value: 'en', system: 'hubspot', told_at: '2026-03-06 10:00:00' },
  ])
})
