import { defined, given, unitTest } from 'throughline'
import { hubspot_moments } from '../../models/events/hubspot_moments'
import { stg_hubspot__contact_form_submission } from '../../models/staging/stg_hubspot__contact_form_submission'
import { hubspot } from '../../sources/hubspot'

const rows = [
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
const form = {
  system_event_id: 'form_submission:f1',
  raw_event_name: 'form_submitted',
  occurred_at: '2026-03-01 10:00:00',
  platform: 'web',
  contact_id: '1',
  page_url: 'https://shop.example/contact',
}

export const a_form_is_an_action_where_the_company_says_so = unitTest({
  description: 'With forms_are_actions a submitted form is an action, for a site whose tracker does not see it.',
  model: hubspot_moments,
  definitions: [defined(hubspot, { folder: 'raw/hubspot', forms_are_actions: true })],
  given: rows,
  expect: [{ ...form, is_customer_action: true }],
})
