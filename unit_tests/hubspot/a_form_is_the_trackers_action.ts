import { defined, given, unitTest } from 'throughline'
import { hubspot_moments } from '../../models/events/hubspot_moments'
import { stg_hubspot__contact } from '../../models/staging/stg_hubspot__contact'
import { stg_hubspot__contact_form_submission } from '../../models/staging/stg_hubspot__contact_form_submission'
import { hubspot } from '../../sources/hubspot'

const rows = [
  given(stg_hubspot__contact, [
    { contact_id: '1', created_at: '2026-03-01 09:59:00' },
    { contact_id: '2', created_at: null },
  ]),
  given(stg_hubspot__contact_form_submission, [
    {
      submission_id: 'f1',
      contact_id: '1',
      submitted_at: '2026-03-01 10:00:00',
      page_url: 'https://shop.example/contact',
    },
    { submission_id: 'f2', contact_id: '1', submitted_at: null },
  ]),
]
const contact = {
  system_event_id: 'contact:1',
  raw_event_name: 'contact_created',
  occurred_at: '2026-03-01 09:59:00',
  platform: 'crm',
  is_customer_action: false,
  contact_id: '1',
}
const form = {
  system_event_id: 'form_submission:f1',
  raw_event_name: 'form_submitted',
  occurred_at: '2026-03-01 10:00:00',
  platform: 'web',
  contact_id: '1',
  page_url: 'https://shop.example/contact',
}

export const a_form_is_the_trackers_action = unitTest({
  description:
    'The tracker on the site sees a form too: HubSpot tells of it without making an action of it. That a contact was created is no action either. What has no time is left out.',
  model: hubspot_moments,
  definitions: [defined(hubspot, { folder: 'raw/hubspot' })],
  given: rows,
  expect: [contact, { ...form, is_customer_action: false }],
})
