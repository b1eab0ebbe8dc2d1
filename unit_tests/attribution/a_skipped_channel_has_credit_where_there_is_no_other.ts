import { defined, given, unitTest } from 'throughline'
import { attribution_credits } from '../../models/attribution/attribution_credits'
import { conversion_touches } from '../../models/attribution/conversion_touches'
import { attribution } from '../../models/definitions/attribution'
import { conversions } from '../../models/journeys/conversions'

const mixed = { conversion_id: 'mixed', touch_count: 4 }
const direct = { conversion_id: 'all direct', touch_count: 2, channel: 'Direct' }

export const a_skipped_channel_has_credit_where_there_is_no_other = unitTest({
  description:
    'Touchpoints of skipped channels have no credit, and the others share as if there were no more; where all are skipped, none is. The numbers count all of them.',
  model: attribution_credits,
  definitions: [
    defined(attribution, {
      models: {
        u: { credit: 'position', skip: ['Direct', 'Referral'] },
        first: { credit: 'first', skip: ['Direct'] },
      },
    }),
  ],
  given: [
    given(conversions, [
      { conversion_id: 'mixed', revenue: 10 },
      { conversion_id: 'all direct', revenue: 10 },
    ]),
    given(conversion_touches, [
      { ...mixed, touchpoint_id: 'm1', touch_number: 1, channel: 'Direct' },
      { ...mixed, touchpoint_id: 'm2', touch_number: 2, channel: 'Email' },
      { ...mixed, touchpoint_id: 'm3', touch_number: 3, channel: 'Referral' },
      { ...mixed, touchpoint_id: 'm4', touch_number: 4, channel: 'Display' },
      { ...direct, touchpoint_id: 'd1', touch_number: 1 },
      { ...direct, touchpoint_id: 'd2', touch_number: 2 },
    ]),
  ],
  expect: [
    // Two are left, which are the first and the last.
    { attribution_model: 'u', touchpoint_id: 'm2', touch_number: 2, touch_count: 4, credit: 0.5, revenue: 5 },
    { attribution_model: 'u', touchpoint_id: 'm4', touch_number: 4, touch_count: 4, credit: 0.5, revenue: 5 },
    { attribution_model: 'u', touchpoint_id: 'd1', touch_number: 1, touch_count: 2, credit: 0.5, revenue: 5 },
    { attribution_model: 'u', touchpoint_id: 'd2', touch_number: 2, touch_count: 2, credit: 0.5, revenue: 5 },
    { attribution_model: 'first', touchpoint_id: 'm2', touch_number: 2, touch_count: 4, credit: 1, revenue: 10 },
    { attribution_model: 'first', touchpoint_id: 'd1', touch_number: 1, touch_count: 2, credit: 1, revenue: 10 },
  ],
})
