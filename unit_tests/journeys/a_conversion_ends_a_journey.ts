import { defined, given, unitTest } from 'throughline'
import { conversions as conversionRules } from '../../models/definitions/conversions'
import { conversions } from '../../models/journeys/conversions'
import { journey_moments } from '../../models/journeys/journey_moments'
import { touchpoints } from '../../models/journeys/touchpoints'

const ada = { person_id: 'ada' }

export const a_conversion_ends_a_journey = unitTest({
  description:
    'A conversion ends a journey, for its own definition alone; of touchpoints at its very instant, those up to its event belong to that journey.',
  model: journey_moments,
  definitions: [defined(conversionRules, { purchase: { event: 'order_placed' }, newsletter: { event: 'subscribed' } })],
  given: [
    given(touchpoints, [
      { ...ada, event_id: 'a', touched_at: '2026-03-01 10:00:00', channel: 'Email' },
      { ...ada, event_id: 'b', touched_at: '2026-03-02 10:00:00', channel: 'Direct' },
      { ...ada, event_id: 'c', touched_at: '2026-03-02 10:00:00', channel: 'Email' },
      { ...ada, event_id: 'd', touched_at: '2026-03-02 10:00:00', channel: 'Direct' },
      { person_id: 'bob', event_id: 'e', touched_at: '2026-03-02 10:00:00', channel: 'Direct' },
    ]),
    given(conversions, [
      {
        ...ada,
        conversion: 'purchase',
        conversion_id: 'purchase of c',
        event_id: 'c',
        converted_at: '2026-03-02 10:00:00',
      },
    ]),
  ],
  expect: [
    { conversion: 'purchase', person_id: 'ada', moment_number: 1, moment_kind: 'touchpoint', event_id: 'a' },
    { conversion: 'purchase', person_id: 'ada', moment_number: 2, moment_kind: 'touchpoint', event_id: 'b' },
    { conversion: 'purchase', person_id: 'ada', moment_number: 3, moment_kind: 'touchpoint', event_id: 'c' },
    { conversion: 'purchase', person_id: 'ada', moment_number: 4, moment_kind: 'conversion', event_id: 'c' },
    { conversion: 'purchase', person_id: 'ada', moment_number: 1, moment_kind: 'touchpoint', event_id: 'd' },
    { conversion: 'purchase', person_id: 'bob', moment_number: 1, moment_kind: 'touchpoint', event_id: 'e' },
    { conversion: 'newsletter', person_id: 'ada', moment_number: 1, moment_kind: 'touchpoint', event_id: 'a' },
    { conversion: 'newsletter', person_id: 'ada', moment_number: 2, moment_kind: 'touchpoint', event_id: 'b' },
    { conversion: 'newsletter', person_id: 'ada', moment_number: 3, moment_kind: 'touchpoint', event_id: 'c' },
    { conversion: 'newsletter', person_id: 'ada', moment_number: 4, moment_kind: 'touchpoint', event_id: 'd' },
    { conversion: 'newsletter', person_id: 'bob', moment_number: 1, moment_kind: 'touchpoint', event_id: 'e' },
  ],
})
