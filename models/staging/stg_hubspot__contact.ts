import { key, model, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { hubspot } from '../../sources/hubspot'

export const stg_hubspot__contact = model({
  description: 'One row per contact that is in HubSpot, as it came in last.',
  grain: ['contact_id'],
  columns: {
    contact_id: key('The contact'),
    row_id: text('SHA-256 of the whole raw row'),
    loaded_at: timestamp('When this version came in, UTC'),
    created_at: timestamp('When the contact was created, UTC; NULL where HubSpot does not say').nullable(),
    updated_at: timestamp('When a property last changed, UTC; NULL where it is not loaded').nullable(),
    email: text('The e-mail address').nullable(),
    additional_emails: text('Further e-mail addresses, with ; between them').nullable(),
    phone: text('The phone number, as somebody typed it').nullable(),
    mobile_phone: text('The mobile phone number, as somebody typed it').nullable(),
    merged_contact_ids: text('Contacts that were merged into this one, with ; between their ids').nullable(),
    first_name: text('First name').nullable(),
    last_name: text('Last name').nullable(),
    company: text('Name of the company, as the contact has it').nullable(),
    job_title: text('What the person is at the company').nullable(),
    lifecycle_stage: text('How far the contact has come: subscriber, lead, customer …').nullable(),
    country: text('Country').nullable(),
    city: text('City').nullable(),
    language: text('Language that the contact prefers, as en-us').nullable(),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    with newest as (
      select
        cast(e.id as ${type.text}) as contact_id,
        e.tl_row_id as row_id,
        ${rawColumn('_fivetran_synced')} as loaded_at,
        coalesce(${rawColumn('_fivetran_deleted')}, false) as is_deleted,
        e.property_createdate as created_at,
        e.property_lastmodifieddate as updated_at,
        ${rawText('property_email')} as email,
        ${rawText('property_hs_additional_emails')} as additional_emails,
        ${rawText('property_phone')} as phone,
        ${rawText('property_mobilephone')} as mobile_phone,
        ${rawText('property_hs_merged_object_ids')} as merged_contact_ids,
        ${rawText('property_firstname')} as first_name,
        ${rawText('property_lastname')} as last_name,
        ${rawText('property_company')} as company,
        ${rawText('property_jobtitle')} as job_title,
        ${rawText('property_lifecyclestage')} as lifecycle_stage,
        ${rawText('property_country')} as country,
        ${rawText('property_city')} as city,
        ${rawText('property_hs_language')} as language
      from ${hubspot.tables.contact} as e
      ${newestSynced('id')}
    )

    select
      n.contact_id, n.row_id, n.loaded_at, n.created_at, n.updated_at, n.email, n.additional_emails, n.phone, n.mobile_phone,
      n.merged_contact_ids, n.first_name, n.last_name, n.company, n.job_title, n.lifecycle_stage, n.country, n.city, n.language
    from newest as n
    where not n.is_deleted
  `,
})
