import { defined, given, unitTest } from 'throughline'
import { hubspot_records } from '../../models/events/hubspot_records'
import { stg_hubspot__contact } from '../../models/staging/stg_hubspot__contact'
import { stg_hubspot__contact_merge_audit } from '../../models/staging/stg_hubspot__contact_merge_audit'
import { hubspot } from '../../sources/hubspot'

const created = '2026-01-01 08:00:00'
const updated = '2026-02-01 08:00:00'
const merged = '2026-01-15 08:00:00'
const loaded = '2026-03-01 00:00:00'
const of = (contact: number) => ({ record_id: `hubspot:contact:${contact}`, system: 'hubspot' })

export const a_contact_and_those_merged_into_it_are_one_record = unitTest({
  description:
    'A record has the contact, all its e-mail addresses and phone numbers, each once, and the contacts that were merged into it, as the contact or the audit says it, since the earlier of the two. The audit alone makes a record of a contact that is not loaded. What is empty is no identifier.',
  model: hubspot_records,
  definitions: [defined(hubspot, { folder: 'raw/hubspot' })],
  given: [
    given(stg_hubspot__contact, [
      {
        contact_id: '1',
        created_at: created,
        updated_at: updated,
        loaded_at: loaded,
        email: 'ada@shop.example',
        additional_emails: 'ada@home.example; ada@shop.example;',
        phone: '030 123456',
        mobile_phone: '0170 1234567',
        merged_contact_ids: '11; 12',
      },
      { contact_id: '2', loaded_at: loaded, phone: '030 1', mobile_phone: '030 1' },
    ]),
    given(stg_hubspot__contact_merge_audit, [
      { contact_id: '1', merged_contact_id: '12', merged_at: merged, loaded_at: loaded },
      { contact_id: '3', merged_contact_id: '31', loaded_at: loaded },
    ]),
  ],
  expect: [
    { ...of(1), stated_at: created, identifier_kind: 'crm_id', identifier_value: 'hubspot:1' },
    { ...of(1), stated_at: created, identifier_kind: 'email', identifier_value: 'ada@shop.example' },
    { ...of(1), stated_at: created, identifier_kind: 'email', identifier_value: 'ada@home.example' },
    { ...of(1), stated_at: created, identifier_kind: 'phone', identifier_value: '030 123456' },
    { ...of(1), stated_at: created, identifier_kind: 'phone', identifier_value: '0170 1234567' },
    { ...of(1), stated_at: updated, identifier_kind: 'crm_id', identifier_value: 'hubspot:11' },
    { ...of(1), stated_at: merged, identifier_kind: 'crm_id', identifier_value: 'hubspot:12' },
    { ...of(2), stated_at: loaded, identifier_kind: 'crm_id', identifier_value: 'hubspot:2' },
    { ...of(2), stated_at: loaded, identifier_kind: 'phone', identifier_value: '030 1' },
    { ...of(3), stated_at: loaded, identifier_kind: 'crm_id', identifier_value: 'hubspot:3' },
    { ...of(3), stated_at: loaded, identifier_kind: 'crm_id', identifier_value: 'hubspot:31' },
  ],
})
