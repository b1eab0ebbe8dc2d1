import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Shop } from '../../examples/shop/generate.ts'
import type { Truth } from '../../examples/shop/truth.ts'
import { openSampleShop, type SampleShop } from './sample-shop.ts'

let sample: SampleShop
let shop: Shop
let truth: Truth
let ask: SampleShop['ask']
let askNumber: SampleShop['askNumber']
let askList: SampleShop['askList']

beforeAll(async () => {
  sample = await openSampleShop()
  ;({ shop, truth, ask, askNumber, askList } = sample)
})

afterAll(() => sample?.remove())

describe('the trouble that every tracker makes', () => {
  it('has about half a percent of rows that are exact repeats', async () => {
    const repeated = await askNumber(
      'select (select count(*) from rows) - (select count(*) from (select distinct * exclude (line) from rows))',
    )

    expect(repeated).toBe(truth.exactDuplicates)
    expect(repeated / shop.rowCount).toBeGreaterThan(0.003)
    expect(repeated / shop.rowCount).toBeLessThan(0.008)
  })

  it('sends some events again, the same but for a later receipt', async () => {
    const resent = await ask(`
      select count(distinct received_at) as receipts, count(distinct (ts, cookie, event, url)) as contents
      from rows group by event_uuid having count(distinct received_at) > 1
    `)

    expect(resent).toHaveLength(truth.resentEvents)
    expect(resent.length).toBeGreaterThan(100)
    expect(new Set(resent.map(({ contents }) => contents))).toEqual(new Set(['1']))
  })

  it('receives some events late, the latest within three days, none before it happened', async () => {
    const late = await askNumber("select count(*) from events where received_at - ts > interval '1 hour'")

    expect(late).toBe(truth.lateEvents)
    expect(late).toBeGreaterThan(100)
    expect(await askNumber("select count(*) from rows where received_at - ts > interval '2 days'")).toBeGreaterThan(10)
    expect(await askNumber("select count(*) from rows where received_at - ts > interval '3 days'")).toBe(0)
    expect(await askNumber('select count(*) from rows where received_at <= ts')).toBe(0)
  })

  it('so has rows out of the order in which things happened', async () => {
    expect(
      await askNumber(
        "select count(*) from rows as r where ts < (select max(ts) from rows where line < r.line) - interval '1 day' and line < 5000",
      ),
    ).toBeGreaterThan(0)
  })

  it('has several events of one visit at one instant, a cart and its checkout among them', async () => {
    expect(
      await askNumber('select count(*) from (select 1 from events group by visit, ts having count(*) > 1)'),
    ).toBeGreaterThan(5_000)
    expect(
      await askNumber(`
        select count(*) from events as cart join events as checkout using (visit, ts)
        where cart.event = 'add_to_cart' and checkout.event = 'begin_checkout'
      `),
    ).toBeGreaterThan(20)
  })
})

describe('who is who', () => {
  it('knows nobody before a log-in, and whoever orders', async () => {
    expect(await askNumber('select avg((customer_id is null)::int) from events')).toBeGreaterThan(0.5)
    expect(await askNumber("select count(*) from events where event = 'purchase' and customer_id is null")).toBe(0)
    expect(
      await askNumber(`
        select count(*) from (select visit from events group by visit having count(customer_id) between 1 and count(*) - 1)
      `),
    ).toBeGreaterThan(100)
  })

  it('has one tablet in the showroom that many customers share', async () => {
    const [busiest] = await ask(`
      select cookie, count(distinct customer_id) as customers, any_value(device) as device
      from events group by cookie order by customers desc limit 1
    `)

    expect(busiest).toMatchObject({ cookie: truth.showroomCookie, device: 'tablet' })
    expect(Number(busiest?.customers)).toBeGreaterThan(3)
  })

  it('has families on one browser, never of more than three customers', async () => {
    const shared = await askList(`
      select count(distinct customer_id) from events where cookie <> '${truth.showroomCookie}'
      group by cookie having count(distinct customer_id) > 1
    `)

    expect(shared.length).toBeGreaterThan(0)
    expect(shared.every(count => Number(count) <= 3)).toBe(true)
  })

  it('sees customers log in on several devices', async () => {
    expect(
      await askNumber(`
        select count(*) from (
          select customer_id from events where cookie <> '${truth.showroomCookie}' and customer_id is not null
          group by customer_id having count(distinct device) > 1
        )
      `),
    ).toBeGreaterThan(40)
  })

  it('sees phones forget their cookie: nobody owns two, yet many customers come with several', async () => {
    expect(
      await askNumber(`
        select count(*) from (
          select customer_id from events where device = 'mobile' and customer_id is not null
          group by customer_id having count(distinct cookie) > 1
        )
      `),
    ).toBeGreaterThan(20)
  })

  it('has people with a second account, a few', () => {
    const withTwo = Object.values(truth.identities).filter(({ customerIds }) => customerIds.length === 2)

    expect(withTwo.length).toBeGreaterThan(0)
    expect(withTwo.length).toBeLessThan(30)
  })
})

describe('how people buy', () => {
  it('is busy in the evening and on Sundays', async () => {
    expect(
      await askNumber(
        'select count(*) filter (hour(ts) in (18, 19)) / count(*) filter (hour(ts) in (1, 2)) from events',
      ),
    ).toBeGreaterThan(10)
    expect(
      await askNumber(
        "select count(*) filter (dayname(ts) = 'Sunday') / count(*) filter (dayname(ts) = 'Saturday') from events",
      ),
    ).toBeGreaterThan(1.2)
  })

  it('sees one visit in thirty end in an order, and many end on their first page', async () => {
    const visits = await askNumber('select count(distinct visit) from events')

    expect(truth.purchases / visits).toBeGreaterThan(0.02)
    expect(truth.purchases / visits).toBeLessThan(0.05)
    const bounces = await askNumber(`
      select count(*) from (select visit from events group by visit having count(*) filter (event = 'page_view') = 1)
    `)
    expect(bounces / visits).toBeGreaterThan(0.25)
    expect(bounces / visits).toBeLessThan(0.5)
  })

  it('loses more checkouts on phones than on desktops', async () => {
    const completion = (device: string) => `
      select count(*) filter (event = 'purchase') / count(*) filter (event = 'begin_checkout')
      from events where device = '${device}'
    `

    expect(await askNumber(completion('desktop'))).toBeGreaterThan(0.6)
    expect(await askNumber(completion('mobile'))).toBeLessThan(0.55)
  })

  it('sells better through partners and letters than through social ads', async () => {
    const rate = (medium: string) => `
      select avg(has_ordered) from (
        select max((event = 'purchase')::int) as has_ordered from events
        group by visit having max(utm_medium) = '${medium}'
      )
    `

    expect(await askNumber(rate('paid_social'))).toBeLessThan(0.015)
    expect(await askNumber(rate('affiliate'))).toBeGreaterThan(0.03)
    expect(await askNumber(rate('email'))).toBeGreaterThan(0.03)
  })

  it('tags a minority of visits, each on its first page alone', async () => {
    const tagged = await askNumber(
      'select avg(tagged) from (select max((utm_source is not null)::int) as tagged from events group by visit)',
    )

    expect(tagged).toBeGreaterThan(0.2)
    expect(tagged).toBeLessThan(0.45)
    expect(
      await askNumber(
        'select count(*) from (select visit from events where utm_source is not null group by visit having count(distinct url) > 1)',
      ),
    ).toBe(0)
  })

  it('runs its campaigns between their first day and their last', async () => {
    expect(
      await ask(`
        select min(ts::date)::varchar as first, max(ts::date)::varchar as last
        from events where utm_campaign = 'summer_sale'
      `),
    ).toEqual([{ first: '2026-06-25', last: '2026-07-30' }])
    expect(
      await askNumber("select count(*) from events where utm_campaign = 'spring_lookbook' and ts >= '2026-07-06'"),
    ).toBe(0)
  })

  it('brings visits from search engines, social sites, a blog, the payment page and its own pages, with click ids', async () => {
    const hosts = await askList(
      "select distinct regexp_extract(referrer, '^https://([^/]+)/', 1) from events where referrer is not null",
    )

    expect(hosts).toEqual(
      expect.arrayContaining([
        'www.google.com',
        'duckduckgo.com',
        'www.instagram.com',
        'wohnblog.example',
        'pay.example',
        'www.lumen-lamps.example',
      ]),
    )
    for (const clickId of ['gclid', 'fbclid', 'msclkid']) {
      expect(await askNumber(`select count(*) from events where url like '%${clickId}=%'`)).toBeGreaterThan(50)
    }
    expect(
      await askNumber(
        "select count(*) from events where url like '%gclid=%' and utm_source is null and event = 'page_view'",
      ),
    ).toBeGreaterThan(50)
  })

  it('takes days and several visits before many a first order, and some buy again', async () => {
    const journeys = await ask(`
      with orders as (
        select customer_id, min(ts) as ordered_at, count(*) as order_count from events where event = 'purchase'
        group by customer_id
      ),
      cookies as (
        select distinct customer_id, cookie from events
        where customer_id is not null and cookie <> '${truth.showroomCookie}'
      ),
      visits as materialized (select cookie, visit, min(ts) as started_at from events group by cookie, visit)
      select customer_id, order_count, count(*) as visits,
        date_diff('hour', min(started_at), ordered_at) as hours
      from orders join cookies using (customer_id) join visits using (cookie)
      where started_at <= ordered_at group by customer_id, order_count, ordered_at
    `)

    expect(journeys.filter(({ hours, visits }) => Number(hours) > 24 && Number(visits) > 1).length).toBeGreaterThan(100)
    expect(journeys.filter(({ order_count }) => Number(order_count) > 1).length).toBeGreaterThan(30)
  })
})
