import { defined, given, unitTest } from 'throughline'
import { attribution_credits } from '../../models/attribution/attribution_credits'
import { conversion_touches } from '../../models/attribution/conversion_touches'
import { attribution } from '../../models/definitions/attribution'
import { conversions } from '../../models/journeys/conversions'

const one = { conversion_id: 'one', touch_count: 1 }
const two = { conversion_id: 'two', touch_count: 2 }
const three = { conversion_id: 'three', touch_count: 3 }

export const position_gives_the_ends_their_shares = unitTest({
  description:
    'By position one touchpoint has it all, two have it in the proportion of first and last, and of more the middle has what the ends leave: nothing, where the ends have it all.',
  model: attribution_credits,
  definitions: [
    defined(attribution, {
      models: {
        tilted: { credit: 'position', first: 0.6, last: 0.2 },
        ends: { credit: 'position', first: 0.3, last: 0.7 },
        last_but: { credit: 'position', first: 0, last: '50 %' },
      },
    }),
  ],
  given: [
    given(conversions, [
      { conversion_id: 'one', revenue: 1 },
      { conversion_id: 'two', revenue: 1 },
      { conversion_id: 'three', revenue: 1 },
    ]),
    given(conversion_touches, [
      { ...one, touchpoint_id: '1 of 1', touch_number: 1 },
      { ...two, touchpoint_id: '1 of 2', touch_number: 1 },
      { ...two, touchpoint_id: '2 of 2', touch_number: 2 },
      { ...three, touchpoint_id: '1 of 3', touch_number: 1 },
      { ...three, touchpoint_id: '2 of 3', touch_number: 2 },
      { ...three, touchpoint_id: '3 of 3', touch_number: 3 },
    ]),
  ],
  expect: [
    { attribution_model: 'tilted', touchpoint_id: '1 of 1', credit: 1, revenue: 1 },
    { attribution_model: 'tilted', touchpoint_id: '1 of 2', credit: 0.75, revenue: '0.75' },
    { attribution_model: 'tilted', touchpoint_id: '2 of 2', credit: 0.25, revenue: '0.25' },
    { attribution_model: 'tilted', touchpoint_id: '1 of 3', credit: 0.6, revenue: '0.6' },
    { attribution_model: 'tilted', touchpoint_id: '2 of 3', credit: 0.2, revenue: '0.2' },
    { attribution_model: 'tilted', touchpoint_id: '3 of 3', credit: 0.2, revenue: '0.2' },

    { attribution_model: 'ends', touchpoint_id: '1 of 1', credit: 1, revenue: 1 },
    { attribution_model: 'ends', touchpoint_id: '1 of 2', credit: 0.3, revenue: '0.3' },
    { attribution_model: 'ends', touchpoint_id: '2 of 2', credit: 0.7, revenue: '0.7' },
    { attribution_model: 'ends', touchpoint_id: '1 of 3', credit: 0.3, revenue: '0.3' },
    { attribution_model: 'ends', touchpoint_id: '3 of 3', credit: 0.7, revenue: '0.7' },

    { attribution_model: 'last_but', touchpoint_id: '1 of 1', credit: 1, revenue: 1 },
    { attribution_model: 'last_but', touchpoint_id: '2 of 2', credit: 1, revenue: 1 },
    { attribution_model: 'last_but', touchpoint_id: '2 of 3', credit: 0.5, revenue: '0.5' },
    { attribution_model: 'last_but', touchpoint_id: '3 of 3', credit: 0.5, revenue: '0.5' },
  ],
})
