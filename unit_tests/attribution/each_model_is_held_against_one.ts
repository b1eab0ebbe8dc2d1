import { defined, given, unitTest } from 'throughline'
import { attribution_comparison } from '../../models/attribution/attribution_comparison'
import { attribution_credits } from '../../models/attribution/attribution_credits'
import { attribution } from '../../models/definitions/attribution'
import { as_of } from '../../models/events/as_of'
import { calendar } from '../../models/events/calendar'
import { conversions } from '../../models/journeys/conversions'

const march = { period: 'month', period_start: '2026-03-01' }
const credited = { conversion: 'purchase', converted_date: '2026-03-05' }
const compared = { conversion: 'purchase', compared_to: 'last', ...march, all_conversions: 2, is_complete: true }

export const each_model_is_held_against_one = unitTest({
  description:
    "A channel's share of the conversions in a model stands beside its share in the model of compare_to; a channel that one of them alone credits has 0 in the other.",
  model: attribution_comparison,
  definitions: [
    defined(attribution, {
      models: { first: { credit: 'first' }, last: { credit: 'last' }, linear: { credit: 'linear' } },
      compare_to: 'last',
    }),
  ],
  given: [
    given(as_of, [{ as_of: '2026-04-01 00:00:00' }]),
    given(calendar, [{ calendar_date: '2026-03-05', ...march, ends_at: '2026-04-01 00:00:00' }]),
    given(conversions, [
      { ...credited, conversion_id: 'order 1' },
      { ...credited, conversion_id: 'order 2' },
    ]),
    given(attribution_credits, [
      { ...credited, attribution_model: 'first', conversion_id: 'order 1', channel: 'Email', credit: 1 },
      { ...credited, attribution_model: 'first', conversion_id: 'order 2', channel: '(none)', credit: 1 },
      { ...credited, attribution_model: 'last', conversion_id: 'order 1', channel: 'Direct', credit: 1 },
      { ...credited, attribution_model: 'last', conversion_id: 'order 2', channel: '(none)', credit: 1 },
      { ...credited, attribution_model: 'linear', conversion_id: 'order 1', channel: 'Email', credit: 0.25 },
      { ...credited, attribution_model: 'linear', conversion_id: 'order 1', channel: 'Direct', credit: 0.75 },
      { ...credited, attribution_model: 'linear', conversion_id: 'order 2', channel: '(none)', credit: 1 },
    ]),
  ],
  expect: [
    { ...compared, attribution_model: 'first', channel: 'Email', ...sides(1, 0), ...shares(0.5, 0, 0.5) },
    { ...compared, attribution_model: 'first', channel: 'Direct', ...sides(0, 1), ...shares(0, 0.5, -0.5) },
    { ...compared, attribution_model: 'first', channel: '(none)', ...sides(1, 1), ...shares(0.5, 0.5, 0) },
    { ...compared, attribution_model: 'linear', channel: 'Email', ...sides(0.25, 0), ...shares(0.125, 0, 0.125) },
    { ...compared, attribution_model: 'linear', channel: 'Direct', ...sides(0.75, 1), ...shares(0.375, 0.5, -0.125) },
    { ...compared, attribution_model: 'linear', channel: '(none)', ...sides(1, 1), ...shares(0.5, 0.5, 0) },
  ],
})

function sides(own: number, compared_conversions: number) {
  return { conversions: own, compared_conversions }
}

function shares(share: number, compared_share: number, difference: number) {
  return { share, compared_share, difference }
}
