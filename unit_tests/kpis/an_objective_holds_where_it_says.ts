import { defined, given, unitTest } from 'throughline'
import { conversions } from '../../models/definitions/conversions'
import { objectives } from '../../models/definitions/objectives'
import { segments } from '../../models/definitions/segments'
import { as_of } from '../../models/events/as_of'
import { calendar } from '../../models/events/calendar'
import { kpi_catalog } from '../../models/kpis/kpi_catalog'
import { kpi_counts } from '../../models/kpis/kpi_counts'
import { kpis } from '../../models/kpis/kpis'

const march = { period: 'month', period_start: '2026-03-01' }
const email = { segment: 'channel', segment_value: 'Email' }

export const an_objective_holds_where_it_says = unitTest({
  description:
    'An objective without a segment holds for all, one for a value of a segment for that value, one for a period for periods of that length; what is exactly at the goal is on target.',
  model: kpis,
  definitions: [
    defined(conversions, { purchase: { event: 'order_placed' } }),
    defined(segments, ['channel']),
    defined(objectives, [
      { kpi: 'purchase_time', at_most: '2 days', period: 'month' },
      { kpi: 'purchase_time', at_most: '1 day', segment: 'channel', segment_value: 'Email' },
    ]),
  ],
  given: [
    given(as_of, [{ as_of: '2026-04-01 00:00:00' }]),
    given(calendar, [
      { calendar_date: '2026-03-05', ...march, ends_at: '2026-04-01 00:00:00' },
      { calendar_date: '2026-03-05', period: 'all', period_start: '2026-03-01' },
    ]),
    given(kpi_catalog, [
      {
        kpi: 'purchase_time',
        unit: 'seconds',
        dated_by: 'conversion',
        told_by: 'segments',
        numerator: 'purchase: seconds of journeys',
        denominator: 'purchase: journeys',
        sampled: 'purchase: journeys',
        settles_after_seconds: 0,
      },
    ]),
    given(kpi_counts, [
      {
        counted: 'purchase: seconds of journeys',
        segment: '(all)',
        segment_value: '(all)',
        ...march,
        amount: '345600',
      },
      { counted: 'purchase: journeys', segment: '(all)', segment_value: '(all)', ...march, amount: '2' },
      { counted: 'purchase: seconds of journeys', ...email, ...march, amount: '86401' },
      { counted: 'purchase: journeys', ...email, ...march, amount: '1' },
      {
        counted: 'purchase: seconds of journeys',
        segment: 'channel',
        segment_value: 'Direct',
        ...march,
        amount: '259199',
      },
      { counted: 'purchase: journeys', segment: 'channel', segment_value: 'Direct', ...march, amount: '1' },
    ]),
  ],
  expect: [
    {
      segment_value: '(all)',
      period: 'month',
      value: 172_800,
      objective: 'at most 2 days',
      target: 172_800,
      is_on_target: true,
      is_complete: true,
    },
    { segment_value: '(all)', period: 'all', is_complete: false },
    {
      segment_value: 'Email',
      period: 'month',
      value: 86_401,
      objective: 'at most 1 day',
      target: 86_400,
      is_on_target: false,
      is_complete: true,
    },
    { segment_value: 'Direct', period: 'month', value: 259_199, is_complete: true },
  ],
})
