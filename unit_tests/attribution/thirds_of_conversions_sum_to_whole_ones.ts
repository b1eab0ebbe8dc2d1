import { defined, given, unitTest } from 'throughline'
import { attribution_by_channel } from '../../models/attribution/attribution_by_channel'
import { attribution_credits } from '../../models/attribution/attribution_credits'
import { attribution } from '../../models/definitions/attribution'
import { as_of } from '../../models/events/as_of'
import { calendar } from '../../models/events/calendar'
import { conversion_segments } from '../../models/journeys/conversion_segments'

const credited = {
  attribution_model: 'linear',
  conversion: 'purchase',
  touched_date: '2026-03-01',
  converted_date: '2026-03-01',
  credit: 1 / 3,
}
const told = { attribution_model: 'linear', conversion: 'purchase', channel: 'Email', period: 'day' }

export const thirds_of_conversions_sum_to_whole_ones = unitTest({
  description:
    'Credit is summed by channel, campaign and segment, and three thirds are one conversion. A day dated by touch is complete from the instant at which the lookback after it is over.',
  model: attribution_by_channel,
  definitions: [defined(attribution, { lookback: '7 days' })],
  given: [
    given(as_of, [{ as_of: '2026-03-09 00:00:00' }]),
    given(calendar, [
      { calendar_date: '2026-03-01', period: 'day', period_start: '2026-03-01', ends_at: '2026-03-02 00:00:00' },
    ]),
    given(conversion_segments, [
      { conversion_id: 'order 1', segment: 'country', segment_value: 'DE' },
      { conversion_id: 'order 2', segment: 'country', segment_value: 'FR' },
    ]),
    given(attribution_credits, [
      { ...credited, conversion_id: 'order 1', touchpoint_id: 'a', channel: 'Email', revenue: '33.33' },
      { ...credited, conversion_id: 'order 1', touchpoint_id: 'b', channel: 'Email', revenue: '33.34' },
      { ...credited, conversion_id: 'order 1', touchpoint_id: 'c', channel: 'Email', revenue: '33.33' },
      { ...credited, conversion_id: 'order 2', touchpoint_id: 'd', channel: 'Email', revenue: '1.01' },
      { ...credited, conversion_id: 'order 2', touchpoint_id: 'e', channel: 'Email', revenue: '1.02', campaign: 'may' },
      { ...credited, conversion_id: 'order 2', touchpoint_id: 'f', channel: 'Email', revenue: '1.03', campaign: 'may' },
    ]),
  ],
  expect: ['touch', 'conversion'].flatMap(dated_by => [
    { ...told, dated_by, campaign: '(none)', segment_value: 'DE', conversions: 1, revenue: 100, is_complete: true },
    {
      ...told,
      dated_by,
      campaign: '(none)',
      segment_value: 'FR',
      conversions: 0.333333333,
      revenue: '1.01',
      is_complete: true,
    },
    {
      ...told,
      dated_by,
      campaign: 'may',
      segment_value: 'FR',
      conversions: 0.666666667,
      revenue: '2.05',
      is_complete: true,
    },
  ]),
})
