import { given, unitTest } from 'throughline'
import { as_of } from '../../models/events/as_of'
import { events } from '../../models/events/events'

export const without_events_there_is_no_as_of = unitTest({
  description:
    'Where there are no events, nothing is known as of any instant: there is no row, rather than one of NULLs.',
  model: as_of,
  given: [given(events, [])],
  expect: [],
})
