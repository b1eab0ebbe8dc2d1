import { given, unitTest } from 'throughline'
import { person_events } from '../../models/journeys/person_events'
import { session_channels } from '../../models/journeys/session_channels'
import { identifiers } from '../../models/profiles/identifiers'
import { identity_map } from '../../models/profiles/identity_map'
import { people } from '../../models/profiles/people'

export const people_are_told_with_what_is_known_of_them = unitTest({
  description:
    'Seen from the first to the last event of theirs or with an identifier of theirs; known since the first identifier that is no device, browser or order; won by the channel of the first session.',
  model: people,
  given: [
    given(identity_map, [
      { identifier_id: 'u', person_id: 'u' },
      { identifier_id: 'd', person_id: 'u' },
      { identifier_id: 'e', person_id: 'u' },
      { identifier_id: 'c', person_id: 'u' },
      { identifier_id: 'o', person_id: 'u' },
      { identifier_id: 't', person_id: 't' },
    ]),
    given(identifiers, [
      {
        identifier_id: 'o',
        identifier_kind: 'order_id',
        first_seen_at: '2026-03-01 11:00:00',
        last_seen_at: '2026-03-01 11:00:00',
        is_shared: false,
      },
      {
        identifier_id: 'c',
        identifier_kind: 'cookie_id',
        first_seen_at: '2026-03-01 12:00:00',
        last_seen_at: '2026-03-01 12:00:00',
        is_shared: false,
      },
      {
        identifier_id: 'u',
        identifier_kind: 'user_id',
        first_seen_at: '2026-03-03 10:00:00',
        last_seen_at: '2026-03-09 10:00:00',
        is_shared: false,
      },
      {
        identifier_id: 'e',
        identifier_kind: 'email',
        first_seen_at: '2026-03-02 10:00:00',
        last_seen_at: '2026-03-02 10:00:00',
        is_shared: false,
      },
      {
        identifier_id: 'd',
        identifier_kind: 'device_id',
        first_seen_at: '2026-03-01 10:00:00',
        last_seen_at: '2026-03-03 10:00:00',
        is_shared: false,
      },
      {
        identifier_id: 't',
        identifier_kind: 'device_id',
        first_seen_at: '2026-02-01 10:00:00',
        last_seen_at: '2026-03-09 10:00:00',
        is_shared: true,
      },
    ]),
    given(person_events, [
      { event_id: '1', person_id: 'u', occurred_at: '2026-03-01 10:00:00' },
      { event_id: '2', person_id: 'u', occurred_at: '2026-03-09 10:00:00' },
      { event_id: '3', person_id: 'event:3', occurred_at: '2026-03-05 10:00:00' },
    ]),
    given(session_channels, [
      { session_id: 's2', person_id: 'u', started_at: '2026-03-09 10:00:00', first_event_id: '2', channel: 'Direct' },
      {
        session_id: 's1',
        person_id: 'u',
        started_at: '2026-03-01 10:00:00',
        first_event_id: '1',
        channel: 'Email',
        utm_campaign: 'Spring',
      },
    ]),
  ],
  expect: [
    {
      person_id: 'u',
      first_seen_at: '2026-03-01 10:00:00',
      last_seen_at: '2026-03-09 10:00:00',
      known_since: '2026-03-02 10:00:00',
      identifier_count: 5,
      acquisition_channel: 'Email',
      acquisition_campaign: 'Spring',
      is_shared_device: false,
    },
    // All its events are those of others, and yet it was seen.
    {
      person_id: 't',
      first_seen_at: '2026-02-01 10:00:00',
      last_seen_at: '2026-03-09 10:00:00',
      identifier_count: 1,
      is_shared_device: true,
    },
    {
      person_id: 'event:3',
      first_seen_at: '2026-03-05 10:00:00',
      last_seen_at: '2026-03-05 10:00:00',
      identifier_count: 0,
      is_shared_device: false,
    },
  ],
})
