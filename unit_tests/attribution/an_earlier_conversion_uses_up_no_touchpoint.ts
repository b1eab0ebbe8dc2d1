import { given, unitTest } from 'throughline'
import { conversion_touches } from '../../models/attribution/conversion_touches'
import { conversions } from '../../models/journeys/conversions'
import { touchpoints } from '../../models/journeys/touchpoints'

const touch = { person_id: 'ada', channel: 'Email' }

export const an_earlier_conversion_uses_up_no_touchpoint = unitTest({
  description:
    'A touchpoint has a part in every conversion within the lookback after it, whatever was converted in between.',
  model: conversion_touches,
  given: [
    given(conversions, [
      { conversion_id: 'newsletter', person_id: 'ada', converted_at: '2026-03-02 10:00:00' },
      { conversion_id: 'order', person_id: 'ada', converted_at: '2026-03-04 10:00:00' },
    ]),
    given(touchpoints, [
      { ...touch, touchpoint_id: 'before both', touched_at: '2026-03-01 10:00:00' },
      { ...touch, touchpoint_id: 'between', touched_at: '2026-03-03 10:00:00' },
    ]),
  ],
  expect: [
    { conversion_id: 'newsletter', touchpoint_id: 'before both', touch_number: 1, touch_count: 1 },
    { conversion_id: 'order', touchpoint_id: 'before both', touch_number: 1, touch_count: 2 },
    { conversion_id: 'order', touchpoint_id: 'between', touch_number: 2, touch_count: 2 },
  ],
})
