import { defined, given, unitTest } from 'throughline'
import { zendesk_agents } from '../../models/events/zendesk_agents'
import { zendesk_traits } from '../../models/events/zendesk_traits'
import { stg_zendesk__user } from '../../models/staging/stg_zendesk__user'
import { zendesk } from '../../sources/zendesk'

const of = (user: number, told_at: string) => ({
  record_id: `zendesk:user:${user}`,
  system: 'zendesk',
  identifier_kind: 'support_id',
  identifier_value: `zendesk:${user}`,
  told_at,
})

export const a_customer_has_a_name_and_a_language = unitTest({
  description: 'A row for each that is filled, since the user last changed, or came in; none for agents.',
  model: zendesk_traits,
  definitions: [defined(zendesk, { folder: 'raw/zendesk' })],
  given: [
    given(zendesk_agents, [{ user_id: '9' }]),
    given(stg_zendesk__user, [
      {
        user_id: '5',
        updated_at: '2026-02-01 08:00:00',
        loaded_at: '2026-03-01 00:00:00',
        full_name: 'Ada Lovelace',
        language: 'en-US',
      },
      { user_id: '6', loaded_at: '2026-03-01 00:00:00', full_name: 'Émile' },
      { user_id: '9', loaded_at: '2026-03-01 00:00:00', full_name: 'Arthur Agent' },
    ]),
  ],
  expect: [
    { ...of(5, '2026-02-01 08:00:00'), trait: 'full_name', trait_value: 'Ada Lovelace' },
    { ...of(5, '2026-02-01 08:00:00'), trait: 'language', trait_value: 'en-US' },
    { ...of(6, '2026-03-01 00:00:00'), trait: 'full_name', trait_value: 'Émile' },
  ],
})
