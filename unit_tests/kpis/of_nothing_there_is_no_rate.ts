import { defined, given, unitTest } from 'throughline'
import { conversions } from '../../models/definitions/conversions'
import { objectives } from '../../models/definitions/objectives'
import { as_of } from '../../models/events/as_of'
import { calendar } from '../../models/events/calendar'
import { kpi_catalog } from '../../models/kpis/kpi_catalog'
import { kpi_counts } from '../../models/kpis/kpi_counts'
import { kpis } from '../../models/kpis/kpis'

const day = { segment: '(all)', segment_value: '(all)', period: 'day' }
const rate = {
  kpi: 'purchase_rate',
  unit: 'rate',
  dated_by: 'session start',
  told_by: 'segments',
  numerator: 'purchase: sessions',
  denominator: 'sessions',
  sampled: 'sessions',
  settles_after_seconds: 0,
}
const revenue = {
  ...rate,
  kpi: 'purchase_revenue',
  unit: 'currency',
  dated_by: 'conversion',
  numerator: 'purchase: revenue',
  denominator: null,
  sampled: 'purchase: conversions',
}

export const of_nothing_there_is_no_rate = unitTest({
  description:
    'A day without sessions has no purchase rate and is neither on target nor off it; a day with sessions and no purchase has a rate of 0. Revenue of a day without any is 0.',
  model: kpis,
  definitions: [
    defined(conversions, { purchase: { event: 'order_placed', value: 'revenue' } }),
    defined(objectives, [{ kpi: 'purchase_rate', at_least: '10 %' }]),
  ],
  given: [
    given(as_of, [{ as_of: '2026-03-04 12:00:00' }]),
    given(calendar, [
      { calendar_date: '2026-03-01', period: 'day', period_start: '2026-03-01', ends_at: '2026-03-02 00:00:00' },
      { calendar_date: '2026-03-02', period: 'day', period_start: '2026-03-02', ends_at: '2026-03-03 00:00:00' },
      { calendar_date: '2026-03-04', period: 'day', period_start: '2026-03-04', ends_at: '2026-03-05 00:00:00' },
    ]),
    given(kpi_catalog, [rate, revenue]),
    given(kpi_counts, [
      { ...day, counted: 'sessions', period_start: '2026-03-01', amount: '8' },
      { ...day, counted: 'purchase: sessions', period_start: '2026-03-01', amount: '1' },
      { ...day, counted: 'purchase: conversions', period_start: '2026-03-01', amount: '2' },
      { ...day, counted: 'purchase: revenue', period_start: '2026-03-01', amount: '19.98' },
      { ...day, counted: 'sessions', period_start: '2026-03-04', amount: '3' },
    ]),
  ],
  expect: [
    {
      kpi: 'purchase_rate',
      period_start: '2026-03-01',
      numerator: '1',
      denominator: '8',
      value: 0.125,
      sample_size: 8,
      objective: 'at least 10 %',
      target: 0.1,
      is_on_target: true,
      is_complete: true,
    },
    {
      kpi: 'purchase_rate',
      period_start: '2026-03-02',
      numerator: '0',
      denominator: '0',
      sample_size: 0,
      objective: 'at least 10 %',
      target: 0.1,
      is_complete: true,
    },
    {
      kpi: 'purchase_rate',
      period_start: '2026-03-04',
      numerator: '0',
      denominator: '3',
      value: 0,
      sample_size: 3,
      objective: 'at least 10 %',
      target: 0.1,
      is_on_target: false,
      is_complete: false,
    },
    {
      kpi: 'purchase_revenue',
      period_start: '2026-03-01',
      numerator: '19.98',
      value: 19.98,
      sample_size: 2,
      is_complete: true,
    },
    {
      kpi: 'purchase_revenue',
      period_start: '2026-03-02',
      numerator: '0',
      value: 0,
      sample_size: 0,
      is_complete: true,
    },
    {
      kpi: 'purchase_revenue',
      period_start: '2026-03-04',
      numerator: '0',
      value: 0,
      sample_size: 0,
      is_complete: false,
    },
  ],
})
