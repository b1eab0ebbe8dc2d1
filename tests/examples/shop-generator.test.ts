import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { csvChunks } from '../../examples/shop/csv.ts'
import { generateShop, type Shop } from '../../examples/shop/generate.ts'
import type { Truth } from '../../examples/shop/truth.ts'
import { openSampleShop, type SampleShop } from './sample-shop.ts'

let sample: SampleShop
let root: string
let shop: Shop
let truth: Truth
let ask: SampleShop['ask']
let askNumber: SampleShop['askNumber']
let askList: SampleShop['askList']

beforeAll(async () => {
  sample = await openSampleShop()
  ;({ root, shop, truth, ask, askNumber, askList } = sample)
})

afterAll(() => sample?.remove())

const small = { people: 40, days: 20, start: '2026-06-01' }

async function smallShop(seed: string): Promise<readonly [events: Buffer, truth: Buffer]> {
  const { file, truthFile } = await generateShop({ ...small, seed, folder: await mkdtemp(join(root, 'small-')) })
  return [await readFile(file), await readFile(truthFile)]
}

describe('one shop, again and again', () => {
  it('makes the same bytes from the same seed', async () => {
    const [first, second] = [await smallShop('a'), await smallShop('a')]

    expect(first[0].length).toBeGreaterThan(40_000)
    expect(first[0].equals(second[0])).toBe(true)
    expect(first[1].equals(second[1])).toBe(true)
  })

  it('makes another shop from another seed', async () => {
    const [first, second] = [await smallShop('a'), await smallShop('b')]

    expect(first[0].equals(second[0])).toBe(false)
    expect(first[1].equals(second[1])).toBe(false)
  })

  it('leaves nothing half written beside its two files', async () => {
    expect((await readdir(join(root, 'sample'))).sort()).toEqual(['events.csv', 'truth.json'])
  })

  it('replaces an older shop in the same folder', async () => {
    const folder = await mkdtemp(join(root, 'again-'))
    await generateShop({ ...small, seed: 'old', folder })
    const { file } = await generateShop({ ...small, seed: 'a', folder })

    expect((await readFile(file)).equals((await smallShop('a'))[0])).toBe(true)
  })

  it.each([
    [{ start: 'June' }, 'start is not a day: June; expected one as in 2026-06-01'],
    [{ people: 0 }, 'people is 0; expected 1 or more, whole'],
    [{ days: 1.5 }, 'days is 1.5; expected 1 or more, whole'],
  ])('refuses %j', async (wrong, message) => {
    await expect(generateShop({ ...small, seed: 'a', folder: root, ...wrong })).rejects.toThrow(message)
  })
})

describe('the file', () => {
  it('quotes only what must be, and doubles the quotes inside', () => {
    const rows = [['plain', 'a "b", c', 'two\nlines', ' space', '\\', '']]

    expect([...csvChunks(['one', 'two', 'three', 'four', 'five', 'six'], rows)].join('')).toBe(
      'one,two,three,four,five,six\nplain,"a ""b"", c","two\nlines"," space",\\,\n',
    )
  })

  it('has the header of the shop, in words of its own', async () => {
    const [header] = (await readFile(shop.file, 'utf8')).split('\n', 1)

    expect(header).toBe(
      'event_uuid,received_at,customer_id,cookie,visit,event,ts,device,country,utm_source,utm_medium,utm_campaign,referrer,url,order_number,order_total,currency',
    )
  })

  it('is a few tens of thousands of rows, in the order in which they came in', async () => {
    expect(shop.rowCount).toBeGreaterThan(60_000)
    expect(shop.rowCount).toBeLessThan(120_000)
    expect(await askNumber('select count(*) from rows')).toBe(shop.rowCount)
    expect(
      await askNumber(`
        select count(*) from (select received_at, lag(received_at) over (order by line) as before from rows)
        where received_at < before
      `),
    ).toBe(0)
  })

  it('covers its ninety days and not an instant more', async () => {
    expect(await askNumber('select count(distinct ts::date) from rows')).toBe(90)
    expect(
      await askNumber(
        "select count(*) from rows where ts < '2026-06-01' or ts >= timestamp '2026-06-01' + interval 90 days",
      ),
    ).toBe(0)
  })

  it('writes times to the millisecond and money to the cent', async () => {
    expect(
      await askNumber(`
        select count(*) from read_csv('${shop.file}', all_varchar = true)
        where not regexp_full_match(ts, '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}')
          or not regexp_full_match(received_at, '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}')
          or not regexp_full_match(coalesce(order_total, '0.00'), '\\d+\\.\\d\\d')
      `),
    ).toBe(0)
  })

  it('names order, total and currency on purchases and nowhere else', async () => {
    expect(
      await ask(`
        select distinct event = 'purchase' as is_purchase, order_number is null as no_number,
          order_total is null as no_total, currency
        from rows order by all
      `),
    ).toEqual([
      { is_purchase: false, no_number: true, no_total: true, currency: null },
      { is_purchase: true, no_number: false, no_total: false, currency: 'EUR' },
    ])
  })

  it('keeps names that try to break what reads them', async () => {
    expect(
      await askList(
        "select distinct customer_id from rows where not regexp_full_match(customer_id, 'C-\\d{6}') order by all",
      ),
    ).toEqual([
      "'; delete from events; --",
      'Müller, "Jörg" | $' + '{HOME} {{ ref }}',
      `O'Brien "Q" \\ 🦊; drop table people`,
      '__proto__',
      '山田 太郎, 東京\\',
    ])
  })

  it('keeps quotes, commas and emoji in searches and campaigns', async () => {
    const pages = await askList("select distinct url from rows where event = 'search'")
    const campaigns = await askList('select distinct utm_campaign from rows')

    expect(pages).toContain('https://www.lumen-lamps.example/suche?q=lampe "retro", messing')
    expect(pages).toContain('https://www.lumen-lamps.example/suche?q=garten 🌿 solar')
    expect(campaigns).toContain('Lichtblick "Tipp, der Woche"')
    expect(campaigns).toContain('garden_nights 🌿')
    expect(campaigns).toContain('leuchten, büro & flur')
  })
})

describe('the truth beside the file', () => {
  it('is what the generator returned', () => {
    expect(shop.truth).toEqual(truth)
  })

  it('counts people, visits, events, orders and money as the file has them', async () => {
    const [counted] = await ask(`
      select count(*)::int as events, count(distinct visit)::int as visits,
        count(*) filter (event = 'purchase')::int as purchases, count(distinct order_number)::int as orders,
        sum(order_total::decimal(18, 2))::varchar as revenue,
        count(*) filter (event = 'newsletter_subscribed')::int as subscribers
      from events
    `)

    expect(counted).toEqual({
      events: truth.events,
      visits: truth.visits,
      purchases: truth.purchases,
      orders: truth.purchases,
      revenue: truth.revenue,
      subscribers: truth.newsletterSubscribers,
    })
    expect(truth.people).toBe(3_000)
    expect(truth.rows).toBe(truth.events + truth.exactDuplicates + truth.resentEvents)
    expect(shop.rowCount).toBe(truth.rows)
  })

  it('gives every cookie and account of the file to those whose it is, and each account to one person', async () => {
    const identities = Object.values(truth.identities)
    const owners = new Map<string, string>()
    for (const [personId, { customerIds }] of Object.entries(truth.identities)) {
      for (const customerId of customerIds) {
        expect(owners.has(customerId)).toBe(false)
        owners.set(customerId, personId)
      }
    }

    expect(identities).toHaveLength(3_000)
    expect([...owners.keys()].sort()).toEqual(
      (await askList('select distinct customer_id from events where customer_id is not null')).sort(),
    )
    expect([...new Set(identities.flatMap(({ cookies }) => cookies))].sort()).toEqual(
      (await askList('select distinct cookie from events')).sort(),
    )
    for (const pair of await ask('select distinct customer_id, cookie from events where customer_id is not null')) {
      const owner = owners.get(String(pair.customer_id)) ?? ''
      expect(truth.identities[owner]?.cookies).toContain(pair.cookie)
    }
    const buyers = await askList("select distinct customer_id from events where event = 'purchase'")
    expect(new Set(buyers.map(customerId => owners.get(String(customerId)))).size).toBe(truth.buyers)
  })
})

describe('the config of the sample', () => {
  it('maps every event that the file has, and only columns that it has', async () => {
    const config = parse(await readFile(new URL('../../examples/shop/warehouse.config.yaml', import.meta.url), 'utf8'))
    const { person, event, time, columns } = config.sources.clickstream
    const mapped = [person, event, time.column, ...Object.values<string>(columns)]

    expect(Object.keys(config.events.clickstream).sort()).toEqual(
      await askList('select distinct event from rows order by event'),
    )
    expect([...mapped].sort()).toEqual(
      (await askList("select column_name from (describe rows) where column_name <> 'line'")).sort(),
    )
  })
})
