import { boolean, integer, landedTables, locationIn, source, text, timestamp, z } from 'throughline'

const settings = landedTables(
  ['contact', 'contact_merge_audit', 'contact_form_submission', 'email_campaign', 'email_event', 'email_event_click'],
  {
    forms_are_actions: z
      .boolean()
      .default(false)
      .describe(
        "true: to submit a form is an action of the customer. false: the tracker on the site has that action, and HubSpot's would be a second one.",
      ),
  },
)

const synced = () => timestamp('When Fivetran brought this version, UTC')
const deleted = () => boolean('The row is gone in HubSpot; NULL where it never was').nullable().mayBeMissing()
const property = (description: string) => text(description).nullable().mayBeMissing()

export const hubspot = source({
  description: "HubSpot's contacts, forms and e-mails, as Fivetran lands them.",
  settings,
  tables: {
    contact: {
      description: 'One row per contact.',
      loadedAt: '_fivetran_synced',
      columns: () => ({
        id: integer('The contact'),
        _fivetran_synced: synced(),
        _fivetran_deleted: deleted(),
        property_createdate: timestamp('When the contact was created, UTC').nullable(),
        property_lastmodifieddate: timestamp('When a property of the contact last changed, UTC')
          .nullable()
          .mayBeMissing(),
        property_email: text('The e-mail address').nullable(),
        property_hs_additional_emails: property('Further e-mail addresses, with ; between them'),
        property_phone: property('The phone number, as somebody typed it'),
        property_mobilephone: property('The mobile phone number, as somebody typed it'),
        property_hs_merged_object_ids: property('Contacts that were merged into this one, with ; between their ids'),
        property_firstname: property('First name'),
        property_lastname: property('Last name'),
        property_company: property('Name of the company, as the contact has it'),
        property_jobtitle: property('What the person is at the company'),
        property_lifecyclestage: property('How far the contact has come: subscriber, lead, customer …'),
        property_country: property('Country'),
        property_city: property('City'),
        property_hs_language: property('Language that the contact prefers, as en-us'),
      }),
      location: given => locationIn(given, 'contact'),
    },
    contact_merge_audit: {
      description: 'One row per contact that was merged into another.',
      loadedAt: '_fivetran_synced',
      columns: () => ({
        canonical_vid: integer('The contact that stayed'),
        vid_to_merge: integer('The contact that went into it'),
        timestamp: timestamp('When they were merged, UTC').nullable(),
        _fivetran_synced: synced(),
      }),
      location: given => locationIn(given, 'contact_merge_audit'),
    },
    contact_form_submission: {
      description: 'One row per form that a contact submitted.',
      loadedAt: '_fivetran_synced',
      columns: () => ({
        conversion_id: text('The submission'),
        contact_id: integer('The contact that submitted it').nullable(),
        form_id: text('The form').nullable(),
        timestamp: timestamp('When it was submitted, UTC').nullable(),
        page_url: text('URL of the page with the form').nullable(),
        _fivetran_synced: synced(),
      }),
      location: given => locationIn(given, 'contact_form_submission'),
    },
    email_campaign: {
      description: 'One row per e-mail that is sent to many.',
      loadedAt: '_fivetran_synced',
      columns: () => ({
        id: integer('The e-mail campaign'),
        name: text('Its name in HubSpot').nullable(),
        _fivetran_synced: synced(),
      }),
      location: given => locationIn(given, 'email_campaign'),
    },
    email_event: {
      description: 'One row per thing that happened to an e-mail to one recipient: it was sent, opened, clicked …',
      loadedAt: '_fivetran_synced',
      columns: () => ({
        id: text('The event'),
        type: text('What happened: SENT, DELIVERED, OPEN, CLICK, BOUNCE …'),
        created: timestamp('When it happened, UTC').nullable(),
        recipient: text('E-mail address that the e-mail went to').nullable(),
        email_campaign_id: integer('The e-mail campaign').nullable(),
        filtered_event: boolean("true: a bot's or our own doing, which HubSpot's reports leave out")
          .nullable()
          .mayBeMissing(),
        obsoleted_by_id: text('A later event that replaces this one').nullable().mayBeMissing(),
        _fivetran_synced: synced(),
      }),
      location: given => locationIn(given, 'email_event'),
    },
    email_event_click: {
      description: 'One row per e-mail event that is a click: the link.',
      loadedAt: '_fivetran_synced',
      columns: () => ({
        id: text('The e-mail event'),
        url: text('URL that the link leads to').nullable(),
        _fivetran_synced: synced(),
      }),
      location: given => locationIn(given, 'email_event_click'),
    },
  },
})
