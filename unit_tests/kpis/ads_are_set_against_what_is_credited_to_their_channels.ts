import { defined, given, unitTest } from 'throughline'
import { attribution_credits } from '../../models/attribution/attribution_credits'
import { attribution } from '../../models/definitions/attribution'
import { segments } from '../../models/definitions/segments'
import { calendar } from '../../models/events/calendar'
import { kpi_counts } from '../../models/kpis/kpi_counts'
import { ad_spend } from '../../models/spend/ad_spend'

const march = { period: 'month', period_start: '2026-03-01' }
const credit = { attribution_model: 'linear', conversion: 'purchase', converted_date: '2026-03-05' }
const all = { ...march, segment: '(all)', segment_value: '(all)' }
const channel = (segment_value: string) => ({ ...march, segment: 'channel', segment_value })

export const ads_are_set_against_what_is_credited_to_their_channels = unitTest({
  description:
    'Credit of the model that the others are held against counts, and of the channels alone of which an ad platform tells costs: not that of Email. It is told by the credited channel, and by no other segment.',
  model: kpi_counts,
  definitions: [
    defined(attribution, {
      models: { first: { credit: 'first' }, linear: { credit: 'linear' } },
      compare_to: 'linear',
    }),
    defined(segments, ['country', 'channel']),
  ],
  given: [
    given(calendar, [{ calendar_date: '2026-03-05', ...march }]),
    given(ad_spend, [
      { channel: 'Paid Search', spend_date: '2026-03-05', spend_amount: '40' },
      { channel: 'Paid Search', spend_date: '2026-03-05', spend_amount: null },
      { channel: 'Paid Social', spend_date: '2026-03-05', spend_amount: '9.99' },
      // A channel of which the last costs were long ago; it may still bring something.
      { channel: 'Display', spend_date: '2025-03-05', spend_amount: '5' },
    ]),
    given(attribution_credits, [
      { ...credit, conversion_id: 'o1', touchpoint_id: 't1', channel: 'Paid Search', credit: 1 / 3, revenue: '10' },
      { ...credit, conversion_id: 'o1', touchpoint_id: 't2', channel: 'Paid Search', credit: 1 / 3, revenue: '10' },
      { ...credit, conversion_id: 'o1', touchpoint_id: 't3', channel: 'Email', credit: 1 / 3, revenue: '10' },
      { ...credit, conversion_id: 'o2', touchpoint_id: 't4', channel: 'Display', credit: 0.5, revenue: '3.50' },
      { ...credit, conversion_id: 'o2', touchpoint_id: 't5', channel: 'Paid Search', credit: 0.5, revenue: '3.50' },
      {
        ...credit,
        attribution_model: 'first',
        conversion_id: 'o1',
        touchpoint_id: 't1',
        channel: 'Paid Search',
        credit: 1,
        revenue: '30',
      },
    ]),
  ],
  expect: [
    { ...all, counted: 'spend', amount: '49.99' },
    { ...channel('Paid Search'), counted: 'spend', amount: '40' },
    { ...channel('Paid Social'), counted: 'spend', amount: '9.99' },

    { ...all, counted: 'purchase: conversions credited to ads', amount: '1.666666667' },
    { ...channel('Paid Search'), counted: 'purchase: conversions credited to ads', amount: '1.166666667' },
    { ...channel('Display'), counted: 'purchase: conversions credited to ads', amount: '0.5' },

    { ...all, counted: 'purchase: conversions with a credited ad', amount: '2' },
    { ...channel('Paid Search'), counted: 'purchase: conversions with a credited ad', amount: '2' },
    { ...channel('Display'), counted: 'purchase: conversions with a credited ad', amount: '1' },

    { ...all, counted: 'purchase: revenue credited to ads', amount: '27' },
    { ...channel('Paid Search'), counted: 'purchase: revenue credited to ads', amount: '23.50' },
    { ...channel('Display'), counted: 'purchase: revenue credited to ads', amount: '3.50' },
  ],
})
