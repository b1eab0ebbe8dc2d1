import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { runTests } from '../../src/quality/run-tests.ts'
import type { Row } from '../../src/warehouse/warehouse.ts'
import { type World, worldOf } from '../support/world.ts'
import { pathsOf, transitionsOf } from './flows.ts'
import { journeyRow, knownOf, momentRows, placesOf, stepRows } from './random-journeys.ts'
import { type RandomWorld, randomWorld, touchpointSettings } from './random-worlds.ts'
import { type Journey, journeysOf, type Known, microseconds } from './reckoning.ts'

const models = [
  'journey_moments',
  'journeys',
  'journey_segments',
  'journey_periods',
  'journey_steps',
  'paths',
  'transitions',
]
const built = ({ events, definitions }: Pick<RandomWorld, 'events' | 'definitions'>) =>
  worldOf(events, { definitions, models: [...models, 'people', 'sessions'] })

/** To see a failure again, write its seed here. */
const seed = Date.now() % 1_000_000_000

describe(`over random worlds of seed ${seed}`, () => {
  const worlds: { random: RandomWorld; world: World; known: Known; journeys: readonly Journey[] }[] = []

  beforeAll(async () => {
    const randoms = touchpointSettings.flatMap(counting => fc.sample(randomWorld(counting), { seed, numRuns: 2 }))
    for (const random of randoms) {
      const world = await built(random)
      const known = await knownOf(random, world)
      worlds.push({ random, world, known, journeys: journeysOf(known) })
    }
  }, 120_000)

  it('has journeys as reckoned one by one', async () => {
    for (const { world, journeys } of worlds) {
      expect(sorted(await world.rows('journeys'))).toEqual(sorted(journeys.map(journeyRow)))
      expect(sorted(await world.rows('journey_moments'))).toEqual(sorted(journeys.flatMap(momentRows)))
    }
  })

  it('has steps, paths and transitions as reckoned one by one', async () => {
    for (const { world, known, journeys } of worlds) {
      const places = await placesOf(world, known)
      expect(sorted(await world.rows('journey_steps'))).toEqual(sorted(journeys.flatMap(stepRows)))
      expect(sorted(await world.rows('paths'))).toEqual(sorted(pathsOf(journeys, places)))
      expect(sorted(await world.rows('transitions'))).toEqual(sorted(transitionsOf(journeys, places)))
    }
  })

  it('has every touchpoint in one journey of each conversion definition, and every conversion at the end of one', async () => {
    for (const { random, world, known } of worlds) {
      const moments = await world.rows('journey_moments')
      for (const conversion of random.conversions) {
        const strung = moments.filter(row => row.conversion === conversion && row.moment_kind === 'touchpoint')
        expect(strung.map(({ event_id }) => event_id).sort()).toEqual(known.touches.map(({ id }) => id).sort())
      }
      const ended = (await world.rows('journeys')).filter(({ conversion_id }) => conversion_id !== null)
      expect(ended.map(({ conversion_id }) => conversion_id).sort()).toEqual(
        known.conversions.map(({ id }) => id).sort(),
      )
    }
  })

  it('has as many journeys leave a step of a Sankey as come to it', async () => {
    for (const { world } of worlds) {
      const surplus = surplusOfSteps(await world.rows('transitions'))
      expect(surplus.size).toBeGreaterThan(0)
      expect([...surplus].filter(([, journeys]) => journeys !== 0)).toEqual([])
    }
  })

  it('has the same rows in whatever order the events came', async () => {
    for (const { random, world } of worlds.filter((_, index) => index % 2 === 0)) {
      const events = random.events.toReversed().map((event, index) => ({ ...event, loaded_at: loadedAt(index) }))
      const other = await built({ ...random, events })
      for (const model of models) expect(await other.rows(model)).toEqual(await world.rows(model))
    }
  }, 120_000)

  it('passes its own data tests', async () => {
    for (const { world } of worlds) {
      for (const model of models) expect([model, await failuresOf(world, model)]).toEqual([model, []])
    }
  })

  it('meets ties, pauses at the limit, and conversions without a touchpoint', () => {
    const meets = {
      'a touchpoint at the instant of a conversion, after it': 0,
      'a pause of exactly the limit': 0,
      'a pause a microsecond longer': 0,
      'a conversion without a touchpoint': 0,
      'a conversion after several touchpoints': 0,
      'an open journey left exactly the limit ago': 0,
      'a lost journey': 0,
    }
    for (const { random, known, journeys } of worlds) {
      const limit = BigInt(random.lostAfterSeconds) * 1_000_000n
      for (const [index, { conversion, person, touches, end, outcome }] of journeys.entries()) {
        const after = journeys[index + 1]
        const next = after?.conversion === conversion && after.person === person ? after.touches[0] : undefined
        const pauses = touches.slice(1).map((touch, place) => microseconds(touch.at) - microseconds(touches[place]!.at))
        const pauseAfter = next && touches.length > 0 ? microseconds(next.at) - microseconds(touches.at(-1)!.at) : 0n
        if (end !== undefined && next?.at === end.at) meets['a touchpoint at the instant of a conversion, after it']++
        if (pauses.includes(limit)) meets['a pause of exactly the limit']++
        if (end === undefined && pauseAfter === limit + 1n) meets['a pause a microsecond longer']++
        if (touches.length === 0) meets['a conversion without a touchpoint']++
        if (end !== undefined && touches.length > 1) meets['a conversion after several touchpoints']++
        const sinceLast = touches.length > 0 ? microseconds(known.asOf) - microseconds(touches.at(-1)!.at) : 0n
        if (outcome === 'open' && sinceLast === limit) meets['an open journey left exactly the limit ago']++
        if (outcome === 'lost') meets['a lost journey']++
      }
    }
    expect(Object.entries(meets).filter(([, times]) => times === 0)).toEqual([])
  })
})

describe('the data tests of journeys', () => {
  const events = [
    { event_id: 'a', at: '2026-03-01 10:00:00', event: 'page_viewed', user: 'ada', channel: 'Email' },
    { event_id: 'b', at: '2026-03-02 10:00:00', event: 'page_viewed', user: 'ada', channel: 'Direct' },
    { event_id: 'c', at: '2026-03-02 10:05:00', event: 'order_placed', user: 'ada' },
    { event_id: 'd', at: '2026-03-03 10:00:00', event: 'page_viewed', user: 'bob' },
  ]

  it('find a journey that is missing', async () => {
    const world = await built({ events, definitions: {} })
    await world.session.execute("delete from journeys.journeys where outcome = 'converted'")

    expect(await failuresOf(world, 'journeys')).toEqual([
      'a conversion that ends no journey',
      'a touchpoint in a journey that is not here',
    ])
  })

  it('find a touchpoint that is in no journey', async () => {
    const world = await built({ events, definitions: {} })
    await world.session.execute("delete from journeys.journey_moments where event_id = 'a'")

    expect(await failuresOf(world, 'journey_moments')).toEqual(['a definition whose journeys leave out a touchpoint'])
  })

  it('find a step, a path and a flow that is missing', async () => {
    const world = await built({ events, definitions: {} })
    await world.session.execute("delete from journeys.journey_steps where step = 'Email'")
    await world.session.execute("delete from journeys.paths where path = 'Email > Direct'")
    await world.session.execute("delete from journeys.transitions where to_step = '(converted)'")

    expect(await failuresOf(world, 'journey_steps')).toEqual(['a journey whose steps are not its touchpoints'])
    expect(await failuresOf(world, 'paths')).toEqual(['a dimension and period whose paths are not all of its journeys'])
    expect(await failuresOf(world, 'transitions')).toEqual(['a step that more or fewer leave than come to it'])
  })

  it('find a journey that starts nowhere in the Sankey', async () => {
    const world = await built({ events, definitions: {} })
    await world.session.execute("delete from journeys.transitions where dimension = 'page'")

    expect(await failuresOf(world, 'transitions')).toEqual([
      'a dimension and period into which not every journey started',
    ])
  })
})

/** What comes to each step of each diagram, less what leaves it. */
function surplusOfSteps(transitions: readonly Row[]): ReadonlyMap<string, number> {
  const surplus = new Map<string, number>()
  const add = (row: Row, position: number, step: unknown, journeys: number) => {
    const { conversion, dimension, segment, segment_value, period, period_start } = row
    const place = [conversion, dimension, segment, segment_value, period, period_start, position, step].join(' ')
    surplus.set(place, (surplus.get(place) ?? 0) + journeys)
  }
  for (const row of transitions) {
    const isEnd = ['(converted)', '(open)', '(lost)'].includes(String(row.to_step))
    if (!isEnd) add(row, Number(row.position), row.to_step, Number(row.journeys))
    if (row.from_step !== '(start)') add(row, Number(row.position) - 1, row.from_step, -Number(row.journeys))
  }
  return surplus
}

async function failuresOf({ session, compiled }: World, model: string): Promise<readonly string[]> {
  const compiledModel = compiled.models.get(model)!
  const settings = {
    tableOf: (name: string) => compiled.models.get(name)!.table,
    stands: async () => true,
    storeFailures: undefined,
    withTests: true,
    inOneStatement: false,
  }
  const { tests } = await runTests(session, compiledModel, compiledModel.table, settings)
  return tests.filter(({ status }) => status !== 'pass').map(({ says }) => says)
}

/** In an order of their own, with numbers as such: a sum of cents in TypeScript is compared to nine digits. */
function sorted(rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return rows.map(row => JSON.stringify(Object.entries(row).sort().map(comparable))).sort()
}

const exactColumns = new Set(['revenue', 'duration_days', 'median_days'])

function comparable([column, value]: readonly [string, unknown]): readonly unknown[] {
  return [column, exactColumns.has(column) && value !== null ? Number(value).toFixed(9) : value]
}

function loadedAt(index: number): string {
  return `2026-06-01 00:${String(index % 60).padStart(2, '0')}:00`
}
