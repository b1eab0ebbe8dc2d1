import { defined, given, unitTest } from 'throughline'
import { hubspot_identifiers } from '../../models/events/hubspot_identifiers'
import { hubspot_moments } from '../../models/events/hubspot_moments'
import { hubspot } from '../../sources/hubspot'

export const a_hubspot_event_is_of_a_contact_or_a_recipient = unitTest({
  description:
    'A contact and a form are of the contact, by its id in HubSpot; an e-mail is of the address that it went to; what has neither is of nobody.',
  model: hubspot_identifiers,
  definitions: [defined(hubspot, { folder: 'raw/hubspot' })],
  given: [
    given(hubspot_moments, [
      { system_event_id: 'contact:1', contact_id: '1' },
      { system_event_id: 'email_event:e1', email: 'Ada@Shop.example' },
      { system_event_id: 'form_submission:f1' },
    ]),
  ],
  expect: [
    {
      event_id: '16a4b2745d592ec454b23324ae828ac78ac719b342d91c68561bcb5a6dfa3096',
      identifier_kind: 'crm_id',
      identifier_value: 'hubspot:1',
    },
    {
      event_id: '3f9170433716fcd146ef68b9a9d2d94242ef1611cb43dcb33792f91b7fff4291',
      identifier_kind: 'email',
      identifier_value: 'Ada@Shop.example',
    },
  ],
})
