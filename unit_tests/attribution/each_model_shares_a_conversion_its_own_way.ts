import { given, unitTest } from 'throughline'
import { attribution_credits } from '../../models/attribution/attribution_credits'
import { conversion_touches } from '../../models/attribution/conversion_touches'
import { conversions } from '../../models/journeys/conversions'

const week = 604_800
const touch = { conversion_id: 'order', person_id: 'ada', touch_count: 4 }
const first = { ...touch, touchpoint_id: 't1', touch_number: 1, channel: 'Email', campaign: 'spring' }
const second = { ...touch, touchpoint_id: 't2', touch_number: 2, channel: 'Direct' }
const third = { ...touch, touchpoint_id: 't3', touch_number: 3, channel: 'Paid Search' }
const fourth = { ...touch, touchpoint_id: 't4', touch_number: 4, channel: 'Direct' }

const order = { conversion: 'purchase', converted_at: '2026-03-22 10:00:00', converted_date: '2026-03-22' }
const credited = { ...order, ...touch }

/** Three weeks, two weeks, one week before the order, and with it: 1 : 2 : 4 : 8 by time decay. */
export const each_model_shares_a_conversion_its_own_way = unitTest({
  description:
    'Four touchpoints a week apart share an order of 100 by each of the six models that are there by default.',
  model: attribution_credits,
  given: [
    given(conversions, [{ ...order, conversion_id: 'order', person_id: 'ada', revenue: 100 }]),
    given(conversion_touches, [
      { ...first, seconds_before: 3 * week, touched_at: '2026-03-01 10:00:00', touched_date: '2026-03-01' },
      { ...second, seconds_before: 2 * week, touched_at: '2026-03-08 10:00:00', touched_date: '2026-03-08' },
      { ...third, seconds_before: week, touched_at: '2026-03-15 10:00:00', touched_date: '2026-03-15' },
      { ...fourth, seconds_before: 0, touched_at: '2026-03-22 10:00:00', touched_date: '2026-03-22' },
    ]),
  ],
  expect: [
    { attribution_model: 'first', ...credited, ...first, ...on('2026-03-01'), credit: 1, revenue: 100 },

    { attribution_model: 'last', ...credited, ...fourth, ...on('2026-03-22'), credit: 1, revenue: 100 },

    { attribution_model: 'last_non_direct', ...credited, ...third, ...on('2026-03-15'), credit: 1, revenue: 100 },

    { attribution_model: 'linear', ...credited, ...first, ...on('2026-03-01'), credit: 0.25, revenue: 25 },
    { attribution_model: 'linear', ...credited, ...second, ...on('2026-03-08'), credit: 0.25, revenue: 25 },
    { attribution_model: 'linear', ...credited, ...third, ...on('2026-03-15'), credit: 0.25, revenue: 25 },
    { attribution_model: 'linear', ...credited, ...fourth, ...on('2026-03-22'), credit: 0.25, revenue: 25 },

    { attribution_model: 'u_shaped', ...credited, ...first, ...on('2026-03-01'), credit: 0.4, revenue: 40 },
    { attribution_model: 'u_shaped', ...credited, ...second, ...on('2026-03-08'), credit: 0.1, revenue: 10 },
    { attribution_model: 'u_shaped', ...credited, ...third, ...on('2026-03-15'), credit: 0.1, revenue: 10 },
    { attribution_model: 'u_shaped', ...credited, ...fourth, ...on('2026-03-22'), credit: 0.4, revenue: 40 },

    // So far 6.67, 20.00 and 46.67.
    { attribution_model: 'decay', ...credited, ...first, ...on('2026-03-01'), credit: 1 / 15, revenue: '6.67' },
    { attribution_model: 'decay', ...credited, ...second, ...on('2026-03-08'), credit: 2 / 15, revenue: '13.33' },
    { attribution_model: 'decay', ...credited, ...third, ...on('2026-03-15'), credit: 4 / 15, revenue: '26.67' },
    { attribution_model: 'decay', ...credited, ...fourth, ...on('2026-03-22'), credit: 8 / 15, revenue: '53.33' },
  ],
})

function on(day: string) {
  return { touched_at: `${day} 10:00:00`, touched_date: day }
}
