import fc from 'fast-check'
import type { RawEvent } from '../support/world.ts'

/** People with events, and the company's definitions of what counts. */
export interface RandomWorld {
  readonly events: readonly RawEvent[]
  readonly lostAfterSeconds: number
  readonly definitions: Readonly<Record<string, unknown>>
  readonly conversions: readonly string[]
}

interface Person {
  /** Microseconds after the world's beginning. */
  readonly start: number
  readonly moves: readonly Move[]
}

interface Move {
  /** Microseconds since the person's previous event. */
  readonly pause: number
  readonly event: string
  readonly channel: string | null
  readonly page: string | null
  readonly device: string
  readonly tieBreak: number
}

const conversions = {
  purchase: { event: 'order_placed', value: 'revenue' },
  lead: { event: 'lead_sent', value: 2.5, micro: true },
  look: { event: 'page_viewed', micro: true, counts: 'once_per_person' },
}

/** What may count as a touchpoint: sessions, single events beside them, or single events alone, the converting one among them. */
export const touchpointSettings: readonly (readonly string[])[] = [
  ['session_started'],
  ['session_started', 'email_clicked'],
  ['email_clicked', 'order_placed'],
]

/** Pauses of exactly the limit, a microsecond to either side of it, none at all, and any other; events that convert for one, two or no definition. */
export function randomWorld(touchpoints: readonly string[]): fc.Arbitrary<RandomWorld> {
  return fc
    .record({
      lostAfter: fc.constantFrom(3_600, 3 * 86_400),
      touchpoints: fc.constant(touchpoints),
      segments: fc.constantFrom([], ['channel'], ['device_category', 'channel']),
    })
    .chain(settings => {
      const limit = settings.lostAfter * 1_000_000
      return fc
        .array(person(limit), { minLength: 25, maxLength: 40, size: 'max' })
        .map(people => worldOfPeople([...people, ...peopleAtTheEdges(people, limit)], settings))
    })
}

function person(limit: number): fc.Arbitrary<Person> {
  const pause = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(0, 1, limit - 1, limit, limit + 1) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 2 * limit }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 2_400_000_000 }) },
  )
  const move = fc.record({
    pause,
    event: fc.constantFrom('page_viewed', 'page_viewed', 'email_clicked', 'email_clicked', 'order_placed', 'lead_sent'),
    channel: fc.constantFrom(null, null, 'Email', 'Store'),
    page: fc.constantFrom(null, '/', '/lamps'),
    device: fc.constantFrom('desktop', 'mobile'),
    tieBreak: fc.integer({ min: 0, max: 9 }),
  })
  return fc.record({
    start: fc.integer({ min: 0, max: 20 * 86_400_000_000 }),
    moves: fc.array(move, { minLength: 1, maxLength: 10, size: 'max' }),
  })
}

/** What chance may leave out: ties around a conversion, pauses at the limit and past it, a second conversion, people left at the limit. */
function peopleAtTheEdges(people: readonly Person[], limit: number): readonly Person[] {
  const move = (event: string, pause = 0, tieBreak = 0): Move => ({
    pause,
    event,
    channel: null,
    page: null,
    device: 'mobile',
    tieBreak,
  })
  const ends = people.map(({ start, moves }) => moves.reduce((at, { pause }) => at + pause, start))
  const latest = Math.max(3 * limit, ...ends)
  return [
    { start: 0, moves: [move('email_clicked', 0, 1), move('order_placed', 0, 2), move('email_clicked', 0, 3)] },
    { start: 0, moves: [move('email_clicked'), move('email_clicked', limit), move('email_clicked', limit + 1)] },
    { start: 0, moves: [move('email_clicked'), move('lead_sent', 1), move('lead_sent', 1)] },
    { start: latest, moves: [move('page_viewed')] },
    { start: latest - limit, moves: [move('email_clicked')] },
    { start: latest - limit - 1, moves: [move('email_clicked')] },
  ]
}

function worldOfPeople(
  people: readonly Person[],
  settings: {
    readonly lostAfter: number
    readonly touchpoints: readonly string[]
    readonly segments: readonly string[]
  },
): RandomWorld {
  const events = people.flatMap(({ start, moves }, who) => {
    let at = start
    return moves.map(({ pause, event, channel, page, device, tieBreak }, index): RawEvent => {
      at += pause
      return {
        event_id: `${tieBreak}-${who}-${index}`,
        at: instantAfter(at),
        event,
        user: `person ${who}`,
        channel,
        page,
        device_category: device,
        ...(event === 'order_placed' ? { order_id: `${who}-${index}`, revenue: `${index}.25`, currency: 'EUR' } : {}),
      }
    })
  })
  return {
    events,
    lostAfterSeconds: settings.lostAfter,
    conversions: Object.keys(conversions),
    definitions: {
      conversions,
      reporting: { timezone: 'Europe/Berlin' },
      journeys: { lost_after: `${settings.lostAfter} seconds` },
      attribution: { touchpoints: settings.touchpoints },
      segments: settings.segments,
    },
  }
}

const epoch = Date.UTC(2026, 2, 20)

function instantAfter(microseconds: number): string {
  const milliseconds = new Date(epoch + Math.floor(microseconds / 1000)).toISOString().slice(0, 23).replace('T', ' ')
  return `${milliseconds}${String(microseconds - 1000 * Math.floor(microseconds / 1000)).padStart(3, '0')}`
}
