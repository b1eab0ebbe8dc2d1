import { key, model, sql } from 'throughline'
import { stg_zendesk__user } from '../staging/stg_zendesk__user'

export const zendesk_agents = model({
  description: 'One row per user of Zendesk who works for us. Whoever is not known to is a customer.',
  grain: ['user_id'],
  columns: { user_id: key('The user') },
  materialize: { kind: 'inline' },
  query: () => sql`
    select u.user_id
    from ${stg_zendesk__user} as u
    where u.role in ('agent', 'admin')
  `,
})
