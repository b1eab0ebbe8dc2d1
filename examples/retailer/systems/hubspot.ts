import { join } from 'node:path'
import { day, startOfDay, utcText } from '../lib/calendar.ts'
import type { Random } from '../lib/random.ts'
import { TableFile } from '../lib/table-file.ts'
import { typedEmail, typedPhone } from '../people/contact-details.ts'
import type { Customer } from '../people/customer.ts'
import type { Person } from '../people/person.ts'
import { letterCampaign } from '../site/ways-in.ts'
import type { TruthKeeper } from '../truth/truth-keeper.ts'
import { hubspotColumns } from './hubspot-tables.ts'

const portal = 4_727_653
const app = 113
const forms = { newsletter: [8_001, 'Newsletter'], contact: [8_002, 'Kontaktformular, "Hilfe"'] } as const

interface EmailEvent {
  readonly type: 'SENT' | 'DELIVERED' | 'BOUNCE' | 'OPEN' | 'CLICK'
  readonly at: number
  readonly sentBy?: { readonly id: string; readonly at: number }
  readonly isMachine?: boolean
}

/** The CRM: contacts, their forms, the newsletter and what is done with it. */
export class HubSpot {
  readonly #tables
  readonly #truth: TruthKeeper
  readonly #end: number
  #contactCount = 0
  #submissionCount = 0

  constructor(folder: string, truth: TruthKeeper, end: number) {
    this.#truth = truth
    this.#end = end
    const open = <Table extends keyof typeof hubspotColumns>(table: Table) =>
      new TableFile<(typeof hubspotColumns)[Table][number]>(
        join(folder, `${table}.csv`),
        hubspotColumns[table],
        utcText,
      )
    this.#tables = {
      contact: open('contact'),
      contact_merge_audit: open('contact_merge_audit'),
      contact_form_submission: open('contact_form_submission'),
      form: open('form'),
      email_campaign: open('email_campaign'),
      email_event: open('email_event'),
      email_event_open: open('email_event_open'),
      email_event_click: open('email_event_click'),
    }
    const since = startOfDay(0) - 200 * day
    for (const [guid, name] of Object.values(forms)) {
      this.#tables.form.add(
        {
          guid,
          name,
          action: 'POST',
          method: 'POST',
          form_type: 'HUBSPOT',
          created_at: utcText(since),
          updated_at: utcText(since),
          portal_id: portal,
          redirect: '/danke',
          submit_text: 'Absenden',
          _fivetran_deleted: 'false',
        },
        since,
      )
    }
  }

  /** Makes a contact of somebody, if they are none. Half give a telephone number; some type what is none. */
  noteContact(random: Random, customer: Customer, person: Person, at: number): void {
    if (customer.crmId !== 0) return
    this.#contactCount += 1
    customer.crmId = 51_000_000 + this.#contactCount
    const givesPhone = customer.isCast || random.chance(0.5)
    const phone = givesPhone ? typedPhone(random, person) : random.chance(0.06) ? random.pick(placeholders) : ''
    this.#addContact(customer.crmId, person, typedEmail(random, person.email), phone, at, '')
    this.#truth.row('hubspot', 'contact', String(customer.crmId), person.id)

    const place = customer.clusters.place('crm_id', String(customer.crmId))
    customer.tie(place, customer.placeOfEmail(person))
    if (givesPhone) customer.tie(place, customer.placeOfPhone(person))
    if (person.secondEmail) this.#merge(random, customer, person, phone, at)
  }

  submitForm(customer: Customer, person: Person, form: keyof typeof forms, at: number, pageUrl: string): void {
    this.#submissionCount += 1
    const [formId, title] = forms[form]
    this.#tables.contact_form_submission.add(
      {
        contact_id: customer.crmId,
        form_id: formId,
        conversion_id: 700_000 + this.#submissionCount,
        timestamp: utcText(at),
        page_id: 202,
        page_url: pageUrl,
        portal_id: portal,
        title,
      },
      at,
    )
    this.#truth.row('hubspot', 'contact_form_submission', String(700_000 + this.#submissionCount), person.id)
  }

  noteLetter(week: number, at: number, readers: number): void {
    const row = {
      id: 93_000_001 + week,
      app_id: app,
      app_name: 'Batch',
      content_id: 11_809_143_696 + week,
      name: `Newsletter ${letterCampaign(week)}`,
      subject: week % 2 === 0 ? 'Neues Licht, neue Woche' : '"Hell genug?" – unsere Woche',
      type: 'BATCH_EMAIL',
      num_included: readers,
      num_queued: readers,
    }
    this.#tables.email_campaign.add(row, at)
  }

  /** One thing that befell a letter; its id. */
  noteEmail(random: Random, person: Person, week: number, event: EmailEvent): string {
    const id = random.uuid()
    this.#tables.email_event.add(
      {
        id,
        app_id: app,
        created: utcText(event.at),
        email_campaign_id: 93_000_001 + week,
        portal_id: portal,
        recipient: person.email,
        type: event.type,
        filtered_event: String(event.isMachine === true),
        sent_by_id: event.sentBy?.id ?? '',
        sent_by_created: event.sentBy ? utcText(event.sentBy.at) : '',
      },
      event.at,
    )
    this.#truth.row('hubspot', 'email_event', id, person.id)
    return id
  }

  noteOpen(random: Random, id: string, at: number): void {
    const duration = random.between(900, 40_000)
    this.#tables.email_event_open.add({ id, browser: mailBrowser, duration, location: '', user_agent: agent }, at)
  }

  noteClick(id: string, at: number, url: string): void {
    this.#tables.email_event_click.add({ id, browser: mailBrowser, referer: '', url, user_agent: agent }, at)
  }

  finish(): void {
    for (const table of Object.values(this.#tables)) table.finish()
  }

  /** They were in the CRM a second time under another address; somebody notices and makes one of the two. */
  #merge(random: Random, customer: Customer, person: Person, phone: string, at: number): void {
    const createdAt = at + random.between(day, 3 * day)
    const mergedAt = createdAt + random.between(2 * day, 6 * day)
    if (mergedAt >= this.#end) return
    this.#contactCount += 1
    const other = 51_000_000 + this.#contactCount
    this.#addContact(other, person, person.secondEmail ?? '', '', createdAt, '')
    this.#addContact(other, person, person.secondEmail ?? '', '', createdAt, '', mergedAt)
    this.#addContact(customer.crmId, person, person.email, phone, at, String(other), mergedAt)
    this.#tables.contact_merge_audit.add(
      {
        canonical_vid: customer.crmId,
        contact_id: customer.crmId,
        vid_to_merge: other,
        entity_id: `auth-service/merge/${other}`,
        first_name: person.givenName,
        last_name: person.familyName,
        num_properties_moved: 2,
        timestamp: utcText(mergedAt),
      },
      mergedAt,
    )
    this.#truth.row('hubspot', 'contact', String(other), person.id)
    this.#truth.row('hubspot', 'contact_merge_audit', `${customer.crmId}|${other}`, person.id)
    const place = customer.clusters.place('crm_id', String(other))
    customer.tie(place, customer.clusters.place('crm_id', String(customer.crmId)))
    customer.tie(place, customer.clusters.place('email', person.secondEmail ?? ''))
  }

  /** A row of a contact as it was made, or as it is since `changedAt`: with another merged into it, or gone into another. */
  #addContact(
    id: number,
    person: Person,
    email: string,
    phone: string,
    createdAt: number,
    merged: string,
    changedAt = createdAt,
  ): void {
    this.#tables.contact.add(
      {
        id,
        property_email: email,
        property_firstname: person.givenName,
        property_lastname: person.familyName,
        property_phone: phone,
        property_createdate: utcText(createdAt),
        property_hs_merged_object_ids: merged,
        _fivetran_deleted: String(changedAt > createdAt && merged === ''),
      },
      changedAt,
    )
  }
}

const placeholders = ['+490000000', 'unknown', '(not set)', '0']
const mailBrowser = '{"name":"Apple Mail","family":"Apple Mail"}'
const agent = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15'
