import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type RawEvent, worldOf } from '../support/world.ts'
import { reckonedStages } from './reckoned-stages.ts'

const definitions = {
  conversions: { purchase: { event: 'order_placed' } },
  stages: {
    aware: 'page_viewed',
    pleased: 'review_written',
    customer: ['order_placed', 'order_phoned'],
    loyal: { event: 'order_placed', at_least: 2 },
    advocate: { event: 'referral_sent', where: { country: 'DE' } },
  },
  segments: ['channel', 'stage'],
  identity: { limits: [{ for_one: 'device_id', at_most: 2, of: 'user_id' }] },
}

/** Two months; instants that several events of a person share, orders that several tell of, a tablet that many use. */
const rawEvent = fc.record({
  at: fc
    .tuple(fc.constantFrom('03', '04'), fc.constantFrom('01', '02', '28', '29', '30'), fc.nat(4))
    .map(([month, day, step]) => `2026-${month}-${day} 1${step}:00:00`),
  event: fc.constantFrom(
    'page_viewed',
    'page_viewed',
    'product_viewed',
    'order_placed',
    'order_phoned',
    'referral_sent',
  ),
  user: fc.nat(24).map(number => `u${number}`),
  order_id: fc.option(fc.nat(30).map(number => `o${number}`)),
  country: fc.constantFrom('DE', 'FR', null),
  channel: fc.constantFrom('Email', 'Paid Search', null),
  isOnTablet: fc.nat(9).map(number => number === 0),
})

const worlds = fc.array(rawEvent, { minLength: 150, maxLength: 220, size: 'max' }).map(rows =>
  rows.map(
    ({ isOnTablet, ...row }, index): RawEvent => ({
      ...row,
      event_id: `e${String(index).padStart(3, '0')}`,
      order_id: row.event.startsWith('order') ? row.order_id : null,
      user: isOnTablet ? null : row.user,
      device: isOnTablet || index % 20 === 0 ? 'tablet' : null,
    }),
  ),
)

test('in any world, stages are reached, and counted, as by plain walking through the events in order', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async events => {
      const world = await worldOf(events, { definitions, models: ['stage_reach', 'kpis'] })
      const { ofPeople, ofSessions, reach } = await reckonedStages(world, definitions.stages)
      expect(
        await world.rows(`
          select person_id, stage, reached_by_event_id as event_id from journeys.person_stages
          order by person_id, stage_number`),
      ).toEqual(ofPeople)
      expect(await world.rows('select session_id, stage from journeys.session_stages order by session_id')).toEqual(
        ofSessions,
      )
      expect(
        await world.rows(`
          select stage, segment, segment_value, period, strftime(period_start, '%Y-%m-%d') as period_start,
            active_people, people_before, people, new_people, median_seconds
          from journeys.stage_reach
          where active_people > 0
          order by stage_number, segment, segment_value, period, period_start`),
      ).toEqual(reach)
    }),
    { numRuns: 4, endOnFailure: true },
  )
})

test('the rate of a stage among the KPIs is that of stage_reach, and the last stage has no value where nobody tracks it', async () => {
  const events = fc
    .sample(worlds, { seed: 7, numRuns: 1 })[0]!
    .map((row): RawEvent => (row.event === 'referral_sent' ? { ...row, event: 'product_viewed' } : row))
  const world = await worldOf(events, { definitions, models: ['kpis'] })
  const differing = await world.rows(`
    select k.kpi, k.segment, k.segment_value, k.period, k.period_start
    from kpis.kpis as k
    full join journeys.stage_reach as r
      on r.stage || '_stage_rate' = k.kpi and r.segment = k.segment and r.segment_value = k.segment_value
      and r.period = k.period and r.period_start = k.period_start
    where k.kpi like '%_stage_rate' and r.active_people > 0
      and (k.numerator <> r.people or k.value is distinct from r.active_rate or k.is_complete <> r.is_complete)`)
  expect(differing).toEqual([])
  const values = await world.rows(`
    select kpi, count(value) > 0 as has_value from kpis.kpis where kpi like '%_stage_rate' group by kpi order by kpi`)
  expect(values).toEqual([
    { kpi: 'advocate_stage_rate', has_value: false },
    { kpi: 'aware_stage_rate', has_value: true },
    { kpi: 'customer_stage_rate', has_value: true },
    { kpi: 'loyal_stage_rate', has_value: true },
    { kpi: 'pleased_stage_rate', has_value: false },
  ])
})

test('counts of stages that are tracked never rise along the way', async () => {
  const world = await worldOf(fc.sample(worlds, { seed: 8, numRuns: 1 })[0]!, { definitions, models: ['stage_reach'] })
  const rows = await world.rows(`
    select people, lag(people) over (
      partition by segment, segment_value, period, period_start order by stage_number) as before
    from journeys.stage_reach where is_tracked`)
  expect(rows.length).toBeGreaterThan(300)
  expect(rows.filter(({ people, before }) => before !== null && Number(people) > Number(before))).toEqual([])
})
