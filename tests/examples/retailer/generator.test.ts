import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateRetailer, tinyRetailer } from '../../../examples/retailer/generate.ts'
import { csvLine } from '../../../examples/retailer/lib/csv.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'retailers-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

/** The path and the SHA-256 of every file. */
async function filesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    found.set(
      path.slice(folder.length + 1),
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    )
  }
  return new Map([...found].sort(([left], [right]) => (left < right ? -1 : 1)))
}

async function make(seed: string, events: number): Promise<{ folder: string; eventCount: number }> {
  const folder = await mkdtemp(join(root, 'one-'))
  const { eventCount } = await generateRetailer({ seed, events, folder })
  return { folder, eventCount }
}

describe('one retailer, again and again', () => {
  it('is the same bytes from the same seed', async () => {
    const [first, second] = [await make('a', 1_500), await make('a', 1_500)]

    expect(await filesOf(first.folder)).toEqual(await filesOf(second.folder))
  })

  it('is another from another seed, in every file that tells of people', async () => {
    const [first, second] = [await make('a', 1_500), await make('b', 1_500)]
    const [ones, others] = [await filesOf(first.folder), await filesOf(second.folder)]

    expect([...ones.keys()]).toEqual([...others.keys()])
    for (const name of ['raw/shopify/order.csv', 'raw/hubspot/contact.csv', 'raw/twilio/call.csv', 'truth/rows.csv']) {
      expect(ones.get(name), name).not.toBe(others.get(name))
    }
  })

  it('replaces an older one in the same folder, and leaves nothing half written', async () => {
    const { folder } = await make('old', 1_000)
    await generateRetailer({ seed: 'a', events: 1_500, folder })
    const found = await filesOf(folder)

    expect(found).toEqual(await filesOf((await make('a', 1_500)).folder))
    expect([...found.keys()].filter(name => name.includes('.partial'))).toEqual([])
  })

  it.each([1_000, tinyRetailer.events, 5_000, 20_000])('has about as many events as asked for: %i', async events => {
    const { eventCount } = await make('lumen', events)

    expect(eventCount).toBeGreaterThan(events * 0.9)
    expect(eventCount).toBeLessThan(events * 1.1)
  })

  it.each(['x', 'y', 'z'])('does so with the seed %s too', async seed => {
    const { eventCount } = await make(seed, 1_000)

    expect(eventCount).toBeGreaterThan(900)
    expect(eventCount).toBeLessThan(1_100)
  })

  it.each([999, 1_000.5, Number.NaN])('refuses %d events', async events => {
    await expect(generateRetailer({ seed: 'a', events, folder: root })).rejects.toThrow(
      `events is ${events}; expected a whole number, 1000 or more`,
    )
  })

  it('has a file for each day of the site, and a table a file of the other systems', async () => {
    const names = [...(await filesOf((await make('a', 1_000)).folder)).keys()].filter(name => name.startsWith('raw/'))
    const days = names.filter(name => name.startsWith('raw/ga4/'))

    expect(days).toHaveLength(84)
    expect([days[0], days[41], days[83]]).toEqual([
      'raw/ga4/events_20260216.json.gz',
      'raw/ga4/events_20260329.json.gz',
      'raw/ga4/events_20260510.json.gz',
    ])
    expect(names.filter(name => !name.startsWith('raw/ga4/'))).toEqual([
      'raw/google_ads/account_history.csv',
      'raw/google_ads/ad_group_history.csv',
      'raw/google_ads/ad_group_stats.csv',
      'raw/google_ads/campaign_history.csv',
      'raw/google_ads/campaign_stats.csv',
      'raw/hubspot/contact.csv',
      'raw/hubspot/contact_form_submission.csv',
      'raw/hubspot/contact_merge_audit.csv',
      'raw/hubspot/email_campaign.csv',
      'raw/hubspot/email_event.csv',
      'raw/hubspot/email_event_click.csv',
      'raw/hubspot/email_event_open.csv',
      'raw/hubspot/form.csv',
      'raw/meta_ads/account_history.csv',
      'raw/meta_ads/ad_history.csv',
      'raw/meta_ads/ad_set_history.csv',
      'raw/meta_ads/basic_ad.csv',
      'raw/meta_ads/campaign_history.csv',
      'raw/shopify/customer.csv',
      'raw/shopify/location.csv',
      'raw/shopify/order.csv',
      'raw/shopify/order_line.csv',
      'raw/shopify/order_line_refund.csv',
      'raw/shopify/refund.csv',
      'raw/shopify/transaction.csv',
      'raw/twilio/call.csv',
      'raw/zendesk/ticket.csv',
      'raw/zendesk/ticket_chat.csv',
      'raw/zendesk/ticket_chat_event.csv',
      'raw/zendesk/ticket_comment.csv',
      'raw/zendesk/user.csv',
    ])
  })
})

it('a line of CSV quotes only what must be, and doubles the quotes inside', () => {
  expect(csvLine(['plain', 'a "b", c', 'two\nlines', ' space', '\\', ''])).toBe(
    'plain,"a ""b"", c","two\nlines"," space",\\,\n',
  )
})
