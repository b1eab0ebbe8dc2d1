import { defined, given, unitTest } from 'throughline'
import { channels } from '../../models/definitions/channels'
import { as_of } from '../../models/events/as_of'
import { journey_moments } from '../../models/journeys/journey_moments'
import { journeys } from '../../models/journeys/journeys'

const touch = { moment_kind: 'touchpoint', conversion: 'purchase', person_id: 'ada', occurred_date: '2026-03-01' }

export const a_journey_counts_where_people_met_people = unitTest({
  description: 'Touchpoints of the offline channels are counted; the conversion, in the store or not, is none.',
  model: journeys,
  definitions: [defined(channels, { offline: ['Store', 'Phone'] })],
  given: [
    given(as_of, [{ as_of: '2026-03-01 12:00:00' }]),
    given(journey_moments, [
      { ...touch, journey_id: 'a', moment_number: 1, occurred_at: '2026-03-01 10:00:00', channel: 'Email' },
      { ...touch, journey_id: 'a', moment_number: 2, occurred_at: '2026-03-01 10:10:00', channel: 'Store' },
      { ...touch, journey_id: 'a', moment_number: 3, occurred_at: '2026-03-01 10:20:00', channel: 'Phone' },
      {
        ...touch,
        moment_kind: 'conversion',
        conversion_id: 'order 1',
        journey_id: 'a',
        moment_number: 4,
        occurred_at: '2026-03-01 10:30:00',
      },
      { ...touch, journey_id: 'b', moment_number: 1, occurred_at: '2026-03-01 11:00:00', channel: 'Chat' },
      {
        ...touch,
        moment_kind: 'conversion',
        conversion_id: 'order 2',
        journey_id: 'c',
        moment_number: 1,
        occurred_at: '2026-03-01 11:30:00',
      },
    ]),
  ],
  expect: [
    { journey_id: 'a', outcome: 'converted', touchpoint_count: 3, offline_touchpoint_count: 2 },
    { journey_id: 'b', outcome: 'open', touchpoint_count: 1, offline_touchpoint_count: 0 },
    { journey_id: 'c', outcome: 'converted', touchpoint_count: 0, offline_touchpoint_count: 0 },
  ],
})
