import { given, unitTest } from 'throughline'
import { conversions } from '../../models/journeys/conversions'
import { journey_moments } from '../../models/journeys/journey_moments'
import { touchpoints } from '../../models/journeys/touchpoints'

export const a_journey_is_named_by_its_beginning = unitTest({
  description:
    'The id of a journey is the SHA-256 of its definition and first touchpoint, or conversion where there is no touchpoint.',
  model: journey_moments,
  given: [
    given(touchpoints, [
      { person_id: 'ada', event_id: 'a', touched_at: '2026-03-01 10:00:00', channel: 'Email' },
      { person_id: 'ada', event_id: 'b', touched_at: '2026-03-02 10:00:00', channel: 'Email' },
    ]),
    given(conversions, [
      {
        conversion: 'purchase',
        person_id: 'bob',
        conversion_id: 'x',
        event_id: 'c',
        converted_at: '2026-03-02 10:00:00',
      },
    ]),
  ],
  expect: [
    // printf 'purchase:a' | sha256sum
    { event_id: 'a', journey_id: 'b224e7b282e741211c0e4c19ec71275bd72d234844b4aed92ee97135c5c17412' },
    { event_id: 'b', journey_id: 'b224e7b282e741211c0e4c19ec71275bd72d234844b4aed92ee97135c5c17412' },
    // printf 'purchase:x' | sha256sum
    { event_id: 'c', journey_id: '3f5e72973b2fcece511c4241fe9a005576ccc83f5e86b5a6833f6268aa47d302' },
  ],
})
