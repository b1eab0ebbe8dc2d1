import type { Company, Plan } from './company.ts'
import { hour, minute, startOfDay } from './lib/calendar.ts'
import { googleShopping, lookbook, search, typed } from './site/ways-in.ts'

/** When, from the first Monday on: day, hour and minute of Berlin's clock. */
type Moment = readonly [day: number, hour: number, minute: number]

interface Part {
  readonly person: number
  readonly scenes: readonly (readonly [at: Moment, plan: Plan])[]
}

const onSite = (way: typeof typed, wishes: NonNullable<Extract<Plan, { kind: 'site' }>['wishes']> = {}): Plan => ({
  kind: 'site',
  way,
  wishes,
})

/**
 * Those whose lives are written by hand, so that the smallest sample has each of the cases that the larger ones have by
 * chance: whoever reads the truth beside the files can follow them one by one.
 */
const cast: readonly Part[] = [
  // The whole journey: an advertisement, nothing bought, a letter, a search, a chat, a call, and the store.
  {
    person: 0,
    scenes: [
      [[2, 20, 15], onSite(lookbook, { device: 0, subscribes: true })],
      // Reads the letter of day 10, and comes by its link.
      [[15, 19, 40], onSite(search, { device: 0, signsUp: true })],
      [[18, 12, 5], onSite(typed, { device: 0, logsIn: true, chats: true })],
      [[20, 11, 30], { kind: 'call', from: 'own' }],
      [[22, 16, 10], { kind: 'store', identity: 'customer', buys: 'kept' }],
    ],
  },
  // The advertisement and the letter alike, but the browser has forgotten its cookie before anybody says who it is.
  {
    person: 1,
    scenes: [
      [[1, 18, 0], onSite(googleShopping, { device: 0, subscribes: true })],
      [[16, 21, 0], onSite(typed, { device: 0, signsUp: true, buys: 'kept', clearsCookies: true })],
    ],
  },
  // Two who share an address and a tablet: the first has the account, the second buys in the store.
  {
    person: 2,
    scenes: [
      [[3, 19, 0], onSite(typed, { device: 0, signsUp: true })],
      [[5, 20, 0], onSite(typed, { device: 'last', logsIn: true })],
      [[9, 20, 30], onSite(search, { device: 0, buys: 'kept' })],
    ],
  },
  {
    person: 3,
    scenes: [
      [[6, 21, 0], onSite(typed, { device: 'last' })],
      [[12, 15, 0], { kind: 'store', identity: 'customer', buys: 'kept' }],
      [[14, 10, 0], { kind: 'ticket', channel: 'email' }],
    ],
  },
  // Five who log in on the tablet of the store, one after the other.
  ...[4, 5, 6, 7, 8].map(
    (person): Part => ({
      person,
      scenes: [
        [[4, 18, 5 * person], onSite(typed, { device: 0, signsUp: true })],
        [
          [5, 14, 12 * (person - 4)],
          { kind: 'store', tablet: true, ...(person === 5 ? { identity: 'customer', buys: 'kept' } : {}) },
        ],
      ],
    }),
  ),
  // Gives the telephone number in three ways, and calls.
  {
    person: 9,
    scenes: [
      [[7, 19, 0], onSite(typed, { device: 0, subscribes: true, signsUp: true, buys: 'kept' })],
      [[8, 11, 0], { kind: 'call', from: 'own' }],
      [[9, 11, 0], { kind: 'call', from: 'own', answered: false }],
      [[9, 14, 0], { kind: 'call', from: 'other' }],
      [[10, 14, 0], { kind: 'call', from: 'anonymous' }],
    ],
  },
  // Guests whose orders go back, whole and in part, or are called off.
  { person: 10, scenes: [[[8, 20, 0], onSite(search, { device: 0, buys: 'refunded' })]] },
  { person: 11, scenes: [[[8, 20, 30], onSite(search, { device: 0, buys: 'partly_refunded' })]] },
  { person: 12, scenes: [[[10, 20, 0], onSite(typed, { device: 0, buys: 'cancelled' })]] },
  { person: 13, scenes: [[[10, 21, 0], onSite(typed, { device: 0, buys: 'cancelled_unpaid' })]] },
  { person: 14, scenes: [[[11, 20, 0], { kind: 'store', identity: 'customer', buys: 'partly_refunded' }]] },
  { person: 15, scenes: [[[11, 17, 0], onSite(typed, { device: 0, signsUp: true, buys: 'kept' })]] },
  // From Switzerland and from the United Kingdom; the night of the change to summer time, and just before midnight.
  { person: 16, scenes: [[[41, 3, 10], onSite(typed, { device: 0, buys: 'kept' })]] },
  { person: 17, scenes: [[[43, 23, 56], onSite(lookbook, { device: 0, buys: 'kept' })]] },
  // Clears the cookies between two visits; logs in on both.
  {
    person: 18,
    scenes: [
      [[12, 20, 0], onSite(search, { device: 0, signsUp: true })],
      [[19, 20, 0], onSite(typed, { device: 0, clearsCookies: true, logsIn: true, buys: 'kept' })],
    ],
  },
  // Pays in cash and says nothing; by telephone number alone.
  { person: 19, scenes: [[[14, 12, 0], { kind: 'store', identity: 'none', buys: 'kept' }]] },
  { person: 20, scenes: [[[15, 12, 0], { kind: 'store', identity: 'phone', buys: 'kept' }]] },
  // Comes again after more than thirty days: another journey.
  {
    person: 21,
    scenes: [
      [[2, 20, 0], onSite(lookbook, { device: 0 })],
      [[40, 20, 0], onSite(search, { device: 0, signsUp: true, buys: 'kept' })],
      [[44, 20, 0], onSite(typed, { device: 0, buys: 'kept' })],
    ],
  },
  // Only looks, and is never known.
  { person: 22, scenes: [[[17, 20, 0], onSite(search, { device: 0 })]] },
  // Chats without saying who it is, in the last minutes of the sample's last day.
  { person: 23, scenes: [[[83, 21, 30], onSite(typed, { device: 0 })]] },
]

/** Everybody of the cast, with the moment of their first scene. */
export function castOnStage(): readonly { readonly number: number; readonly firstAt: number }[] {
  return cast.map(({ person, scenes }) => ({ number: person, firstAt: instantOf(scenes[0]![0]) }))
}

export function planScenes(company: Company, customer: Parameters<Company['plan']>[0]): void {
  const part = cast.find(({ person }) => person === customer.number)
  for (const [at, plan] of part?.scenes ?? []) company.plan(customer, instantOf(at), plan)
}

/** The clock stands still at no moment that the cast uses but the night of the change, when two o'clock is three. */
function instantOf([day, hourOfDay, minuteOfHour]: Moment): number {
  const isChange = day === 41 && hourOfDay >= 2
  return startOfDay(day) + (hourOfDay - (isChange ? 1 : 0)) * hour + minuteOfHour * minute
}
