import { beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../support/world.ts'
import { built, failuresOf } from './built.ts'

let world: World

beforeAll(async () => {
  world = await built({
    definitions: {},
    events: [
      { event_id: 'a', at: '2026-03-01 10:00:00', event: 'page_viewed', user: 'ada', channel: 'Email' },
      { event_id: 'b', at: '2026-03-02 10:00:00', event: 'page_viewed', user: 'ada', channel: 'Direct' },
      {
        event_id: 'c',
        at: '2026-03-02 10:05:00',
        event: 'order_placed',
        user: 'ada',
        revenue: '10.01',
        currency: 'EUR',
      },
      { event_id: 'd', at: '2026-03-03 10:00:00', event: 'order_placed', user: 'bob', revenue: '5', currency: 'EUR' },
    ],
  })
})

/** What the data tests of `model` find once `fault` is done to the tables; afterwards all is as it was. */
async function findings(model: string, fault: string): Promise<readonly string[]> {
  await world.session.execute('begin')
  await world.session.execute(fault)
  const found = await failuresOf(world, model)
  await world.session.execute('rollback')
  return found
}

describe('the data tests of attribution_credits', () => {
  const credits = 'attribution.attribution_credits'
  const find = (fault: string) => findings('attribution_credits', fault)

  it('find a conversion that a model leaves out', async () => {
    expect(await find(`delete from ${credits} where attribution_model = 'linear' and touch_count = 2`)).toEqual([
      'a conversion that a model leaves out',
    ])
  })

  it('find that there is no credit at all', async () => {
    expect(await find(`delete from ${credits}`)).toEqual(['a conversion that no model credits'])
  })

  it('find a touchpoint that has lost its row', async () => {
    expect(await find(`delete from ${credits} where attribution_model = 'linear' and touch_number = 2`)).toEqual([
      'a conversion whose credits do not sum to 1',
      'a conversion whose revenue is not shared out',
    ])
  })

  it('find a cent too many', async () => {
    const fault = `update ${credits} set revenue = revenue + 0.01 where attribution_model = 'first' and touch_count = 2`
    expect(await find(fault)).toEqual(['a conversion whose revenue is not shared out'])
  })

  it('find (none) beside a touchpoint', async () => {
    const fault = `
      insert into ${credits}
      select * replace ('(none)' as touchpoint_id, 0 as touch_number, 0 as touch_count, null as touched_at, 0 as revenue)
      from ${credits} where attribution_model = 'first' and touch_count = 2
    `
    expect(await find(fault)).toEqual(['a conversion whose credits do not sum to 1', '(none) beside a touchpoint'])
  })
})

describe('the data tests of conversion_touches', () => {
  const touches = 'attribution.conversion_touches'
  const find = (fault: string) => findings('conversion_touches', fault)

  it('find a touchpoint that is gone from a conversion', async () => {
    expect(await find(`delete from ${touches} where touch_number = 1 and touch_count > 1`)).toEqual([
      'a conversion some of whose touchpoints are not here',
    ])
  })

  it('find a conversion that is gone', async () => {
    expect(await find(`delete from ${touches} where touch_count = 1`)).toEqual(['a conversion that is not here'])
  })
})

describe('the data tests of the sums', () => {
  it('find channels that do not add up to the conversions', async () => {
    const fault = "delete from attribution.attribution_by_channel where dated_by = 'touch'"
    expect(await findings('attribution_by_channel', fault)).toEqual([
      'a period or segment whose sums are not those of the conversions',
    ])
  })

  it('find shares that do not add up to 1', async () => {
    const fault = "update attribution.attribution_comparison set share = share + 0.001 where period = 'all'"
    expect(await findings('attribution_comparison', fault)).toEqual(['a period whose shares do not sum to 1'])
  })
})
