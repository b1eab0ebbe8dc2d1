import { defined, given, unitTest } from 'throughline'
import { zendesk_records } from '../../models/events/zendesk_records'
import { stg_zendesk__user } from '../../models/staging/stg_zendesk__user'
import { zendesk } from '../../sources/zendesk'

export const an_external_id_is_the_user_id_where_the_company_says_so = unitTest({
  description: "With external_id_is_user_id a user's external id is the shop's customer number.",
  model: zendesk_records,
  definitions: [defined(zendesk, { folder: 'raw/zendesk', external_id_is_user_id: true })],
  given: [
    given(stg_zendesk__user, [
      { user_id: '5', external_id: 'C-1' },
      { user_id: '6', external_id: null },
    ]),
  ],
  expect: [
    { record_id: 'zendesk:user:5', identifier_kind: 'support_id', identifier_value: 'zendesk:5' },
    { record_id: 'zendesk:user:5', identifier_kind: 'user_id', identifier_value: 'C-1' },
    { record_id: 'zendesk:user:6', identifier_kind: 'support_id', identifier_value: 'zendesk:6' },
  ],
})
