import { defined, given, unitTest } from 'throughline'
import { attribution } from '../../models/definitions/attribution'
import { conversions } from '../../models/definitions/conversions'
import { funnels } from '../../models/definitions/funnels'
import { stages } from '../../models/definitions/stages'
import { events } from '../../models/events/events'
import { expected_events } from '../../models/events/expected_events'

export const an_event_that_never_happens_is_counted_none = unitTest({
  description: 'Each event that the config names is told with how often it happened; a misspelt one never did.',
  model: expected_events,
  given: [
    given(events, [
      { event_id: 'a', event_name: 'order_placed' },
      { event_id: 'b', event_name: 'order_placed' },
      { event_id: 'c', event_name: 'cart_added' },
    ]),
  ],
  definitions: [
    defined(attribution, { touchpoints: ['session_started', 'email_clicked'] }),
    defined(conversions, { purchase: { event: ['order_placed', 'order_palced'] } }),
    defined(stages, { advocacy: { event: ['review_written', 'order_placed'], at_least: 2 } }),
    defined(funnels, { checkout: { steps: [{ added: 'cart_added' }, { bought: 'order_placed' }] } }),
  ],
  expect: [
    { expected_by: 'attribution.touchpoints', event_name: 'email_clicked', event_count: 0 },
    { expected_by: 'conversions.purchase', event_name: 'order_placed', event_count: 2 },
    { expected_by: 'conversions.purchase', event_name: 'order_palced', event_count: 0 },
    { expected_by: 'funnels.checkout.added', event_name: 'cart_added', event_count: 1 },
    { expected_by: 'funnels.checkout.bought', event_name: 'order_placed', event_count: 2 },
    { expected_by: 'stages.advocacy', event_name: 'review_written', event_count: 0 },
    { expected_by: 'stages.advocacy', event_name: 'order_placed', event_count: 2 },
  ],
})
