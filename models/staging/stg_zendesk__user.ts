import { boolean, key, model, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { lowered } from '../../macros/text'
import { zendesk } from '../../sources/zendesk'

export const stg_zendesk__user = model({
  description: 'One row per user that is in Zendesk, as it came in last: customers, agents and admins.',
  grain: ['user_id'],
  columns: {
    user_id: key('The user'),
    row_id: text('SHA-256 of the whole raw row'),
    loaded_at: timestamp('When this version came in, UTC'),
    created_at: timestamp('When the user was created, UTC; NULL where Zendesk does not say').nullable(),
    updated_at: timestamp('When the user last changed, UTC; NULL where Zendesk does not say').nullable(),
    role: text('end-user, agent or admin; NULL where Zendesk does not say').nullable(),
    full_name: text('Full name').nullable(),
    email: text('E-mail address').nullable(),
    phone: text('Phone number, as somebody typed it').nullable(),
    is_phone_shared: boolean('Several people have the phone number'),
    external_id: text('The user in another system').nullable(),
    language: text('Language, as en-US').nullable(),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    with newest as (
      select
        cast(e.id as ${type.text}) as user_id,
        e.tl_row_id as row_id,
        ${rawColumn('_fivetran_synced')} as loaded_at,
        coalesce(${rawColumn('_fivetran_deleted')}, false) as is_deleted,
        e.created_at,
        e.updated_at,
        ${lowered(rawText('role'))} as role,
        ${rawText('name')} as full_name,
        ${rawText('email')} as email,
        ${rawText('phone')} as phone,
        coalesce(${lowered(rawText('shared_phone_number'))} = 'true', false) as is_phone_shared,
        ${rawText('external_id')} as external_id,
        ${rawText('locale')} as language
      from ${zendesk.tables.user} as e
      ${newestSynced('id')}
    )

    select
      n.user_id, n.row_id, n.loaded_at, n.created_at, n.updated_at, n.role, n.full_name, n.email, n.phone, n.is_phone_shared,
      n.external_id, n.language
    from newest as n
    where not n.is_deleted
  `,
})
