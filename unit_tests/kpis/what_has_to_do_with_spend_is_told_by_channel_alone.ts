import { defined, given, unitTest } from 'throughline'
import { attribution } from '../../models/definitions/attribution'
import { conversions } from '../../models/definitions/conversions'
import { objectives } from '../../models/definitions/objectives'
import { segments } from '../../models/definitions/segments'
import { as_of } from '../../models/events/as_of'
import { calendar } from '../../models/events/calendar'
import { kpi_catalog } from '../../models/kpis/kpi_catalog'
import { kpi_counts } from '../../models/kpis/kpi_counts'
import { kpis } from '../../models/kpis/kpis'

const march = { period: 'month', period_start: '2026-03-01' }
const all = { segment: '(all)', segment_value: '(all)' }
const search = { segment: 'channel', segment_value: 'Paid Search' }
const email = { segment: 'channel', segment_value: 'Email' }
const roas = { kpi: 'purchase_roas', ...march, unit: 'ratio', is_complete: true }
const cost = { kpi: 'purchase_cost', ...march, unit: 'currency', currency: 'EUR', is_complete: true }

export const what_has_to_do_with_spend_is_told_by_channel_alone = unitTest({
  description:
    'Return on ad spend and the cost of a conversion are told for all and by channel, not by country; a channel without spend has no return, one without conversions no cost. They may have objectives.',
  model: kpis,
  definitions: [
    defined(conversions, { purchase: { event: 'order_placed', value: 'revenue' } }),
    defined(attribution, { models: { last: { credit: 'last' } } }),
    defined(segments, ['channel', 'country']),
    defined(objectives, [
      { kpi: 'purchase_roas', at_least: 4 },
      { kpi: 'purchase_cost', at_most: 12.5, segment: 'channel', segment_value: 'Paid Search' },
    ]),
  ],
  given: [
    given(as_of, [{ as_of: '2026-04-01 00:00:00' }]),
    given(calendar, [{ calendar_date: '2026-03-05', ...march, ends_at: '2026-04-01 00:00:00' }]),
    given(kpi_catalog, [
      {
        kpi: 'purchase_roas',
        unit: 'ratio',
        dated_by: 'conversion and spend',
        told_by: 'channel',
        numerator: 'purchase: revenue credited to ads',
        denominator: 'spend',
        sampled: 'purchase: conversions with a credited ad',
        settles_after_seconds: 0,
      },
      {
        kpi: 'purchase_cost',
        unit: 'currency',
        dated_by: 'conversion and spend',
        told_by: 'channel',
        numerator: 'spend',
        denominator: 'purchase: conversions credited to ads',
        sampled: 'purchase: conversions with a credited ad',
        settles_after_seconds: 0,
      },
    ]),
    given(kpi_counts, [
      { ...march, ...all, counted: 'spend', amount: '40' },
      { ...march, ...search, counted: 'spend', amount: '40' },
      { ...march, ...all, counted: 'purchase: revenue credited to ads', amount: '150' },
      { ...march, ...search, counted: 'purchase: revenue credited to ads', amount: '150' },
      { ...march, ...all, counted: 'purchase: conversions credited to ads', amount: '2.5' },
      { ...march, ...search, counted: 'purchase: conversions credited to ads', amount: '2.5' },
      { ...march, ...all, counted: 'purchase: conversions with a credited ad', amount: '3' },
      { ...march, ...search, counted: 'purchase: conversions with a credited ad', amount: '3' },
      { ...march, ...email, counted: 'sessions', amount: '7' },
      { ...march, segment: 'country', segment_value: 'DE', counted: 'sessions', amount: '7' },
    ]),
  ],
  expect: [
    {
      ...roas,
      ...all,
      numerator: '150',
      denominator: '40',
      value: 3.75,
      sample_size: 3,
      objective: 'at least 4',
      target: 4,
      is_on_target: false,
    },
    { ...roas, ...search, numerator: '150', denominator: '40', value: 3.75, sample_size: 3 },
    { ...roas, ...email, numerator: '0', denominator: '0', sample_size: 0 },
    { ...cost, ...all, numerator: '40', denominator: '2.5', value: 16, sample_size: 3 },
    {
      ...cost,
      ...search,
      numerator: '40',
      denominator: '2.5',
      value: 16,
      sample_size: 3,
      objective: 'at most 12.5',
      target: 12.5,
      is_on_target: false,
    },
    { ...cost, ...email, numerator: '0', denominator: '0', sample_size: 0 },
  ],
})
