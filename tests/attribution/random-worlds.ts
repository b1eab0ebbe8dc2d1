import fc from 'fast-check'
import type { RawEvent } from '../support/world.ts'
import type { Rule } from './reckoning.ts'

/** People with touches and conversions, and the models that share the credit. */
export interface RandomWorld {
  readonly events: readonly RawEvent[]
  readonly lookbackSeconds: number
  readonly rules: Readonly<Record<string, Rule>>
  readonly compareTo: string
  readonly definitions: Readonly<Record<string, unknown>>
}

const skip = fc.constantFrom([], ['Direct'], ['Direct', 'Email'], ['Nowhere'])

/** Whole percents, of which the two together are from 1 to 100. */
const ends = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
  .map(([first, last]) => (first + last > 100 ? { first: 100 - first, last: 100 - last } : { first, last }))
  .filter(({ first, last }) => first + last > 0)

const rules: fc.Arbitrary<Readonly<Record<string, Rule>>> = fc.record({
  first: skip.map((skip): Rule => ({ credit: 'first', skip })),
  last: fc.constant<Rule>({ credit: 'last' }),
  last_of_some: skip.map((skip): Rule => ({ credit: 'last', skip })),
  linear: skip.map((skip): Rule => ({ credit: 'linear', skip })),
  u_shaped: fc.constant<Rule>({ credit: 'position', first: 40, last: 40 }),
  tilted: fc.tuple(ends, skip).map(([ends, skip]): Rule => ({ credit: 'position', ...ends, skip })),
  decay: fc
    .tuple(fc.constantFrom(60, 7_200, 604_800), skip)
    .map(([halfLifeSeconds, skip]): Rule => ({ credit: 'time_decay', halfLifeSeconds, skip })),
})

/** What counts as a touchpoint: with the first of these every conversion in a session has one, with the last some have none. */
export const touchpointKinds = [['session_started'], ['session_started', 'email_clicked'], ['email_clicked']] as const

/** Touches at exactly the lookback's border and a microsecond to either side, at the very instant of a conversion, and anywhere else. */
export function randomWorld(touchpoints: readonly string[]): fc.Arbitrary<RandomWorld> {
  return fc
    .record({
      lookbackSeconds: fc.constantFrom(3_600, 3 * 86_400),
      touchpoints: fc.constant(touchpoints),
      segments: fc.constantFrom([], ['channel'], ['channel', 'country'], ['device_category', 'channel']),
      rules,
      compareTo: fc.constantFrom('first', 'last', 'decay'),
    })
    .chain(settings =>
      fc
        .tuple(
          fc.array(person(settings.lookbackSeconds * 1_000_000), { minLength: 50, maxLength: 60, size: 'max' }),
          clicksBeforeAnOrder(settings.lookbackSeconds * 1_000_000),
        )
        .map(([people, clicker]) => worldOfPeople([...people, clicker], settings)),
    )
}

interface Move {
  /** Microseconds since the person's previous event. */
  readonly pause: number
  readonly event: string
  readonly channel: string | null
  readonly campaign: string | null
  readonly device: string
  readonly revenue: string
  readonly tieBreak: number
}

interface Person {
  readonly start: number
  readonly moves: readonly Move[]
}

function person(lookback: number): fc.Arbitrary<Person> {
  const pause = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(0, 0, 0, 1, lookback - 1, lookback, lookback + 1) },
    { weight: 5, arbitrary: fc.integer({ min: 0, max: Math.floor(lookback / 3) }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 * lookback }) },
  )
  return fc.record({ start, moves: fc.array(move(pause), { minLength: 1, maxLength: 12, size: 'max' }) })
}

/** Who clicks five letters within the lookback, and buys: chance alone gives some worlds nobody with so many touches. */
function clicksBeforeAnOrder(lookback: number): fc.Arbitrary<Person> {
  const soon = move(fc.integer({ min: 1, max: Math.floor(lookback / 10) }))
  return fc.record({ start, moves: fc.array(soon, { minLength: 6, maxLength: 6 }) }).map(({ start, moves }) => ({
    start,
    moves: moves.map((move, index) => ({ ...move, event: index < 5 ? 'email_clicked' : 'order_placed' })),
  }))
}

const start = fc.integer({ min: 0, max: 20 * 86_400_000_000 })

function move(pause: fc.Arbitrary<number>): fc.Arbitrary<Move> {
  return fc.record({
    pause,
    event: fc.constantFrom(
      'page_viewed',
      'email_clicked',
      'email_clicked',
      'email_clicked',
      'order_placed',
      'lead_sent',
    ),
    channel: fc.constantFrom(null, 'Direct', 'Email', 'Paid Search'),
    campaign: fc.constantFrom(null, 'spring'),
    device: fc.constantFrom('desktop', 'mobile'),
    revenue: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          '0',
          '0.01',
          '0.03',
          '0.05',
          '10.005',
          '100',
          '9999999.99',
          '-12.35',
          '-0.05',
          '0.000000001',
        ),
      },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 99_999 }).map(cents => (cents / 100).toFixed(2)) },
    ),
    tieBreak: fc.integer({ min: 0, max: 9 }),
  })
}

function worldOfPeople(
  people: readonly Person[],
  {
    lookbackSeconds,
    touchpoints,
    segments,
    rules,
    compareTo,
  }: Pick<RandomWorld, 'lookbackSeconds' | 'rules' | 'compareTo'> & {
    readonly touchpoints: readonly string[]
    readonly segments: readonly string[]
  },
): RandomWorld {
  const events = people.flatMap(({ start, moves }, who) => {
    let at = start
    return moves.map(({ pause, event, channel, campaign, device, revenue, tieBreak }, index): RawEvent => {
      at += pause
      return {
        event_id: `${tieBreak}-${who}-${index}`,
        at: instantAfter(at),
        event,
        user: `person ${who}`,
        channel,
        utm_source: campaign === null ? null : 'newsletter',
        utm_campaign: campaign,
        device_category: device,
        ...(event === 'order_placed' ? { order_id: `${who}-${index}`, revenue, currency: 'EUR' } : {}),
      }
    })
  })
  const definitions = {
    conversions: {
      purchase: { event: 'order_placed', value: 'revenue' },
      lead: { event: 'lead_sent', value: 2.5, micro: true },
    },
    reporting: { timezone: 'Europe/Berlin' },
    segments,
    attribution: {
      lookback: `${lookbackSeconds} seconds`,
      touchpoints,
      models: Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, asConfigured(rule)])),
      compare_to: compareTo,
    },
  }
  return { events, lookbackSeconds, rules, compareTo, definitions }
}

function asConfigured(rule: Rule): unknown {
  if (rule.credit === 'position') return { ...rule, first: `${rule.first} %`, last: `${rule.last} %` }
  if (rule.credit !== 'time_decay') return rule
  const { halfLifeSeconds, ...rest } = rule
  return { ...rest, half_life: `${halfLifeSeconds} seconds` }
}

const epoch = Date.UTC(2026, 2, 20)

function instantAfter(microseconds: number): string {
  const milliseconds = new Date(epoch + Math.floor(microseconds / 1000)).toISOString().slice(0, 23).replace('T', ' ')
  return `${milliseconds}${String(microseconds % 1000).padStart(3, '0')}`
}
