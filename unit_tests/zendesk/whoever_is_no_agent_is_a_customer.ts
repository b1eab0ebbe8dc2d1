import { defined, given, unitTest } from 'throughline'
import { zendesk_agents } from '../../models/events/zendesk_agents'
import { stg_zendesk__user } from '../../models/staging/stg_zendesk__user'
import { zendesk } from '../../sources/zendesk'

export const whoever_is_no_agent_is_a_customer = unitTest({
  description: 'Agents and admins work for us; a user without a role is not known to.',
  model: zendesk_agents,
  definitions: [defined(zendesk, { folder: 'raw/zendesk' })],
  given: [
    given(stg_zendesk__user, [
      { user_id: '1', role: 'agent' },
      { user_id: '2', role: 'admin' },
      { user_id: '3', role: 'end-user' },
      { user_id: '4', role: null },
    ]),
  ],
  expect: [{ user_id: '1' }, { user_id: '2' }],
})
