import type { DeviceCategory } from './click.ts'
import { randomFrom } from './random.ts'

/** A device as its owner has it; `keepsCookie` is one that nobody ever clears. */
export interface OwnedDevice {
  readonly category: DeviceCategory
  readonly cookie: string
  readonly keepsCookie: boolean
}

/** What is so of a person from the start; what happens to them is a shopper's matter. */
export interface Person {
  readonly id: string
  readonly number: number
  /** The accounts that they will use, in order; the second is of those who forgot the first. */
  readonly customerIds: readonly [string, ...string[]]
  readonly signsUpAtOnce: boolean
  readonly country: string
  readonly devices: readonly OwnedDevice[]
  readonly livesNearShowroom: boolean
  /** The wish to buy: 1 is the common person. */
  readonly eagerness: number
}

/** Accounts whose names try to break what reads them: the first few people of every shop have one each. */
export const awkwardCustomerIds: readonly string[] = [
  `O'Brien "Q" \\ 🦊; drop table people`,
  `'; delete from events; --`,
  `Müller, "Jörg" | \${HOME} {{ ref }}`,
  '山田 太郎, 東京\\',
  '__proto__',
]

/** Person `number` of a shop, from 0. */
export function personOf(seed: string, number: number): Person {
  const random = randomFrom(`${seed}/person/${number}`)
  const awkward = awkwardCustomerIds[number]
  const customerId = awkward ?? `C-${100_000 + number * 7}`
  const hasSecondAccount = awkward === undefined && random.chance(0.02)
  const household = householdOf(seed, number)
  const country = household?.country ?? random.pickWeighted(countries, entry => entry.weight).name
  const first = random.pickWeighted(categories, entry => entry.weight).name
  const ownsSecond = random.chance(0.45)
  const own = ownsSecond ? [first, first === 'mobile' ? ('desktop' as const) : ('mobile' as const)] : [first]

  return {
    id: `p${String(number + 1).padStart(5, '0')}`,
    number,
    customerIds: hasSecondAccount ? [customerId, `C-${900_000 + number * 7}`] : [customerId],
    signsUpAtOnce: awkward !== undefined,
    country,
    devices: [
      ...own.map(category => ({ category, cookie: newCookie(random.hex(16)), keepsCookie: false })),
      ...(household ? [household.tablet] : []),
    ],
    livesNearShowroom: country === 'DE' && random.chance(0.04),
    eagerness: Math.min(3, 0.35 + random.waiting(0.65)),
  }
}

export function newCookie(hex: string): string {
  return `lum.${hex}`
}

/** Neighbours by number now and then live together and share a tablet; most do not. */
function householdOf(seed: string, number: number): { country: string; tablet: OwnedDevice } | undefined {
  const random = randomFrom(`${seed}/household/${Math.floor(number / 2)}`)
  if (!random.chance(0.02)) return undefined
  return {
    country: random.pickWeighted(countries, entry => entry.weight).name,
    tablet: { category: 'tablet', cookie: newCookie(random.hex(16)), keepsCookie: true },
  }
}

const countries = [
  { name: 'DE', weight: 62 },
  { name: 'AT', weight: 14 },
  { name: 'CH', weight: 10 },
  { name: 'NL', weight: 8 },
  { name: 'FR', weight: 6 },
]

const categories: readonly { name: DeviceCategory; weight: number }[] = [
  { name: 'mobile', weight: 57 },
  { name: 'desktop', weight: 37 },
  { name: 'tablet', weight: 6 },
]
