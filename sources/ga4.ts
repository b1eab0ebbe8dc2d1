import { integer, landedTables, list, real, record, shardedIn, source, text, z } from 'throughline'
import { eventParameter } from '../macros/event-parameters'

/**
 * What GA4 sends without anybody doing anything (support.google.com/analytics/answer/9234069): `session_start`, `first_visit` and `first_open` say
 * of another event at the same instant what it began; `user_engagement` is sent when a page is left or an app goes to the background, however long
 * after the last action; the others are done by the app, the device, the store or the sender of a message.
 */
const automaticEvents = [
  'session_start',
  'first_visit',
  'first_open',
  'user_engagement',
  'firebase_campaign',
  'app_clear_data',
  'app_exception',
  'app_remove',
  'app_store_refund',
  'app_store_subscription_cancel',
  'app_store_subscription_convert',
  'app_store_subscription_renew',
  'app_update',
  'os_update',
  'error',
  'ad_exposure',
  'ad_impression',
  'ad_query',
  'adunit_exposure',
  'notification_dismiss',
  'notification_foreground',
  'notification_receive',
  'notification_send',
]

const settings = landedTables(['events'], {
  since: z.iso
    .date()
    .optional()
    .describe('The first day that is read, as 2026-01-01, by the clock of the property: earlier events are left out.'),
  automatic_events: z
    .array(z.string().min(1))
    .default(automaticEvents)
    .describe('Events that GA4 sends without anybody doing anything: kept, and no action of a customer.'),
})

export const ga4 = source({
  description: 'Google Analytics 4, as it exports its events to BigQuery: one row per event, with nested parameters.',
  settings,
  // Names that GA4 recommends; a shop's purchase is what the stock conversion counts.
  sections: {
    events: {
      ga4: {
        page_view: 'page_viewed',
        view_item: 'product_viewed',
        add_to_cart: 'cart_added',
        begin_checkout: 'checkout_started',
        purchase: 'order_placed',
        sign_up: 'account_created',
        login: 'account_logged_in',
        generate_lead: 'form_submitted',
      },
    },
  },
  tables: {
    events: {
      description: 'One row per event. The tables of the days (events_20260601 …) one after the other.',
      happenedAt: { column: 'event_timestamp', unit: 'epoch_microseconds' },
      columns: () => ({
        event_date: text('The day by the clock of the property, as 20260601'),
        event_timestamp: integer('When it was logged on the device, in microseconds since 1970-01-01 00:00 UTC'),
        event_name: text('What happened'),
        event_params: list(eventParameter, 'What else is told of it').nullable(),
        user_id: text('Who it was, where the site or app says it').nullable(),
        user_pseudo_id: text('The browser or the installed app; NULL where the visitor has not consented').nullable(),
        device: record(
          {
            category: text(),
            operating_system: text(),
            browser: text(),
            web_info: record({ browser: text(), hostname: text() }),
          },
          'The device',
        ).nullable(),
        geo: record({ country: text(), region: text() }, 'Where the visitor is, by the IP address').nullable(),
        stream_id: text('The data stream: a site or an app').nullable(),
        platform: text('WEB, IOS or ANDROID').nullable(),
        collected_traffic_source: record(
          {
            manual_source: text(),
            manual_medium: text(),
            manual_campaign_name: text(),
            manual_content: text(),
            manual_term: text(),
            gclid: text(),
          },
          'Where the visitor came from, as collected with this event',
        )
          .nullable()
          .mayBeMissing(),
        ecommerce: record(
          { transaction_id: text(), purchase_revenue: real(), refund_value: real() },
          'Totals of a purchase or refund, in the currency of the event',
        )
          .nullable()
          .mayBeMissing(),
        batch_page_id: integer('Grows from page to page of a visit; from July 2024 on').nullable().mayBeMissing(),
        batch_ordering_id: integer('Grows with each request that the page sends').nullable().mayBeMissing(),
        batch_event_index: integer('Place of the event in its request').nullable().mayBeMissing(),
      }),
      location: given => shardedIn(given, 'events', { since: given.since, intraday: 'intraday' }),
    },
  },
})
