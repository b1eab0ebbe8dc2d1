import { defined, given, unitTest } from 'throughline'
import { attribution_credits } from '../../models/attribution/attribution_credits'
import { conversion_touches } from '../../models/attribution/conversion_touches'
import { attribution } from '../../models/definitions/attribution'
import { conversions } from '../../models/journeys/conversions'

const six = { conversion_id: 'six', touch_count: 6 }
const two = { conversion_id: 'two', touch_count: 2 }

/** Mixpanel's "Attribution" and Adobe's "Attribution models"; Amplitude gives two touches of a J curve 30/70 instead. */
export const position_is_u_j_and_inverse_j = unitTest({
  description:
    'Mixpanel and Adobe: J shares six touches 20/5/5/5/5/60 and two 25/75; inverse J 60/5/5/5/5/20 and 75/25; U two touches 50/50.',
  model: attribution_credits,
  definitions: [
    defined(attribution, {
      models: {
        u: { credit: 'position' },
        j: { credit: 'position', first: 0.2, last: 0.6 },
        inverse_j: { credit: 'position', first: 0.6, last: 0.2 },
      },
    }),
  ],
  given: [
    given(conversions, [
      { conversion_id: 'six', revenue: 0 },
      { conversion_id: 'two', revenue: 0 },
    ]),
    given(conversion_touches, [
      ...[1, 2, 3, 4, 5, 6].map(number => ({ ...six, touchpoint_id: `${number}`, touch_number: number })),
      ...[1, 2].map(number => ({ ...two, touchpoint_id: `${number}`, touch_number: number })),
    ]),
  ],
  expect: [
    ...shares('u', 'six', [0.4, 0.05, 0.05, 0.05, 0.05, 0.4]),
    ...shares('u', 'two', [0.5, 0.5]),
    ...shares('j', 'six', [0.2, 0.05, 0.05, 0.05, 0.05, 0.6]),
    ...shares('j', 'two', [0.25, 0.75]),
    ...shares('inverse_j', 'six', [0.6, 0.05, 0.05, 0.05, 0.05, 0.2]),
    ...shares('inverse_j', 'two', [0.75, 0.25]),
  ],
})

function shares(model: string, conversion: string, credits: readonly number[]) {
  return credits.map((credit, index) => ({
    attribution_model: model,
    conversion_id: conversion,
    touch_number: index + 1,
    credit,
  }))
}
