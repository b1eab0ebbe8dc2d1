import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type RawEvent, worldOf } from '../support/world.ts'
import { bestAttempt, type FunnelRule, type Happening } from './brute-force.ts'

/** A funnel as the config has it and as the brute force has it. */
interface Tried extends FunnelRule {
  readonly config: object
}

const named =
  (...events: readonly string[]) =>
  ({ event }: Happening): boolean =>
    events.includes(event)

const inGermany =
  (...events: readonly string[]) =>
  ({ event, country }: Happening): boolean =>
    events.includes(event) && country === 'DE'

const german = { where: { country: 'DE' } }

/** What makes the choice hard: names that come twice, steps that share events, steps that tell events of one name apart, a window that is hit exactly. */
const funnels: Readonly<Record<string, Tried>> = {
  plain: {
    config: { window: '2 seconds', steps: [{ one: 'a' }, { two: 'b' }, { three: 'c' }] },
    windowSeconds: 2,
    steps: [named('a'), named('b'), named('c')],
  },
  thrice: {
    config: { window: '3 seconds', steps: [{ one: 'a' }, { two: 'a' }, { three: 'a' }, { four: 'b' }] },
    windowSeconds: 3,
    steps: [named('a'), named('a'), named('a'), named('b')],
  },
  back_again: {
    config: { window: '1 second', steps: [{ one: 'a' }, { two: 'b' }, { three: 'a' }, { four: 'b' }] },
    windowSeconds: 1,
    steps: [named('a'), named('b'), named('a'), named('b')],
  },
  overlapping: {
    config: {
      window: '2 seconds',
      steps: [
        { one: ['a', 'b'] },
        { two: ['b', 'c'] },
        { three: ['a', 'c'] },
        { four: ['a', 'b', 'c'] },
        { five: 'b' },
      ],
    },
    windowSeconds: 2,
    steps: [named('a', 'b'), named('b', 'c'), named('a', 'c'), named('a', 'b', 'c'), named('b')],
  },
  told_apart: {
    config: {
      window: '2 seconds',
      steps: [
        { one: ['a', 'b'] },
        { two: { event: ['a', 'b'], ...german } },
        { three: { event: ['a', 'c'], ...german } },
        { four: ['a', 'b', 'c'] },
      ],
    },
    windowSeconds: 2,
    steps: [named('a', 'b'), inGermany('a', 'b'), inGermany('a', 'c'), named('a', 'b', 'c')],
  },
}

const happening = fc.record({
  at: fc.integer({ min: 0, max: 4 }),
  event: fc.constantFrom('a', 'b', 'c'),
  country: fc.constantFrom('DE', 'FR'),
})

/** Ids in the order drawn, which has nothing to do with that of the instants. */
const customer = fc
  .array(happening, { minLength: 1, maxLength: 7 })
  .map(drawn => drawn.map((one, index): Happening => ({ ...one, id: String(index) })))

const customers = fc.array(customer, { minLength: 250, maxLength: 250 })

const rawEvent = (user: string, { id, at, event, country }: Happening): RawEvent => ({
  event_id: `${user}:${id}`,
  at: `2026-03-01 10:00:0${at}`,
  event,
  user,
  country,
})

const definitions = {
  sessions: { timeout: '1 second' },
  funnels: Object.fromEntries(
    Object.entries(funnels).flatMap(([name, { config }]) => [
      [name, config],
      [`${name}_in_session`, { ...config, by: 'session' }],
    ]),
  ),
}

it('finds for everybody, and for each of their sessions, the attempt that trying every sequence of events finds', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(customers, async drawn => {
      const events = drawn.flatMap((one, number) => one.map(of => rawEvent(`u${number}`, of)))
      const world = await worldOf(events, { definitions, models: ['funnel_attempt_steps'] })
      const rows = await world.rows(`
        select s.funnel, string_agg(s.event_id, ' ' order by s.step_number) as path
        from funnels.funnel_attempt_steps as s
        group by s.funnel, s.attempt_id`)
      const expected = Object.entries(funnels).flatMap(([funnel, rule]) =>
        drawn.flatMap((one, number) => [
          ...pathOf(funnel, `u${number}`, one, rule),
          ...sessionsOf(one).flatMap(session => pathOf(`${funnel}_in_session`, `u${number}`, session, rule)),
        ]),
      )
      expect(rows.map(({ funnel, path }) => `${funnel}: ${path}`).sort()).toEqual(expected.sort())
    }),
    { numRuns: 4, endOnFailure: true },
  )
})

function pathOf(funnel: string, user: string, happenings: readonly Happening[], rule: FunnelRule): readonly string[] {
  const path = bestAttempt(happenings, rule)
  return path.length === 0 ? [] : [`${funnel}: ${path.map(id => `${user}:${id}`).join(' ')}`]
}

/** Cut where the pause is longer than the timeout of a second. */
function sessionsOf(happenings: readonly Happening[]): readonly (readonly Happening[])[] {
  const sessions: Happening[][] = []
  for (const one of happenings.toSorted((a, b) => a.at - b.at)) {
    const last = sessions.at(-1)
    if (last === undefined || one.at - last.at(-1)!.at > 1) sessions.push([one])
    else last.push(one)
  }
  return sessions
}
