import { given, unitTest } from 'throughline'
import { events } from '../../models/events/events'
import { journey_moments } from '../../models/journeys/journey_moments'
import { journey_steps } from '../../models/journeys/journey_steps'
import { journeys } from '../../models/journeys/journeys'
import { touchpoints } from '../../models/journeys/touchpoints'

const bought = { journey_id: 'bought', moment_kind: 'touchpoint' }
const left = { journey_id: 'left', moment_kind: 'touchpoint' }

export const equal_touchpoints_in_a_row_are_one_step = unitTest({
  description:
    'Touchpoints in a row with one channel, kind or page are one step; the last step waits for the conversion, and for nothing where there is none.',
  model: journey_steps,
  given: [
    given(journeys, [
      { journey_id: 'bought', outcome: 'converted', ended_at: '2026-03-01 10:05:00' },
      { journey_id: 'left', outcome: 'open', ended_at: '2026-03-01 10:00:00' },
      { journey_id: 'no touchpoint', outcome: 'converted', ended_at: '2026-03-01 10:00:00' },
    ]),
    given(journey_moments, [
      { ...bought, event_id: 'a', moment_number: 1, occurred_at: '2026-03-01 10:00:00' },
      { ...bought, event_id: 'b', moment_number: 2, occurred_at: '2026-03-01 10:01:00' },
      { ...bought, event_id: 'c', moment_number: 3, occurred_at: '2026-03-01 10:03:00.5' },
      { ...bought, event_id: 'd', moment_number: 4, moment_kind: 'conversion', occurred_at: '2026-03-01 10:05:00' },
      { ...left, event_id: 'e', moment_number: 1, occurred_at: '2026-03-01 10:00:00' },
    ]),
    given(touchpoints, [
      { event_id: 'a', channel: 'Email', touchpoint_kind: 'session_started' },
      { event_id: 'b', channel: 'Email', touchpoint_kind: 'chat_started' },
      { event_id: 'c', channel: 'Direct', touchpoint_kind: 'session_started' },
      { event_id: 'e', channel: 'Direct', touchpoint_kind: 'session_started' },
    ]),
    given(events, [
      { event_id: 'a', page_path: '/lamps' },
      { event_id: 'b' },
      { event_id: 'c' },
      { event_id: 'd', page_path: '/thanks' },
      { event_id: 'e', page_path: '/' },
    ]),
  ],
  expect: [
    {
      journey_id: 'bought',
      dimension: 'channel',
      position: 1,
      step: 'Email',
      occurred_at: '2026-03-01 10:00:00',
      touchpoint_count: 2,
      seconds_to_next: 180,
    },
    {
      journey_id: 'bought',
      dimension: 'channel',
      position: 2,
      step: 'Direct',
      occurred_at: '2026-03-01 10:03:00.5',
      touchpoint_count: 1,
      seconds_to_next: 119,
    },
    {
      journey_id: 'bought',
      dimension: 'event',
      position: 1,
      step: 'session_started',
      occurred_at: '2026-03-01 10:00:00',
      touchpoint_count: 1,
      seconds_to_next: 60,
    },
    {
      journey_id: 'bought',
      dimension: 'event',
      position: 2,
      step: 'chat_started',
      occurred_at: '2026-03-01 10:01:00',
      touchpoint_count: 1,
      seconds_to_next: 120,
    },
    {
      journey_id: 'bought',
      dimension: 'event',
      position: 3,
      step: 'session_started',
      occurred_at: '2026-03-01 10:03:00.5',
      touchpoint_count: 1,
      seconds_to_next: 119,
    },
    {
      journey_id: 'bought',
      dimension: 'page',
      position: 1,
      step: '/lamps',
      occurred_at: '2026-03-01 10:00:00',
      touchpoint_count: 1,
      seconds_to_next: 60,
    },
    {
      journey_id: 'bought',
      dimension: 'page',
      position: 2,
      step: '(none)',
      occurred_at: '2026-03-01 10:01:00',
      touchpoint_count: 2,
      seconds_to_next: 240,
    },
    {
      journey_id: 'left',
      dimension: 'channel',
      position: 1,
      step: 'Direct',
      occurred_at: '2026-03-01 10:00:00',
      touchpoint_count: 1,
    },
    {
      journey_id: 'left',
      dimension: 'event',
      position: 1,
      step: 'session_started',
      occurred_at: '2026-03-01 10:00:00',
      touchpoint_count: 1,
    },
    {
      journey_id: 'left',
      dimension: 'page',
      position: 1,
      step: '/',
      occurred_at: '2026-03-01 10:00:00',
      touchpoint_count: 1,
    },
  ],
})
