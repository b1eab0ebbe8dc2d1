import { defined, given, unitTest } from 'throughline'
import { conversion_touches } from '../../models/attribution/conversion_touches'
import { attribution } from '../../models/definitions/attribution'
import { conversions } from '../../models/journeys/conversions'
import { touchpoints } from '../../models/journeys/touchpoints'

const touch = { person_id: 'ada', channel: 'Email', touched_date: '2026-03-01' }

export const a_touchpoint_counts_within_the_lookback = unitTest({
  description:
    "A person's touchpoints count from exactly the lookback before the conversion to the instant of the conversion, in order of (touched_at, touchpoint_id).",
  model: conversion_touches,
  definitions: [defined(attribution, { lookback: '7 days' })],
  given: [
    given(conversions, [
      { conversion_id: 'order', person_id: 'ada', event_id: 'm', converted_at: '2026-03-08 10:00:00' },
      { conversion_id: 'order of somebody else', person_id: 'bob', converted_at: '2026-03-08 10:00:00' },
    ]),
    given(touchpoints, [
      { ...touch, touchpoint_id: 'a microsecond too early', touched_at: '2026-03-01 09:59:59.999999' },
      { ...touch, touchpoint_id: 'the earliest', touched_at: '2026-03-01 10:00:00', campaign: 'spring' },
      { ...touch, touchpoint_id: 'at one instant, b', touched_at: '2026-03-08 09:59:58.500001' },
      { ...touch, touchpoint_id: 'at one instant, a', touched_at: '2026-03-08 09:59:58.500001' },
      // The converting event is m: the instant alone decides.
      { ...touch, touchpoint_id: 'z', touched_at: '2026-03-08 10:00:00' },
      { ...touch, touchpoint_id: 'a microsecond too late', touched_at: '2026-03-08 10:00:00.000001' },
    ]),
  ],
  expect: [
    {
      conversion_id: 'order',
      person_id: 'ada',
      touchpoint_id: 'the earliest',
      channel: 'Email',
      campaign: 'spring',
      touched_at: '2026-03-01 10:00:00',
      touched_date: '2026-03-01',
      seconds_before: 604_800,
      touch_number: 1,
      touch_count: 4,
    },
    {
      conversion_id: 'order',
      person_id: 'ada',
      touchpoint_id: 'at one instant, a',
      channel: 'Email',
      touched_at: '2026-03-08 09:59:58.500001',
      touched_date: '2026-03-01',
      seconds_before: 1,
      touch_number: 2,
      touch_count: 4,
    },
    {
      conversion_id: 'order',
      person_id: 'ada',
      touchpoint_id: 'at one instant, b',
      channel: 'Email',
      touched_at: '2026-03-08 09:59:58.500001',
      touched_date: '2026-03-01',
      seconds_before: 1,
      touch_number: 3,
      touch_count: 4,
    },
    {
      conversion_id: 'order',
      person_id: 'ada',
      touchpoint_id: 'z',
      channel: 'Email',
      touched_at: '2026-03-08 10:00:00',
      touched_date: '2026-03-01',
      seconds_before: 0,
      touch_number: 4,
      touch_count: 4,
    },
    {
      conversion_id: 'order of somebody else',
      person_id: 'bob',
      touchpoint_id: '(none)',
      channel: '(none)',
      seconds_before: 0,
      touch_number: 0,
      touch_count: 0,
    },
  ],
})
