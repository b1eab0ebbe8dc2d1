import { boolean, join, key, model, sql, text, timestamp, type } from 'throughline'
import { lowered } from '../../macros/text'
import { hubspot } from '../../sources/hubspot'
import { stg_hubspot__contact } from '../staging/stg_hubspot__contact'
import { stg_hubspot__contact_form_submission } from '../staging/stg_hubspot__contact_form_submission'
import { stg_hubspot__email_event } from '../staging/stg_hubspot__email_event'

export const hubspot_moments = model({
  description:
    'One row per event that HubSpot tells of, and whose it is: a contact was created, a form submitted, something happened to an e-mail.',
  grain: ['system_event_id'],
  columns: {
    system_event_id: key('What it is and its id in HubSpot: contact:123, form_submission:…, email_event:…'),
    row_id: text('SHA-256 of the whole raw row'),
    loaded_at: timestamp('When this version came in, UTC'),
    raw_event_name: text('What happened: contact_created, form_submitted, email_sent …'),
    occurred_at: timestamp('When it happened, UTC'),
    platform: text('crm, web or email').oneOf(['crm', 'web', 'email']),
    is_customer_action: boolean('Done by the customer, and told by no other system'),
    contact_id: text('The contact, where HubSpot says it').nullable(),
    email: text('E-mail address of the recipient').nullable(),
    email_event_id: text('The e-mail event, where it is one').nullable(),
    email_campaign_id: text('The e-mail campaign').nullable(),
    page_url: text('URL of the page with the form').nullable(),
  },
  materialize: { kind: 'inline' },
  uses: { hubspot },
  query: ({ hubspot: { forms_are_actions } }) => sql`
    -- Opens and clicks that HubSpot filters are a mail scanner's or our own; an event that a later one replaces would count twice.
    with email_events as (
      select
        e.email_event_id, e.row_id, e.loaded_at, e.happened_at, e.recipient, e.email_campaign_id, e.is_filtered,
        ${lowered(sql`e.email_event_type`)} as email_event_type
      from ${stg_hubspot__email_event} as e
      where e.happened_at is not null and e.replaced_by is null
    )

    select
      'contact:' || c.contact_id as system_event_id,
      c.row_id,
      c.loaded_at,
      'contact_created' as raw_event_name,
      c.created_at as occurred_at,
      'crm' as platform,
      false as is_customer_action,
      c.contact_id,
      cast(null as ${type.text}) as email,
      cast(null as ${type.text}) as email_event_id,
      cast(null as ${type.text}) as email_campaign_id,
      cast(null as ${type.text}) as page_url
    from ${stg_hubspot__contact} as c
    where c.created_at is not null

    union all

    select
      'form_submission:' || f.submission_id as system_event_id,
      f.row_id,
      f.loaded_at,
      'form_submitted' as raw_event_name,
      f.submitted_at as occurred_at,
      'web' as platform,
      ${forms_are_actions} as is_customer_action,
      f.contact_id,
      cast(null as ${type.text}) as email,
      cast(null as ${type.text}) as email_event_id,
      cast(null as ${type.text}) as email_campaign_id,
      f.page_url
    from ${stg_hubspot__contact_form_submission} as f
    where f.submitted_at is not null

    union all

    select
      'email_event:' || e.email_event_id as system_event_id,
      e.row_id,
      e.loaded_at,
      ${emailEventName} as raw_event_name,
      e.happened_at as occurred_at,
      'email' as platform,
      e.email_event_type = 'click' as is_customer_action,
      cast(null as ${type.text}) as contact_id,
      e.recipient as email,
      e.email_event_id,
      e.email_campaign_id,
      cast(null as ${type.text}) as page_url
    from email_events as e
    where not (e.is_filtered and e.email_event_type in ('open', 'click'))
  `,
})

/** What HubSpot calls the events of an e-mail, and how we say that they happened. */
const emailEventNames: Readonly<Record<string, string>> = {
  sent: 'email_sent',
  delivered: 'email_delivered',
  open: 'email_opened',
  click: 'email_clicked',
  bounce: 'email_bounced',
  deferred: 'email_deferred',
  dropped: 'email_dropped',
  processed: 'email_processed',
  suppressed: 'email_suppressed',
  forward: 'email_forwarded',
  print: 'email_printed',
  spamreport: 'email_reported_as_spam',
  statuschange: 'email_subscription_changed',
  unbounce: 'email_unbounced',
}

const emailEventName = sql`
  case e.email_event_type
    ${join(
      Object.entries(emailEventNames).map(([theirs, ours]) => sql`when ${theirs} then ${ours}`),
      '\n',
    )}
    else 'email_' || e.email_event_type
  end
`
