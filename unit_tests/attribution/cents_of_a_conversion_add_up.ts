import { defined, given, unitTest } from 'throughline'
import { attribution_credits } from '../../models/attribution/attribution_credits'
import { conversion_touches } from '../../models/attribution/conversion_touches'
import { attribution } from '../../models/definitions/attribution'
import { conversions } from '../../models/journeys/conversions'

export const cents_of_a_conversion_add_up = unitTest({
  description:
    'Each touchpoint has the growth of the revenue so far, rounded to the cent; the last has what remains, with parts of a cent.',
  model: attribution_credits,
  definitions: [defined(attribution, { models: { linear: { credit: 'linear' } } })],
  given: [
    given(conversions, [
      { conversion_id: '100.00 by 3', revenue: 100 },
      { conversion_id: '0.01 by 3', revenue: '0.01' },
      { conversion_id: '0.05 by 2', revenue: '0.05' },
      { conversion_id: '10.005 by 2', revenue: '10.005' },
      { conversion_id: '-0.05 by 2', revenue: '-0.05' },
      { conversion_id: 'nothing by 2', revenue: 0 },
    ]),
    given(conversion_touches, [
      ...touches('100.00 by 3', 3),
      ...touches('0.01 by 3', 3),
      ...touches('0.05 by 2', 2),
      ...touches('10.005 by 2', 2),
      ...touches('-0.05 by 2', 2),
      ...touches('nothing by 2', 2),
    ]),
  ],
  expect: [
    // So far 33.33, 66.67.
    { conversion_id: '100.00 by 3', touch_number: 1, revenue: '33.33' },
    { conversion_id: '100.00 by 3', touch_number: 2, revenue: '33.34' },
    { conversion_id: '100.00 by 3', touch_number: 3, revenue: '33.33' },
    // So far 0.0033, 0.0067.
    { conversion_id: '0.01 by 3', touch_number: 1, revenue: 0 },
    { conversion_id: '0.01 by 3', touch_number: 2, revenue: '0.01' },
    { conversion_id: '0.01 by 3', touch_number: 3, revenue: 0 },
    // Half a cent is rounded away from zero.
    { conversion_id: '0.05 by 2', touch_number: 1, revenue: '0.03' },
    { conversion_id: '0.05 by 2', touch_number: 2, revenue: '0.02' },
    { conversion_id: '10.005 by 2', touch_number: 1, revenue: '5' },
    { conversion_id: '10.005 by 2', touch_number: 2, revenue: '5.005' },
    { conversion_id: '-0.05 by 2', touch_number: 1, revenue: '-0.03' },
    { conversion_id: '-0.05 by 2', touch_number: 2, revenue: '-0.02' },
    { conversion_id: 'nothing by 2', touch_number: 1, revenue: 0 },
    { conversion_id: 'nothing by 2', touch_number: 2, revenue: 0 },
  ],
})

function touches(conversion: string, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    conversion_id: conversion,
    touchpoint_id: `touch ${index + 1}`,
    touch_number: index + 1,
    touch_count: count,
  }))
}
