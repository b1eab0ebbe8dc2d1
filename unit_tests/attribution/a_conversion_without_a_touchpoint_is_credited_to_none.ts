import { given, unitTest } from 'throughline'
import { attribution_credits } from '../../models/attribution/attribution_credits'
import { conversion_touches } from '../../models/attribution/conversion_touches'
import { conversions } from '../../models/journeys/conversions'

const order = {
  conversion_id: 'order',
  conversion: 'purchase',
  person_id: 'ada',
  converted_at: '2026-03-22 10:00:00',
  converted_date: '2026-03-22',
  revenue: '12.345',
}
const none = {
  conversion_id: 'order',
  touchpoint_id: '(none)',
  person_id: 'ada',
  channel: '(none)',
  touch_number: 0,
  touch_count: 0,
}

export const a_conversion_without_a_touchpoint_is_credited_to_none = unitTest({
  description: 'Every model gives (none) the whole of a conversion without a touchpoint, and no time of a touch.',
  model: attribution_credits,
  given: [given(conversions, [order]), given(conversion_touches, [{ ...none, seconds_before: 0 }])],
  expect: ['first', 'last', 'last_non_direct', 'linear', 'u_shaped', 'decay'].map(attribution_model => ({
    attribution_model,
    ...order,
    ...none,
    campaign: null,
    touched_at: null,
    touched_date: null,
    credit: 1,
  })),
})
