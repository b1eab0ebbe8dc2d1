import { defined, given, unitTest } from 'throughline'
import { zendesk_agents } from '../../models/events/zendesk_agents'
import { zendesk_records } from '../../models/events/zendesk_records'
import { stg_zendesk__user } from '../../models/staging/stg_zendesk__user'
import { zendesk } from '../../sources/zendesk'

const created = '2026-01-01 08:00:00'
const of = (user: number, stated_at = created) => ({ record_id: `zendesk:user:${user}`, system: 'zendesk', stated_at })

export const a_customers_record_has_no_shared_phone = unitTest({
  description:
    'A customer is known by their id in Zendesk, e-mail address and phone number, since they were created there; a number that several share is left out, and so is the external id unless the company says what it is. Agents have no record.',
  model: zendesk_records,
  definitions: [defined(zendesk, { folder: 'raw/zendesk' })],
  given: [
    given(zendesk_agents, [{ user_id: '9' }]),
    given(stg_zendesk__user, [
      {
        user_id: '5',
        created_at: created,
        loaded_at: '2026-03-01 00:00:00',
        email: 'ada@shop.example',
        phone: '030 123456',
        is_phone_shared: false,
        external_id: 'C-1',
      },
      { user_id: '6', loaded_at: '2026-03-01 00:00:00', phone: '030 1', is_phone_shared: true },
      { user_id: '9', created_at: created, email: 'agent@shop.example', is_phone_shared: false },
    ]),
  ],
  expect: [
    { ...of(5), identifier_kind: 'support_id', identifier_value: 'zendesk:5' },
    { ...of(5), identifier_kind: 'email', identifier_value: 'ada@shop.example' },
    { ...of(5), identifier_kind: 'phone', identifier_value: '030 123456' },
    { ...of(6, '2026-03-01 00:00:00'), identifier_kind: 'support_id', identifier_value: 'zendesk:6' },
  ],
})
