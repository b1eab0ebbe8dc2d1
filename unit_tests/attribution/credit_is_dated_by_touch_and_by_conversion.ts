import { defined, given, unitTest } from 'throughline'
import { attribution_by_channel } from '../../models/attribution/attribution_by_channel'
import { attribution_credits } from '../../models/attribution/attribution_credits'
import { attribution } from '../../models/definitions/attribution'
import { as_of } from '../../models/events/as_of'
import { calendar } from '../../models/events/calendar'
import { conversion_segments } from '../../models/journeys/conversion_segments'

const march = { period: 'month', period_start: '2026-03-01', ends_at: '2026-04-01 00:00:00' }
const april = { period: 'month', period_start: '2026-04-01', ends_at: '2026-05-01 00:00:00' }
const all = { segment: '(all)', segment_value: '(all)' }
const told = { attribution_model: 'linear', conversion: 'purchase' }
const inMarch = { ...told, ...all, period: 'month', period_start: '2026-03-01' }
const inApril = { ...told, ...all, period: 'month', period_start: '2026-04-01' }

export const credit_is_dated_by_touch_and_by_conversion = unitTest({
  description:
    'The same credit stands in the month of the touchpoint and in that of the conversion. A month dated by touch is complete when the lookback after it is over; a conversion without a touchpoint has the day of the conversion either way.',
  model: attribution_by_channel,
  definitions: [defined(attribution, { lookback: '7 days' })],
  given: [
    // A second before the seven days after March are over.
    given(as_of, [{ as_of: '2026-04-07 23:59:59' }]),
    given(calendar, [
      { calendar_date: '2026-03-31', ...march },
      { calendar_date: '2026-04-02', ...april },
    ]),
    given(conversion_segments, [
      { conversion_id: 'order 1', ...all },
      { conversion_id: 'order 2', ...all },
    ]),
    given(attribution_credits, [
      {
        ...told,
        conversion_id: 'order 1',
        channel: 'Email',
        campaign: 'spring',
        touched_date: '2026-03-31',
        converted_date: '2026-04-02',
        credit: 0.5,
        revenue: 5,
      },
      {
        ...told,
        conversion_id: 'order 1',
        channel: 'Direct',
        touched_date: '2026-04-02',
        converted_date: '2026-04-02',
        credit: 0.5,
        revenue: 5,
      },
      {
        ...told,
        conversion_id: 'order 2',
        channel: '(none)',
        converted_date: '2026-03-31',
        credit: 1,
        revenue: '0.01',
      },
    ]),
  ],
  expect: [
    { ...inMarch, dated_by: 'touch', ...channel('Email', 'spring'), conversions: 0.5, revenue: 5, is_complete: false },
    { ...inMarch, dated_by: 'touch', ...channel('(none)'), conversions: 1, revenue: '0.01', is_complete: false },
    { ...inApril, dated_by: 'touch', ...channel('Direct'), conversions: 0.5, revenue: 5, is_complete: false },

    { ...inMarch, dated_by: 'conversion', ...channel('(none)'), conversions: 1, revenue: '0.01', is_complete: true },
    {
      ...inApril,
      dated_by: 'conversion',
      ...channel('Email', 'spring'),
      conversions: 0.5,
      revenue: 5,
      is_complete: false,
    },
    { ...inApril, dated_by: 'conversion', ...channel('Direct'), conversions: 0.5, revenue: 5, is_complete: false },
  ],
})

function channel(name: string, campaign = '(none)') {
  return { channel: name, campaign }
}
