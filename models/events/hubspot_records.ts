import { model, rows, sql, text } from 'throughline'
import { trimmed } from '../../macros/text'
import { eachPart } from '../../macros/text-lists'
import { stg_hubspot__contact } from '../staging/stg_hubspot__contact'
import { stg_hubspot__contact_merge_audit } from '../staging/stg_hubspot__contact_merge_audit'
import { record_stream } from './record_stream'

export const hubspot_records = model({
  description:
    'One row per contact of HubSpot and identifier in it: itself, its e-mail addresses and phone numbers, and the contacts that were merged into it.',
  implements: record_stream,
  grain: ['record_id', 'identifier_kind', 'identifier_value'],
  columns: { ...record_stream.columns, identifier_value: text('The identifier as HubSpot has it') },
  materialize: { kind: 'inline' },
  query: () => sql`
    with contacts as (
      select
        c.contact_id, c.email, c.additional_emails, c.phone, c.mobile_phone, c.merged_contact_ids,
        coalesce(c.created_at, c.loaded_at) as created_at,
        coalesce(c.updated_at, c.loaded_at) as updated_at
      from ${stg_hubspot__contact} as c
    ),

    own_values as (
      select
        c.contact_id,
        f.identifier_kind,
        case f.field
          when 'contact_id' then 'hubspot:' || c.contact_id
          when 'email' then c.email
          when 'phone' then c.phone
          else c.mobile_phone
        end as identifier_value,
        c.created_at as stated_at
      from contacts as c
      cross join ${rows({ field: text('Which value of a contact'), identifier_kind: text('What it identifies by') }, [
        { field: 'contact_id', identifier_kind: 'crm_id' },
        { field: 'email', identifier_kind: 'email' },
        { field: 'phone', identifier_kind: 'phone' },
        { field: 'mobile_phone', identifier_kind: 'phone' },
      ])} as f
    ),

    further_emails as (
      select c.contact_id, nullif(${trimmed(sql`p.part`)}, '') as email, c.created_at as stated_at
      from contacts as c
      cross join ${eachPart(sql`c.additional_emails`, ';')} as p
    ),

    -- HubSpot says it twice: the contact that stayed lists the others, and the audit has a row for each, and when.
    merged_contacts as (
      select c.contact_id, nullif(${trimmed(sql`p.part`)}, '') as merged_contact_id, c.updated_at as stated_at
      from contacts as c
      cross join ${eachPart(sql`c.merged_contact_ids`, ';')} as p

      union all

      select a.contact_id, a.merged_contact_id, coalesce(a.merged_at, a.loaded_at) as stated_at
      from ${stg_hubspot__contact_merge_audit} as a

      union all

      -- The contact that stayed may not have been loaded: it is in its record all the same.
      select a.contact_id, a.contact_id as merged_contact_id, coalesce(a.merged_at, a.loaded_at) as stated_at
      from ${stg_hubspot__contact_merge_audit} as a
    ),

    told as (
      select o.contact_id, o.identifier_kind, o.identifier_value, o.stated_at
      from own_values as o

      union all

      select e.contact_id, 'email' as identifier_kind, e.email as identifier_value, e.stated_at
      from further_emails as e

      union all

      select m.contact_id, 'crm_id' as identifier_kind, 'hubspot:' || m.merged_contact_id as identifier_value, m.stated_at
      from merged_contacts as m
    )

    select
      'hubspot:contact:' || t.contact_id as record_id,
      'hubspot' as system,
      min(t.stated_at) as stated_at,
      t.identifier_kind,
      t.identifier_value
    from told as t
    where t.identifier_value is not null
    group by t.contact_id, t.identifier_kind, t.identifier_value
  `,
})
