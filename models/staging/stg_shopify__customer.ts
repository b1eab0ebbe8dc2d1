import { boolean, key, model, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { shopify } from '../../sources/shopify'

export const stg_shopify__customer = model({
  description: 'One row per customer of the shop that is not deleted, as it stands now.',
  grain: ['customer_id'],
  columns: {
    customer_id: key("Shopify's id of the customer"),
    email: text('E-mail address').nullable(),
    phone: text('Phone number').nullable(),
    first_name: text('First name').nullable(),
    last_name: text('Last name').nullable(),
    accepts_marketing: boolean('Agreed to marketing by e-mail; NULL where the shop does not say').nullable(),
    created_at: timestamp('When the customer was entered, UTC'),
    updated_at: timestamp('When something of it changed last, UTC'),
    loaded_at: timestamp('When this version came in, UTC'),
    row_id: text('SHA-256 of the whole raw row'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    with newest as (
      select
        cast(e.id as ${type.text}) as customer_id,
        ${rawText('email')} as email,
        ${rawText('phone')} as phone,
        ${rawText('first_name')} as first_name,
        ${rawText('last_name')} as last_name,
        coalesce(e.accepts_marketing, e.email_marketing_consent_state = 'subscribed') as accepts_marketing,
        e.created_at,
        coalesce(e.updated_at, e.created_at) as updated_at,
        ${rawColumn('_fivetran_synced')} as loaded_at,
        e.tl_row_id as row_id,
        coalesce(${rawColumn('_fivetran_deleted')}, false) as is_deleted
      from ${shopify.tables.customer} as e
      ${newestSynced('id')}
    )

    select
      n.customer_id, n.email, n.phone, n.first_name, n.last_name, n.accepts_marketing, n.created_at, n.updated_at,
      n.loaded_at, n.row_id
    from newest as n
    where not n.is_deleted
  `,
})
