import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BuiltExtract, buildExtract, type ExtractFiles, extractOf, inAnotherOrder } from './extract.ts'

const { folder, isThere } = extractOf('hubspot')

const files: ExtractFiles = {
  contact: 'contact_data.csv',
  contact_merge_audit: 'contact_merge_audit_data.csv',
  // Typed by hand where the hour of the load has one digit: Fivetran writes two.
  contact_form_submission: {
    file: 'contact_form_submission_data.csv',
    mended: text => text.replaceAll('2024-12-30 3:15:52', '2024-12-30 03:15:52'),
  },
  email_campaign: 'email_campaign_data.csv',
  email_event: 'email_event_data.csv',
  email_event_click: 'email_event_click_data.csv',
}

describe.skipIf(!isThere)(`a HubSpot account${isThere ? '' : `, skipped: there is no ${folder}`}`, () => {
  let built: BuiltExtract

  beforeAll(async () => {
    built = await buildExtract({
      system: 'hubspot',
      files,
      models: ['events'],
    })
  })
  afterAll(() => built?.close())

  test('every row of every table lands, though the account lacks columns that others have', () => {
    expect(Object.fromEntries(Object.entries(built.landed).map(([name, { rowCount }]) => [name, rowCount]))).toEqual({
      contact: 22,
      contact_merge_audit: 4,
      contact_form_submission: 5,
      email_campaign: 100,
      email_event: 100,
      email_event_click: 100,
    })
  })

  test('what happened is told under names in the past tense, and nothing of it is an action of the customer', async () => {
    const counts = await built.rows(`
      select raw_event_name, platform, is_customer_action, count(*) as count
      from events.events group by all order by all`)
    const told = (raw_event_name: string, platform: string, count: number) => ({
      raw_event_name,
      platform,
      is_customer_action: false,
      count,
    })
    expect(counts).toEqual([
      told('contact_created', 'crm', 22),
      told('email_delivered', 'email', 3),
      told('email_opened', 'email', 90),
      told('email_processed', 'email', 3),
      told('email_sent', 'email', 4),
      told('form_submitted', 'web', 5),
    ])
  })

  test('an e-mail is of its recipient, at the instant that HubSpot gives', async () => {
    const [event] = await built.rows(`
      select * from events.events where system_event_id = 'email_event:0e442bf1-26be-3f07-8b50-5c02724ad803'`)
    expect(event).toMatchObject({
      raw_event_name: 'email_opened',
      occurred_at: '2020-03-16 19:03:20.357',
      loaded_at: '2020-03-16 19:06:20.264',
      place_channel: 'Email',
      utm_campaign: null,
    })
    const identifiers = await built.rows('hubspot_identifiers')
    expect(identifiers).toContainEqual({
      event_id: event!.event_id,
      identifier_kind: 'email',
      identifier_value: 'o2wjpPyUfzBfq9OSt9I2NQ==',
    })
    expect(identifiers.filter(row => row.identifier_kind === 'email')).toHaveLength(100)
    expect(identifiers.filter(row => row.identifier_kind === 'crm_id')).toHaveLength(27)
  })

  test('a form stands on its page and is of its contact', async () => {
    const events = await built.rows(`
      select occurred_at, page_host, page_path from events.events where raw_event_name = 'form_submitted' order by occurred_at`)
    expect(events).toEqual([
      { occurred_at: '2023-07-05 12:05:00', page_host: 'example.com', page_path: '/signup' },
      { occurred_at: '2023-08-12 14:05:00', page_host: 'example.com', page_path: '/demo' },
      { occurred_at: '2023-09-20 09:50:00', page_host: 'example.com', page_path: '/contact' },
      { occurred_at: '2023-10-15 08:10:00', page_host: 'example.com', page_path: '/guide' },
      { occurred_at: '2023-11-01 10:20:00', page_host: 'example.com', page_path: '/newsletter' },
    ])
  })

  test('a contact lists those that were merged into it, and the audit tells of contacts that are not loaded', async () => {
    const records = await built.rows('hubspot_records')
    expect(records.filter(row => row.record_id === 'hubspot:contact:78971951')).toEqual(
      [
        ['crm_id', 'hubspot:46897301', '2021-04-02 11:16:05'],
        ['crm_id', 'hubspot:76226001', '2021-04-02 11:16:05'],
        ['crm_id', 'hubspot:76340251', '2021-04-02 11:16:05'],
        ['crm_id', 'hubspot:78971951', '2021-04-01 17:32:47'],
        ['email', 'fcb67ef339b691956cc85fa12be6490c', '2021-04-01 17:32:47'],
      ]
        .map(([identifier_kind, identifier_value, stated_at]) => ({
          record_id: 'hubspot:contact:78971951',
          system: 'hubspot',
          stated_at,
          identifier_kind,
          identifier_value,
        }))
        .sort((a, b) => (a.stated_at! < b.stated_at! ? -1 : 1)),
    )
    expect(records.filter(row => row.record_id === 'hubspot:contact:5555').map(row => row.identifier_value)).toEqual([
      'hubspot:11111',
      'hubspot:5555',
    ])
    // 22 contacts with an e-mail address each, three merged into one of them, and four pairs of the audit.
    expect(records).toHaveLength(22 * 2 + 3 + 4 * 2)
  })

  test('a contact has the traits that its account keeps', async () => {
    const traits = await built.rows('hubspot_traits')
    const company = { identifier_value: 'hubspot:78971951', trait: 'company', trait_value: 'SampleCompany' }
    expect(traits).toContainEqual(expect.objectContaining(company))
    expect([...new Set(traits.map(row => row.trait))].sort()).toEqual(['company', 'first_name', 'last_name'])
  })

  test('rows in another order, each of them twice, tell the same', async () => {
    const again = await buildExtract({ system: 'hubspot', files: inAnotherOrder(files), models: ['events'] })
    for (const model of ['events', 'hubspot_identifiers', 'hubspot_records', 'hubspot_traits']) {
      expect(await again.rows(model), model).toEqual(await built.rows(model))
    }
    await again.close()
  })
})
