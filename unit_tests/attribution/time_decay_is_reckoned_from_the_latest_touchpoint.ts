import { defined, given, unitTest } from 'throughline'
import { attribution_credits } from '../../models/attribution/attribution_credits'
import { conversion_touches } from '../../models/attribution/conversion_touches'
import { attribution } from '../../models/definitions/attribution'
import { conversions } from '../../models/journeys/conversions'

const year = 365 * 86_400
const far = { conversion_id: 'far', touch_count: 4 }
const near = { conversion_id: 'near', touch_count: 3 }

export const time_decay_is_reckoned_from_the_latest_touchpoint = unitTest({
  description:
    'A year of 8,760 half-lives before the conversion, where every weight would vanish, touchpoints still share by the time between them; one that is far before the others has nothing.',
  model: attribution_credits,
  definitions: [
    defined(attribution, {
      lookback: '730 days',
      models: { decay: { credit: 'time_decay', half_life: '1 hour', skip: ['Direct'] } },
    }),
  ],
  given: [
    given(conversions, [
      { conversion_id: 'far', revenue: 10 },
      { conversion_id: 'near', revenue: 10 },
    ]),
    given(conversion_touches, [
      { ...far, touchpoint_id: 'f1', touch_number: 1, seconds_before: 2 * year, channel: 'Email' },
      { ...far, touchpoint_id: 'f2', touch_number: 2, seconds_before: year + 7200, channel: 'Email' },
      { ...far, touchpoint_id: 'f3', touch_number: 3, seconds_before: year, channel: 'Email' },
      { ...far, touchpoint_id: 'f4', touch_number: 4, seconds_before: 0, channel: 'Direct' },
      // Half an hour is the root of a half; a third of an hour its third root.
      { ...near, touchpoint_id: 'n1', touch_number: 1, seconds_before: 1800, channel: 'Email' },
      { ...near, touchpoint_id: 'n2', touch_number: 2, seconds_before: 1200, channel: 'Email' },
      { ...near, touchpoint_id: 'n3', touch_number: 3, seconds_before: 0, channel: 'Email' },
    ]),
  ],
  expect: [
    { touchpoint_id: 'f2', credit: 0.2, revenue: 2 },
    { touchpoint_id: 'f3', credit: 0.8, revenue: 8 },
    // 0.7071067811865476, 0.7937005259840997 and 1, of 2.5008073071706473.
    { touchpoint_id: 'n1', credit: 0.28275140557972, revenue: '2.83' },
    { touchpoint_id: 'n2', credit: 0.317377721869372, revenue: '3.17' },
    { touchpoint_id: 'n3', credit: 0.399870872550903, revenue: '4' },
  ],
})
