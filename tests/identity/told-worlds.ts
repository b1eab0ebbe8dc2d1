import fc from 'fast-check'
import type { Rules, Sighting } from './reckoned-identity.ts'
import type { Told, ToldInRecord, ToldOnEvent } from './told-world.ts'

/** An identifier as a system writes it, and as it is normalised; NULL where it identifies nobody. */
interface Written {
  readonly kind: string
  readonly value: string
  readonly normal: string | null
}

const plain = (kind: string, count: number): readonly Written[] =>
  Array.from({ length: count }, (_, number) => ({
    kind,
    value: `${kind[0]}#${number}`,
    normal: `${kind[0]}#${number}`,
  }))

/** `#` is the number of the world: two worlds have nothing in common. */
const written: readonly Written[] = [
  ...plain('user_id', 3),
  ...plain('device_id', 4),
  ...plain('cookie_id', 5),
  ...plain('crm_id', 3),
  { kind: 'email', value: 'ada#@acme.example', normal: 'ada#@acme.example' },
  { kind: 'email', value: ' Ada#@ACME.example\t', normal: 'ada#@acme.example' },
  { kind: 'email', value: 'bob#@acme.example', normal: 'bob#@acme.example' },
  { kind: 'email', value: 'office#@acme.example', normal: 'office#@acme.example' },
  { kind: 'email', value: 'none', normal: null },
  { kind: 'email', value: 'ada#', normal: null },
  { kind: 'email', value: 'spam#@spam.example', normal: null },
  { kind: 'order_id', value: 'O#0', normal: 'O#0' },
  { kind: 'order_id', value: ' o#0', normal: 'O#0' },
  { kind: 'order_id', value: 'o#1\t', normal: 'O#1' },
  { kind: 'order_id', value: 'O#2', normal: 'O#2' },
  { kind: 'order_id', value: 'O#3', normal: 'O#3' },
  { kind: 'cookie_id', value: 'ga4:Undefined', normal: null },
  { kind: 'phone', value: '+49 151 200####', normal: '+49151200####' },
  { kind: 'phone', value: '0151/200####', normal: '+49151200####' },
  { kind: 'phone', value: '0049 (0)160 200 ####', normal: '+49160200####' },
  { kind: 'phone', value: 'ext. 12', normal: null },
  { kind: 'user_id', value: ' GUEST ', normal: null },
  { kind: 'user_id', value: '  ', normal: null },
]

/** Of these rules each property is tried with each. */
export interface ToldRules {
  readonly name: string
  readonly limits: Rules['limits']
  readonly links: Rules['links']
  readonly onePersonPer: string
  readonly byHand: boolean
}

const strength = ['user_id', 'email', 'phone', 'crm_id', 'device_id', 'cookie_id', 'order_id']
const fewUsers = [
  { for_one: 'device_id', at_most: 2, of: 'user_id' },
  { for_one: 'email', at_most: 2, of: 'user_id' },
  { for_one: 'user_id', at_most: 3, of: 'cookie_id' },
]

export const rulesTried: readonly ToldRules[] = [
  { name: 'seeds, and no limits', limits: [], links: 'all', onePersonPer: 'user_id', byHand: false },
  {
    name: 'seeds, limits, and decisions by hand',
    limits: fewUsers,
    links: 'all',
    onePersonPer: 'user_id',
    byHand: true,
  },
  {
    name: 'plain closure',
    limits: fewUsers.map(limit => ({ ...limit, at_most: 1 })),
    links: 'all',
    onePersonPer: 'none',
    byHand: true,
  },
  {
    name: 'kinds that do not link, and a person per e-mail address',
    limits: [],
    links: [
      ['user_id', 'email'],
      ['user_id', 'user_id'],
      ['email', 'phone'],
      ['cookie_id', 'email'],
      ['cookie_id', 'device_id'],
    ],
    onePersonPer: 'email',
    byHand: true,
  },
]

const seen = fc.record({
  in: fc.oneof(
    { weight: 4, arbitrary: fc.record({ event: fc.nat(11) }) },
    { weight: 1, arbitrary: fc.record({ record: fc.nat(3) }) },
  ),
  identifier: fc.constantFrom(...written),
})

export type ToldWorld = readonly {
  readonly in: { readonly event?: number; readonly record?: number }
  readonly identifier: Written
}[]

/** Many worlds in one database, in no order: the statements cost little more for all than for one. */
export const toldWorlds = (count: number): fc.Arbitrary<readonly ToldWorld[]> =>
  fc.array(fc.array(seen, { minLength: 8, maxLength: 36, size: 'max' }), { minLength: count, maxLength: count })

/** The worlds as systems tell them, and as they are when normalised; events are a minute apart, so that some are of one instant. */
export function toldOf(worlds: readonly ToldWorld[]): { readonly told: Told; readonly sightings: readonly Sighting[] } {
  const events: ToldOnEvent[] = []
  const records: ToldInRecord[] = []
  const sightings: Sighting[] = []
  for (const [number, world] of worlds.entries()) {
    for (const { in: place, identifier } of world) {
      const value = inWorld(identifier.value, number)
      const normal = identifier.normal === null ? null : inWorld(identifier.normal, number)
      const { kind } = identifier
      if (place.event !== undefined) {
        const [event_id, at] = [`w${number}-e${place.event}`, `2026-03-01 10:0${place.event % 5}:00`]
        events.push({ event_id, at, kind, value })
        if (normal !== null) sightings.push({ seen_in: 'event', seen_id: event_id, at, kind, value: normal })
      } else {
        const [record_id, stated_at] = [`told:w${number}-${place.record}`, `2026-03-01 10:0${place.record! + 1}:30`]
        records.push({ record_id, stated_at, kind, value })
        if (normal !== null) {
          sightings.push({ seen_in: 'record', seen_id: record_id, at: stated_at, kind, value: normal })
        }
      }
    }
  }
  return { told: { events, records }, sightings }
}

/** The section `identity` of the config, as written there, and the same rules with all values normalised. */
export function rulesOf(
  { limits, links, onePersonPer, byHand }: ToldRules,
  worldCount: number,
): { readonly config: Readonly<Record<string, unknown>>; readonly rules: Rules } {
  const worlds = byHand ? Array.from({ length: worldCount }, (_, number) => number) : []
  return {
    config: {
      strength,
      limits,
      links,
      one_person_per: onePersonPer,
      phone_country: 'DE',
      blocked: { email: ['*@SPAM.example'] },
      merge: worlds.flatMap(number => [
        [{ user_id: inWorld('u#0', number) }, { email: inWorld('BOB#@acme.example', number) }],
        [{ cookie_id: inWorld('c#0', number) }, { phone: inWorld('0160 200 ####', number) }],
        [{ phone: inWorld('+49160200####', number) }, { crm_id: inWorld('c#1', number) }],
      ]),
      keep_apart: worlds.map(number => [
        { user_id: inWorld('u#1', number) },
        { email: inWorld('ada#@acme.example', number) },
        { user_id: inWorld('u#2', number) },
      ]),
    },
    rules: {
      strength,
      limits,
      links,
      onePersonPer,
      merge: worlds.flatMap(number => [
        [
          ['user_id', inWorld('u#0', number)],
          ['email', inWorld('bob#@acme.example', number)],
        ],
        [
          ['cookie_id', inWorld('c#0', number)],
          ['phone', inWorld('+49160200####', number)],
          ['crm_id', inWorld('c#1', number)],
        ],
      ]),
      keepApart: worlds.map(number => [
        ['user_id', inWorld('u#1', number)],
        ['email', inWorld('ada#@acme.example', number)],
        ['user_id', inWorld('u#2', number)],
      ]),
    },
  }
}

const inWorld = (text: string, number: number): string =>
  text.replaceAll('####', String(number).padStart(4, '0')).replaceAll('#', `${number}.`)
