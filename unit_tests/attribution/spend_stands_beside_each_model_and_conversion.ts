import { defined, given, unitTest } from 'throughline'
import { channel_performance } from '../../models/attribution/channel_performance'
import { attribution } from '../../models/definitions/attribution'
import { conversions } from '../../models/definitions/conversions'
import { as_of } from '../../models/events/as_of'
import { calendar } from '../../models/events/calendar'
import { ad_spend } from '../../models/spend/ad_spend'

const day = { period: 'day', period_start: '2026-03-05' }
const told = { ...day, channel: 'Paid Social', campaign: 'Spring', spend_amount: '3.50', is_complete: false }

export const spend_stands_beside_each_model_and_conversion = unitTest({
  description:
    'Spend repeats for each attribution model and conversion definition, though nobody converted; a period that is not over is not complete.',
  model: channel_performance,
  definitions: [
    defined(attribution, { models: { first: { credit: 'first' }, last: { credit: 'last' } } }),
    defined(conversions, { purchase: { event: 'order_placed' }, lead: { event: 'lead_sent' } }),
  ],
  given: [
    given(as_of, [{ as_of: '2026-03-05 23:59:59' }]),
    given(calendar, [{ calendar_date: '2026-03-05', ...day, ends_at: '2026-03-06 00:00:00' }]),
    given(ad_spend, [
      { channel: 'Paid Social', campaign: 'Spring', campaign_id: '5', spend_date: '2026-03-05', spend_amount: '3.50' },
    ]),
  ],
  expect: [
    { ...told, attribution_model: 'first', conversion: 'purchase' },
    { ...told, attribution_model: 'first', conversion: 'lead' },
    { ...told, attribution_model: 'last', conversion: 'purchase' },
    { ...told, attribution_model: 'last', conversion: 'lead' },
  ],
})
