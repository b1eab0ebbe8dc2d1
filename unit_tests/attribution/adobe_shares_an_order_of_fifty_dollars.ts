import { defined, given, unitTest } from 'throughline'
import { attribution_credits } from '../../models/attribution/attribution_credits'
import { conversion_touches } from '../../models/attribution/conversion_touches'
import { attribution } from '../../models/definitions/attribution'
import { conversions } from '../../models/journeys/conversions'

const day = 86_400
const touch = { conversion_id: 'order', touch_count: 4 }

/** The example of Adobe's "Attribution models": J is 20 % to the first touch, 60 % to the last. Time decay is given there to a tenth of a percent. */
export const adobe_shares_an_order_of_fifty_dollars = unitTest({
  description:
    'Adobe: an order of $50 on 24 September, paid search on the 15th, social on the 18th, email and display on the 24th. Linear: $12.50 each. J: $10, $5, $5, $30. Time decay: 13.8, 18.6, 33.8, 33.8 %.',
  model: attribution_credits,
  definitions: [
    defined(attribution, {
      models: {
        linear: { credit: 'linear' },
        j_curve: { credit: 'position', first: 0.2, last: 0.6 },
        decay: { credit: 'time_decay', half_life: '7 days' },
      },
    }),
  ],
  given: [
    given(conversions, [{ conversion_id: 'order', revenue: 50 }]),
    given(conversion_touches, [
      { ...touch, touchpoint_id: '1', touch_number: 1, channel: 'Paid Search', seconds_before: 9 * day },
      { ...touch, touchpoint_id: '2', touch_number: 2, channel: 'Social', seconds_before: 6 * day },
      { ...touch, touchpoint_id: '3', touch_number: 3, channel: 'Email', seconds_before: 0 },
      { ...touch, touchpoint_id: '4', touch_number: 4, channel: 'Display', seconds_before: 0 },
    ]),
  ],
  expect: [
    { attribution_model: 'linear', channel: 'Paid Search', credit: 0.25, revenue: '12.5' },
    { attribution_model: 'linear', channel: 'Social', credit: 0.25, revenue: '12.5' },
    { attribution_model: 'linear', channel: 'Email', credit: 0.25, revenue: '12.5' },
    { attribution_model: 'linear', channel: 'Display', credit: 0.25, revenue: '12.5' },

    { attribution_model: 'j_curve', channel: 'Paid Search', credit: 0.2, revenue: 10 },
    { attribution_model: 'j_curve', channel: 'Social', credit: 0.1, revenue: 5 },
    { attribution_model: 'j_curve', channel: 'Email', credit: 0.1, revenue: 5 },
    { attribution_model: 'j_curve', channel: 'Display', credit: 0.6, revenue: 30 },

    // 2^(-9/7) = 0.410168, 2^(-6/7) = 0.552045, 1 and 1, of 2.962212.
    { attribution_model: 'decay', channel: 'Paid Search', credit: 0.138466665381436, revenue: '6.92' },
    { attribution_model: 'decay', channel: 'Social', credit: 0.186362311610034, revenue: '9.32' },
    { attribution_model: 'decay', channel: 'Email', credit: 0.337585511504265, revenue: '16.88' },
    { attribution_model: 'decay', channel: 'Display', credit: 0.337585511504265, revenue: '16.88' },
  ],
})
