import { beforeAll, describe, expect, it } from 'vitest'
import { type RawEvent, type World, worldOf } from '../support/world.ts'
import { type Fraction, type KpiKey, reckonedKpis } from './reckoned.ts'

const definitions = {
  conversions: {
    purchase: { event: 'bought', value: 'revenue' },
    signup: { event: 'signed_up', value: 5, micro: true, counts: 'once_per_person' },
  },
  funnels: {
    checkout: { window: '3 days', steps: [{ viewed: 'viewed' }, { added: 'added' }, { bought: 'bought' }] },
    visit: { window: '1 hour', by: 'session', steps: [{ viewed: 'viewed' }, { added: 'added' }] },
  },
  segments: ['channel', 'country'],
  identity: { limits: [{ for_one: 'device_id', at_most: 2, of: 'user_id' }] },
  objectives: [{ kpi: 'purchase_rate', at_least: '20 %' }],
}

/** Sixty customers over four months, in four channels and two countries, and a tablet that several use; the same in every run. */
function shop(): readonly RawEvent[] {
  let seed = 20260301
  const below = (limit: number): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % limit
  }
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  return Array.from({ length: 900 }, (_, number): RawEvent => {
    const customer = below(60)
    const event = pick(['viewed', 'viewed', 'viewed', 'added', 'added', 'bought', 'signed_up', 'page_viewed'])
    const month = 1 + below(4)
    const day = 1 + below(customer % 2 === 0 ? 6 : 28)
    const at = `2026-0${month}-${String(day).padStart(2, '0')} ${String(8 + below(3)).padStart(2, '0')}:${String(below(60)).padStart(2, '0')}:00`
    return {
      event_id: `e${number}`,
      event,
      at,
      user: customer < 5 && below(2) === 0 ? null : `u${customer}`,
      device: customer < 5 ? 'tablet' : `d${customer}`,
      channel: pick(['Email', 'Paid Search', 'Store', 'Direct', null]),
      country: pick(['DE', 'FR', null]),
      revenue: event === 'bought' ? `${10 + below(90)}.${10 + below(90)}` : null,
      currency: event === 'bought' ? 'EUR' : null,
    }
  })
}

describe('KPIs', () => {
  let world: World
  let reckoned: ReadonlyMap<KpiKey, Fraction>
  let told: ReadonlyMap<KpiKey, Fraction>

  beforeAll(async () => {
    world = await worldOf(shop(), { definitions, models: ['kpis', 'funnel_steps', 'sessions', 'session_segments'] })
    reckoned = await reckonedKpis(world)
    const rows = await world.rows(`
      select concat_ws(', ', kpi, segment, segment_value, period, period_start) as key, unit,
        cast(numerator * case when unit = 'currency' then 100 else 1 end as double) as numerator, cast(denominator as double) as denominator
      from kpis.kpis`)
    told = new Map(
      rows.map(({ key, numerator, denominator }) => [
        String(key),
        { numerator: Number(numerator), denominator: denominator === null ? null : Number(denominator) },
      ]),
    )
  })

  it('are what plain counting gives, for every segment and period', () => {
    const differing = [...reckoned].filter(
      ([key, fraction]) => JSON.stringify(told.get(key)) !== JSON.stringify(fraction),
    )
    expect(differing).toEqual([])
    expect(new Set([...reckoned.keys()].map(key => key.split(', ')[0])).size).toBe(24)
    expect(reckoned.size).toBeGreaterThan(10_000)
  })

  it('are 0, of nothing, where nothing was counted, and no row is missing or twice', async () => {
    const others = [...told].filter(([key]) => !reckoned.has(key))
    expect(others.filter(([, { numerator, denominator }]) => numerator !== 0 || (denominator ?? 0) !== 0)).toEqual([])
    const [missing] = await world.rows(`
      select count(*) as missing
      from (select distinct period, period_start from events.calendar) as c
      cross join kpis.kpi_catalog as k
      left join kpis.kpis as v
        on v.kpi = k.kpi and v.segment = '(all)' and v.period = c.period and v.period_start = c.period_start
      where v.kpi is null`)
    expect(missing).toEqual({ missing: 0 })
    const [rows] = await world.rows('select count(*) as row_count from kpis.kpis')
    expect(rows).toEqual({ row_count: told.size })
  })

  it('have the conversion rate of a funnel from its last step', async () => {
    const differing = await world.rows(`
      select k.kpi, k.segment, k.segment_value, k.period, k.period_start
      from kpis.kpis as k
      inner join funnels.funnel_steps as s
        on s.funnel || '_conversion_rate' = k.kpi and s.segment = k.segment and s.segment_value = k.segment_value
        and s.period = k.period and s.period_start = k.period_start
        and s.step_number = case s.funnel when 'checkout' then 3 else 2 end
      where k.numerator <> s.completed or k.denominator <> s.attempts or k.is_complete <> s.is_complete`)
    expect(differing).toEqual([])
  })

  it('hold an objective where it says, and say whether it is met', async () => {
    const rows = await world.rows(`
      select k.segment, k.objective, k.value >= 0.2 as is_met, k.is_on_target, count(*) as row_count
      from kpis.kpis as k
      where k.kpi = 'purchase_rate'
      group by all`)
    const wrong = rows.filter(({ segment, objective, is_met, is_on_target }) =>
      segment === '(all)'
        ? objective !== 'at least 20 %' || is_met !== is_on_target
        : objective !== null || is_on_target !== null,
    )
    expect(wrong).toEqual([])
    expect(new Set(rows.map(({ is_on_target }) => is_on_target))).toEqual(new Set([true, false, null]))
  })
})

describe('A session that may go on', () => {
  const morning: readonly RawEvent[] = [
    { user: 'anna', event: 'viewed', at: '2026-03-01 23:50:00' },
    { user: 'bert', event: 'viewed', at: '2026-03-02 00:20:00' },
  ]
  const isComplete = async (events: readonly RawEvent[]) => {
    const { rows } = await worldOf(events, { definitions, models: ['kpis'] })
    return await rows(`
      select kpi, is_complete from kpis.kpis
      where kpi in ('purchase_rate', 'purchase_count', 'checkout_conversion_rate')
        and segment = '(all)' and period = 'day' and period_start = '2026-03-01'
      order by kpi`)
  }

  it('keeps the rates of the day of its start from being complete', async () => {
    expect(await isComplete(morning)).toEqual([
      { kpi: 'checkout_conversion_rate', is_complete: false },
      { kpi: 'purchase_count', is_complete: true },
      { kpi: 'purchase_rate', is_complete: false },
    ])
  })

  it('is over when a pause longer than the timeout has passed, and attempts when their window has', async () => {
    expect(await isComplete([...morning, { user: 'bert', event: 'viewed', at: '2026-03-05 00:00:00' }])).toEqual([
      { kpi: 'checkout_conversion_rate', is_complete: true },
      { kpi: 'purchase_count', is_complete: true },
      { kpi: 'purchase_rate', is_complete: true },
    ])
  })
})
