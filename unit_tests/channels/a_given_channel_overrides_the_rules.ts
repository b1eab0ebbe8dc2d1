import { defined, given, unitTest } from 'throughline'
import { channels } from '../../models/definitions/channels'
import { events } from '../../models/events/events'
import { event_channels } from '../../models/journeys/event_channels'
import { event_sources } from '../../models/journeys/event_sources'

export const a_given_channel_overrides_the_rules = unitTest({
  description:
    'A channel that the system has decided overrides all rules, and needs no source; without rules all else is Unassigned; what says nothing is not told.',
  model: event_channels,
  definitions: [defined(channels, { rules: 'none' })],
  given: [
    given(events, [
      { event_id: 'a', given_channel: 'Store' },
      { event_id: 'b', given_channel: 'Phone' },
      { event_id: 'c' },
      { event_id: 'd' },
    ]),
    given(event_sources, [
      { event_id: 'b', source: 'google', medium: 'cpc', carried_by: 'utm' },
      { event_id: 'c', source: 'google', medium: 'cpc', carried_by: 'utm' },
    ]),
  ],
  expect: [
    { event_id: 'a', channel: 'Store', is_given: true, carried_by: null },
    { event_id: 'b', channel: 'Phone', is_given: true, carried_by: 'utm' },
    { event_id: 'c', channel: 'Unassigned', is_given: false, carried_by: 'utm' },
  ],
})
