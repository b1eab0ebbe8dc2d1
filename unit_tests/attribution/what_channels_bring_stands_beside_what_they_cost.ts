import { defined, given, unitTest } from 'throughline'
import { attribution_by_channel } from '../../models/attribution/attribution_by_channel'
import { channel_performance } from '../../models/attribution/channel_performance'
import { attribution } from '../../models/definitions/attribution'
import { conversions } from '../../models/definitions/conversions'
import { as_of } from '../../models/events/as_of'
import { calendar } from '../../models/events/calendar'
import { ad_spend } from '../../models/spend/ad_spend'

const march = { period: 'month', period_start: '2026-03-01' }
const credit = {
  attribution_model: 'linear',
  conversion: 'purchase',
  ...march,
  segment: '(all)',
  segment_value: '(all)',
}
const byConversion = { ...credit, dated_by: 'conversion' }
const told = { attribution_model: 'linear', conversion: 'purchase', ...march, currency: 'EUR', is_complete: true }
const ads = { system: 'google_ads', channel: 'Paid Search', spend_date: '2026-03-05', clicks: 10, impressions: 100 }

export const what_channels_bring_stands_beside_what_they_cost = unitTest({
  description:
    'Conversions and spend of a channel and campaign stand in one row, whatever the case of its name, and also where visits bear its id. What cost and brought nothing is there with 0, what brought something and cost nothing has a spend of 0. Spend without a rate is not known, nor what is reckoned from it; spend outside the calendar is left out.',
  model: channel_performance,
  definitions: [
    defined(attribution, { models: { linear: { credit: 'linear' } } }),
    defined(conversions, { purchase: { event: 'order_placed', value: 'revenue' } }),
  ],
  given: [
    given(as_of, [{ as_of: '2026-04-01 00:00:00' }]),
    given(calendar, [
      { calendar_date: '2026-03-05', ...march, ends_at: '2026-04-01 00:00:00' },
      { calendar_date: '2026-03-06', ...march, ends_at: '2026-04-01 00:00:00' },
    ]),
    given(attribution_by_channel, [
      { ...byConversion, channel: 'Paid Search', campaign: 'SPRING', conversions: 1.5, revenue: '100.01' },
      { ...byConversion, channel: 'Paid Search', campaign: 'spring', conversions: 0.25, revenue: '20' },
      { ...byConversion, channel: 'Paid Search', campaign: '77', conversions: 0.25, revenue: '4.99' },
      { ...byConversion, channel: 'Email', campaign: 'spring', conversions: 2, revenue: '50' },
      { ...byConversion, channel: 'Paid Search', campaign: 'abroad', conversions: 1, revenue: '30' },
      // Neither dated by touch nor told by a segment.
      { ...credit, dated_by: 'touch', channel: 'Email', campaign: 'spring', conversions: 9, revenue: '9' },
      { ...byConversion, segment: 'country', segment_value: 'DE', channel: 'Email', conversions: 8, revenue: '8' },
    ]),
    given(ad_spend, [
      { ...ads, campaign_id: '77', campaign: 'Spring', spend_amount: '30' },
      { ...ads, campaign_id: '77', campaign: 'Spring', spend_date: '2026-03-06', spend_amount: '20' },
      { ...ads, campaign_id: '78', campaign: 'Autumn', spend_amount: '7' },
      { ...ads, campaign_id: '79', campaign: 'Abroad', spend_amount: null },
      { ...ads, campaign_id: '80', campaign: null, spend_amount: '1' },
      { ...ads, campaign_id: '77', campaign: 'Spring', spend_date: '2026-05-01', spend_amount: '99' },
    ]),
  ],
  expect: [
    {
      ...told,
      channel: 'Paid Search',
      campaign: 'Spring',
      conversions: 2,
      revenue: '125',
      spend_amount: '50',
      clicks: 20,
      impressions: 200,
      cost_per_conversion: 25,
      roas: 2.5,
    },
    {
      ...told,
      channel: 'Paid Search',
      campaign: 'Autumn',
      conversions: 0,
      revenue: '0',
      spend_amount: '7',
      clicks: 10,
      impressions: 100,
      cost_per_conversion: null,
      roas: 0,
    },
    {
      ...told,
      channel: 'Paid Search',
      campaign: 'Abroad',
      conversions: 1,
      revenue: '30',
      spend_amount: null,
      clicks: 10,
      impressions: 100,
    },
    {
      ...told,
      channel: 'Paid Search',
      campaign: '80',
      conversions: 0,
      revenue: '0',
      spend_amount: '1',
      clicks: 10,
      impressions: 100,
      roas: 0,
    },
    {
      ...told,
      channel: 'Email',
      campaign: 'spring',
      conversions: 2,
      revenue: '50',
      spend_amount: '0',
      clicks: 0,
      impressions: 0,
      cost_per_conversion: 0,
    },
  ],
})
