import { boolean, key, number, shape, text, timestamp } from 'throughline'

export const event_stream = shape({
  description:
    'What a system tells of its events. A model of these columns, one row per event, joins the events of all others.',
  columns: {
    event_id: key('Unique over all systems: SHA-256 of the system and its own id, or an id that is unique as it is'),
    row_id: text('SHA-256 of the raw row: of versions that came in at once, the greatest counts'),
    system: text('The system that told it, as in the config: clickstream'),
    system_event_id: text("The system's own id of the event").nullable(),
    raw_event_name: text("What happened, in the system's words"),
    occurred_at: timestamp('When it happened, UTC'),
    loaded_at: timestamp('When this version came in, UTC; NULL where the system does not say').nullable(),
    platform: text('Where it happened: web, ios, android, email, phone, store, chat, crm, ad …'),
    is_customer_action: boolean('Done by the customer, rather than by us or by a machine: only these make sessions'),
    utm_source: text('UTM source').nullable(),
    utm_medium: text('UTM medium').nullable(),
    utm_campaign: text('UTM campaign').nullable(),
    utm_content: text('UTM content: which of several links or ads').nullable(),
    utm_term: text('UTM term: the keyword').nullable(),
    click_id_kind: text("Which ad platform's click id the page was opened with: gclid, fbclid …").nullable(),
    referrer_host: text('Host of the page that the visitor came from, in lower case').nullable(),
    page_host: text('Host of the page, in lower case').nullable(),
    page_path: text('Path of the page, without query').nullable(),
    device_category: text('desktop, mobile, tablet …').nullable(),
    country: text('Country of the visitor').nullable(),
    order_id: text("The order's number").nullable(),
    given_channel: text('A channel that the system has decided; overrides the rules').nullable(),
    source_session_id: text("The system's own session; kept, not used").nullable(),
    amount: number('What the event is worth, in its currency').nullable(),
    currency: text('Currency of the amount, as EUR; NULL is the reporting currency').nullable(),
  },
})
