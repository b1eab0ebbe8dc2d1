import { defined, given, unitTest } from 'throughline'
import { traffic } from '../../models/definitions/traffic'
import { clickstream_events } from '../../models/events/clickstream_events'
import { events } from '../../models/events/events'

const acted = {
  is_customer_action: true,
  is_test: false,
  raw_event_name: 'page_viewed',
  occurred_at: '2026-03-01 10:00:00',
}

export const bots_and_tests_are_no_customers = unitTest({
  description:
    'What a machine did, or we ourselves to try something, is kept, marked, and no action of a customer. One set of conditions is enough; within a set all hold.',
  model: events,
  definitions: [
    defined(traffic, {
      bots: [{ browser: '*Headless*' }, { browser: 'Chrome', operating_system: 'Linux' }],
      tests: [{ page_host: 'staging.acme.example' }],
    }),
  ],
  given: [
    given(clickstream_events, [
      { ...acted, event_id: 'a', browser: 'Chrome', operating_system: 'Windows' },
      { ...acted, event_id: 'b', browser: 'HeadlessChrome' },
      { ...acted, event_id: 'c', browser: 'Chrome', operating_system: 'Linux' },
      { ...acted, event_id: 'd', page_host: 'staging.acme.example' },
      { ...acted, event_id: 'e', is_test: true },
      { ...acted, event_id: 'f', is_customer_action: false },
    ]),
  ],
  expect: [
    { event_id: 'a', is_bot: false, is_test: false, is_customer_action: true },
    { event_id: 'b', is_bot: true, is_test: false, is_customer_action: false },
    { event_id: 'c', is_bot: true, is_test: false, is_customer_action: false },
    { event_id: 'd', is_bot: false, is_test: true, is_customer_action: false },
    { event_id: 'e', is_bot: false, is_test: true, is_customer_action: false },
    { event_id: 'f', is_bot: false, is_test: false, is_customer_action: false },
  ],
})
