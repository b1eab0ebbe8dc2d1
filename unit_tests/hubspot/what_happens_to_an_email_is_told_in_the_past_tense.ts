import { defined, given, unitTest } from 'throughline'
import { hubspot_moments } from '../../models/events/hubspot_moments'
import { stg_hubspot__email_event } from '../../models/staging/stg_hubspot__email_event'
import { hubspot } from '../../sources/hubspot'

const at = '2026-03-01 10:00:00'
const event = (email_event_type: string) => ({
  email_event_id: email_event_type,
  email_event_type,
  happened_at: at,
  recipient: 'ada@shop.example',
  email_campaign_id: '7',
  is_filtered: false,
})
const told = (type: string, raw_event_name: string, is_customer_action = false) => ({
  system_event_id: `email_event:${type}`,
  raw_event_name,
  occurred_at: at,
  platform: 'email',
  is_customer_action,
  email: 'ada@shop.example',
  email_event_id: type,
  email_campaign_id: '7',
})

export const what_happens_to_an_email_is_told_in_the_past_tense = unitTest({
  description:
    'Each type of e-mail event has a name of ours; one that we do not know keeps its own. Only a click is an action of the customer. Opens and clicks that HubSpot filters, events that a later one replaces, and those without a time are left out.',
  model: hubspot_moments,
  definitions: [defined(hubspot, { folder: 'raw/hubspot' })],
  given: [
    given(stg_hubspot__email_event, [
      ...['SENT', 'DELIVERED', 'OPEN', 'CLICK', 'BOUNCE', 'SPAMREPORT', 'STATUSCHANGE', 'Novelty'].map(event),
      { ...event('PROCESSED'), is_filtered: true },
      { ...event('OPEN'), email_event_id: 'scanned', is_filtered: true },
      { ...event('CLICK'), email_event_id: 'tried', is_filtered: true },
      { ...event('OPEN'), email_event_id: 'first glance', replaced_by: 'OPEN' },
      { ...event('OPEN'), email_event_id: 'some time', happened_at: null },
    ]),
  ],
  expect: [
    told('SENT', 'email_sent'),
    told('DELIVERED', 'email_delivered'),
    told('OPEN', 'email_opened'),
    told('CLICK', 'email_clicked', true),
    told('BOUNCE', 'email_bounced'),
    told('SPAMREPORT', 'email_reported_as_spam'),
    told('STATUSCHANGE', 'email_subscription_changed'),
    told('Novelty', 'email_novelty'),
    told('PROCESSED', 'email_processed'),
  ],
})
