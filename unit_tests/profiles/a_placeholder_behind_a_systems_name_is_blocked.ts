import { defined, given, unitTest } from 'throughline'
import { identity } from '../../models/definitions/identity'
import { events } from '../../models/events/events'
import { ga4_identifiers } from '../../models/events/ga4_identifiers'
import { hubspot_identifiers } from '../../models/events/hubspot_identifiers'
import { hubspot_records } from '../../models/events/hubspot_records'
import { shopify_records } from '../../models/events/shopify_records'
import { zendesk_identifiers } from '../../models/events/zendesk_identifiers'
import { zendesk_records } from '../../models/events/zendesk_records'
import { seen_identifiers } from '../../models/profiles/seen_identifiers'
import { ga4 } from '../../sources/ga4'
import { hubspot } from '../../sources/hubspot'
import { shopify } from '../../sources/shopify'
import { zendesk } from '../../sources/zendesk'

const at = '2026-03-01 10:00:00'
const onEvent = (event_id: string, identifier_kind: string, identifier_value: string) => ({
  event_id,
  identifier_kind,
  identifier_value,
})
const inRecord = (record_id: string, identifier_kind: string, identifier_value: string) => ({
  record_id,
  stated_at: at,
  identifier_kind,
  identifier_value,
})
const nobody = (seen_id: string, identifier_value: string) => ({
  seen_id,
  identifier_value,
  blocked_reason: 'placeholder value',
})
const somebody = (seen_id: string, identifier_value: string) => ({ seen_id, identifier_value, blocked_reason: null })

export const a_placeholder_behind_a_systems_name_is_blocked = unitTest({
  description:
    "A placeholder, one of the config's own too, or nothing at all, identifies nobody where the name of the system stands before it, on events and in records; an id that only holds one does.",
  model: seen_identifiers,
  definitions: [
    defined(ga4, { folder: 'raw/ga4' }),
    defined(hubspot, { folder: 'raw/hubspot' }),
    defined(shopify, { folder: 'raw/shopify', customer_id_is_user_id: false }),
    defined(zendesk, { folder: 'raw/zendesk' }),
    defined(identity, { placeholders: ['No-Consent'] }),
  ],
  given: [
    given(
      events,
      ['g1', 'g2', 'g3', 'g4', 'g5', 'g6', 'g7', 'h1', 'z1', 'z2'].map(event_id => ({ event_id, occurred_at: at })),
    ),
    given(ga4_identifiers, [
      onEvent('g1', 'cookie_id', 'ga4:null'),
      onEvent('g2', 'cookie_id', 'ga4:Undefined'),
      onEvent('g3', 'device_id', 'ga4:00000000-0000-0000-0000-000000000000'),
      onEvent('g4', 'cookie_id', 'ga4:no-consent'),
      onEvent('g5', 'cookie_id', 'ga4: '),
      onEvent('g6', 'cookie_id', 'ga4:null.1'),
      onEvent('g7', 'user_id', '17:0'),
    ]),
    given(hubspot_identifiers, [onEvent('h1', 'crm_id', 'hubspot:0')]),
    given(hubspot_records, [inRecord('hubspot:contact:0', 'crm_id', 'hubspot:0')]),
    given(shopify_records, [
      inRecord('shopify:customer:0', 'crm_id', 'shopify:0'),
      inRecord('shopify:customer:10', 'crm_id', 'shopify:10'),
    ]),
    given(zendesk_identifiers, [
      onEvent('z1', 'cookie_id', 'zendesk:undefined'),
      onEvent('z2', 'support_id', 'zendesk:0'),
    ]),
    given(zendesk_records, [inRecord('zendesk:user:0', 'support_id', 'zendesk:0')]),
  ],
  expect: [
    nobody('g1', 'ga4:null'),
    nobody('g2', 'ga4:Undefined'),
    nobody('g3', 'ga4:00000000-0000-0000-0000-000000000000'),
    nobody('g4', 'ga4:no-consent'),
    nobody('g5', 'ga4:'),
    somebody('g6', 'ga4:null.1'),
    somebody('g7', '17:0'),
    nobody('h1', 'hubspot:0'),
    nobody('hubspot:contact:0', 'hubspot:0'),
    nobody('shopify:customer:0', 'shopify:0'),
    somebody('shopify:customer:10', 'shopify:10'),
    nobody('z1', 'zendesk:undefined'),
    nobody('z2', 'zendesk:0'),
    nobody('zendesk:user:0', 'zendesk:0'),
  ],
})
