import { Random } from '../lib/random.ts'
import { type Country, countries, germany, switzerland, unitedKingdom } from './countries.ts'
import { awkwardNames, familyNames, givenNames } from './names.ts'

export type DeviceCategory = 'desktop' | 'mobile' | 'tablet'

/** What is so of a person from the start; what happens to them is a customer's matter. Worked out again whenever asked for. */
export interface Person {
  readonly id: string
  readonly number: number
  readonly country: Country
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  /** Another address of theirs, by which they are in the CRM a second time until somebody merges the two. */
  readonly secondEmail: string | undefined
  /** E.164, with the plus. */
  readonly phone: string
  /** The number of Shopify's customer, once there is one. */
  readonly customerId: string
  readonly devices: readonly DeviceCategory[]
  /** They share an address of e-mail, and mostly a tablet, with their neighbour by number. */
  readonly household: { readonly number: number; readonly isSecond: boolean; readonly hasTablet: boolean } | undefined
  readonly store: 'berlin' | 'zurich' | undefined
  /** Who had an account, or letters from us, before the sample begins. */
  readonly hadAccount: boolean
  readonly hadLetters: boolean
  /** The wish to buy: 1 is the common person. */
  readonly eagerness: number
}

/** Whose lives are written by hand (`cast.ts`); all others are left to chance. */
export const castCount = 24

export function personOf(seed: string, number: number): Person {
  const random = new Random(`${seed}/person`, number)
  const household = householdOf(seed, number)
  // Those who live together have these in common.
  const home = household ? new Random(`${seed}/home`, household.number) : random
  const country = castCountry(number) ?? home.pickWeighted(countries, entry => entry.weight)
  const [familyName, familyPlain] = home.pick(familyNames)
  const [givenName, givenPlain] = random.pick(givenNames)
  const awkward = awkwardNames[number]
  const first = random.pickWeighted(categories, entry => entry.weight).name
  const ownsSecond = random.chance(0.38)
  const isLocal = random.chance(0.22)
  const mark = number.toString(36)

  return {
    id: `p${String(number + 1).padStart(7, '0')}`,
    number,
    country,
    givenName: awkward?.[0] ?? givenName,
    familyName: awkward?.[1] ?? familyName,
    email: household
      ? `familie.${familyPlain}.${household.number.toString(36)}@post.example`
      : `${givenPlain}.${familyPlain}.${mark}@${random.pick(mailHosts)}`,
    secondEmail: number >= castCount && random.chance(0.02) ? `${givenPlain}.${mark}@arbeit.example` : undefined,
    phone: phoneOf(country, number),
    customerId: String(6_900_000_000_000 + number * 97),
    devices: ownsSecond ? [first, first === 'mobile' ? 'desktop' : 'mobile'] : [first],
    household,
    store: isLocal && country === germany ? 'berlin' : isLocal && country === switzerland ? 'zurich' : undefined,
    hadAccount: number >= castCount && household?.isSecond !== true && random.chance(0.55),
    hadLetters: number >= castCount && household?.isSecond !== true && random.chance(0.16),
    eagerness: Math.min(3, 0.35 + random.waiting(0.65)),
  }
}

/** Neighbours by number now and then live together; most do not. */
function householdOf(seed: string, number: number): Person['household'] {
  const isCast = number === 2 || number === 3
  const pair = Math.floor(number / 2)
  const random = new Random(`${seed}/household`, pair)
  const liveTogether = random.chance(0.02) && number >= castCount
  if (!isCast && !liveTogether) return undefined
  return { number: pair, isSecond: number % 2 === 1, hasTablet: isCast || random.chance(0.5) }
}

/** The cast live where their parts are played. */
function castCountry(number: number): Country | undefined {
  if (number >= castCount) return undefined
  if (number === 16) return switzerland
  if (number === 17) return unitedKingdom
  return germany
}

/** No two people have the same: numbers are spread over seven digits, prefixes over what is left. */
function phoneOf(country: Country, number: number): string {
  const prefix = country.mobilePrefixes[Math.floor(number / 9_000_000) % country.mobilePrefixes.length]
  return `+${country.callingCode}${prefix}${1_000_000 + ((number * 7_919) % 9_000_000)}`
}

const mailHosts = ['post.example', 'brief.example', 'mail.example']

const categories: readonly { name: DeviceCategory; weight: number }[] = [
  { name: 'mobile', weight: 57 },
  { name: 'desktop', weight: 37 },
  { name: 'tablet', weight: 6 },
]
