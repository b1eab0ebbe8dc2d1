import { defined, given, unitTest } from 'throughline'
import { hubspot_traits } from '../../models/events/hubspot_traits'
import { stg_hubspot__contact } from '../../models/staging/stg_hubspot__contact'
import { hubspot } from '../../sources/hubspot'

const ada = {
  record_id: 'hubspot:contact:1',
  system: 'hubspot',
  identifier_kind: 'crm_id',
  identifier_value: 'hubspot:1',
  told_at: '2026-02-01 08:00:00',
}

export const a_contact_has_the_traits_that_it_has_values_for = unitTest({
  description:
    'A row for each property that is filled, since the contact last changed, or came in where HubSpot does not say when it changed.',
  model: hubspot_traits,
  definitions: [defined(hubspot, { folder: 'raw/hubspot' })],
  given: [
    given(stg_hubspot__contact, [
      {
        contact_id: '1',
        updated_at: '2026-02-01 08:00:00',
        loaded_at: '2026-03-01 00:00:00',
        first_name: 'Ada',
        last_name: 'Lovelace',
        company: 'Engines',
        job_title: 'Analyst',
        lifecycle_stage: 'lead',
        country: 'Germany',
        city: 'Köln',
        language: 'de',
      },
      { contact_id: '2', loaded_at: '2026-03-01 00:00:00', company: 'Looms' },
      { contact_id: '3', loaded_at: '2026-03-01 00:00:00' },
    ]),
  ],
  expect: [
    { ...ada, trait: 'first_name', trait_value: 'Ada' },
    { ...ada, trait: 'last_name', trait_value: 'Lovelace' },
    { ...ada, trait: 'company', trait_value: 'Engines' },
    { ...ada, trait: 'job_title', trait_value: 'Analyst' },
    { ...ada, trait: 'lifecycle_stage', trait_value: 'lead' },
    { ...ada, trait: 'country', trait_value: 'Germany' },
    { ...ada, trait: 'city', trait_value: 'Köln' },
    { ...ada, trait: 'language', trait_value: 'de' },
    {
      record_id: 'hubspot:contact:2',
      system: 'hubspot',
      identifier_kind: 'crm_id',
      identifier_value: 'hubspot:2',
      told_at: '2026-03-01 00:00:00',
      trait: 'company',
      trait_value: 'Looms',
    },
  ],
})
