import { defined, given, unitTest } from 'throughline'
import { segments } from '../../models/definitions/segments'
import { conversion_segments } from '../../models/journeys/conversion_segments'
import { conversions } from '../../models/journeys/conversions'
import { session_segments } from '../../models/journeys/session_segments'

export const a_conversion_has_the_segments_of_its_session = unitTest({
  description: 'A conversion has the value of each segment that its session has, and (none) outside of a session.',
  model: conversion_segments,
  definitions: [defined(segments, ['country'])],
  given: [
    given(conversions, [
      { conversion_id: 'in the shop', session_id: 'visit' },
      { conversion_id: 'by telephone', session_id: null },
    ]),
    given(session_segments, [
      { session_id: 'visit', segment: '(all)', segment_value: '(all)' },
      { session_id: 'visit', segment: 'country', segment_value: 'DE' },
      { session_id: 'another', segment: 'country', segment_value: 'FR' },
    ]),
  ],
  expect: [
    { conversion_id: 'in the shop', segment: '(all)', segment_value: '(all)' },
    { conversion_id: 'in the shop', segment: 'country', segment_value: 'DE' },
    { conversion_id: 'by telephone', segment: '(all)', segment_value: '(all)' },
    { conversion_id: 'by telephone', segment: 'country', segment_value: '(none)' },
  ],
})
