import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleRetailer, tinyRetailer } from '../../../examples/retailer/generate.ts'
import { type OpenRetailer, openRetailer } from './open-retailer.ts'

/** The digits of a number as it would be dialled from abroad, where it was written with the country's code. */
const dialled = (column: string) => `regexp_replace(regexp_replace(${column}, '^00', ''), '[^0-9]', '', 'g')`

describe.each([
  ['tiny', tinyRetailer],
  ['sample', sampleRetailer],
])('the %s retailer', (_, options) => {
  let retailer: OpenRetailer
  let askNumber: OpenRetailer['askNumber']
  let askList: OpenRetailer['askList']
  beforeAll(async () => {
    retailer = await openRetailer(options)
    ;({ askNumber, askList } = retailer)
  })
  afterAll(() => retailer?.close())

  const someOf = async (query: string) => expect(await askNumber(query), query).toBeGreaterThan(0)

  it('knows some of its visitors and not others', async () => {
    await someOf('select count(*) from raw.ga4 where user_id is null')
    await someOf("select count(*) from raw.ga4 where regexp_full_match(user_id, '69\\d{11}')")
    await someOf(`
      select count(*) from (
        select user_pseudo_id, ga_session_id from raw.ga4 group by all having count(user_id) between 1 and count(*) - 1
      )`)
  })

  it('is used from several browsers by one customer, from one by a family, and from the tablet of a store by five or more', async () => {
    await someOf(`
      select count(*) from (
        select user_id from raw.ga4 where user_id like '69%' group by user_id having count(distinct user_pseudo_id) > 1
      )`)
    await someOf(`
      select count(*) from (
        select cookie from truth.visits join truth.identifiers on value = cookie where identifiers.person = 'shared'
        group by cookie having count(distinct visits.person) = 2
      )`)
    expect(
      await askNumber(`
        select max(customers) from (
          select count(distinct user_id) as customers from raw.ga4 where user_id like '69%' group by user_pseudo_id
        )`),
    ).toBeGreaterThanOrEqual(5)
  })

  it('loses cookies: somebody logs in with two on one device', async () => {
    await someOf(`
      select count(*) from (
        select user_id, device.category from raw.ga4 where user_id like '69%' and device.category <> 'tablet'
        group by all having count(distinct user_pseudo_id) > 1
      )`)
  })

  it('has two customers with one address of e-mail, one of whom Shopify knows by the telephone alone', async () => {
    await someOf(`
      select count(*) from raw.shopify_order as o
      join raw.shopify_customer as own on own.id = o.customer_id and own.email is null and own.phone is not null
      join raw.shopify_customer as other on other.email = trim(lower(o.email)) and other.id <> own.id`)
  })

  it.each([
    ['shopify_order', 'id', 'updated_at'],
    ['shopify_customer', 'id', 'updated_at'],
    ['zendesk_ticket', 'id', 'updated_at'],
    ['hubspot_email_event', 'id', 'created'],
  ])('lands rows of %s late, twice the same, and again at a later sync', async (table, id, changed) => {
    await someOf(`select count(*) - (select count(*) from (select distinct * from raw.${table})) from raw.${table}`)
    await someOf(
      `select count(*) from raw.${table} where _fivetran_synced::timestamp - ${changed}::timestamp > interval 2 days`,
    )
    await someOf(`
      select count(*) from (
        select ${id} from raw.${table} group by ${id}, ${changed} having count(distinct _fivetran_synced) > 1
      )`)
  })

  it('corrects rows: orders, customers, tickets and what clicks cost', async () => {
    const correctedOf = (table: string, id: string, changed: string) =>
      someOf(
        `select count(*) from (select ${id} from raw.${table} group by ${id} having count(distinct ${changed}) > 1)`,
      )
    await correctedOf('shopify_order', 'id', 'updated_at')
    await correctedOf('shopify_customer', 'id', 'updated_at')
    await correctedOf('zendesk_ticket', 'id', 'updated_at')
    await correctedOf('google_ads_campaign_history', 'id', 'name')
    if (options === sampleRetailer) {
      await correctedOf('google_ads_campaign_stats', '_fivetran_id', 'cost_micros')
      await correctedOf('hubspot_contact', 'id', '_fivetran_deleted')
    }
  })

  it('has events of the site twice, as they were and as the streaming export has them, and late ones', async () => {
    const copies = `(select row_key, count(*) as copies, count(distinct event_bundle_sequence_id) as bundles from raw.ga4 group by row_key having count(*) > 1)`
    await someOf(`select count(*) from ${copies} where bundles = 1`)
    await someOf(`select count(*) from ${copies} where bundles = 2`)
    await someOf('select count(*) from raw.ga4 where event_server_timestamp_offset::bigint > 600000000')
  })

  it('has refunds in whole and in part, cancelled orders with the money back and orders never paid', async () => {
    const statuses = await askList(`
      select distinct financial_status || case when cancelled_at is null then '' else ' and cancelled' end
      from raw.shopify_order`)
    expect(statuses).toEqual(
      expect.arrayContaining([
        'paid',
        'pending',
        'refunded',
        'partially_refunded',
        'refunded and cancelled',
        'voided and cancelled',
      ]),
    )
    await someOf("select count(*) from raw.shopify_transaction where kind = 'refund' and status = 'success'")
  })

  it('sells in three currencies, on the web and in a store', async () => {
    expect(await askList('select distinct currency from raw.shopify_order order by 1')).toEqual(['CHF', 'EUR', 'GBP'])
    expect(await askList('select distinct source_name from raw.shopify_order order by 1')).toEqual(['pos', 'web'])
    await someOf("select count(*) from raw.shopify_order where source_name = 'pos' and customer_id is not null")
    await someOf(`
      select count(*) from raw.shopify_order
      where source_name = 'pos' and customer_id is null and email is null and billing_address_phone is null`)
  })

  it('changes to summer time: the twenty-ninth of March has twenty-three hours', async () => {
    await someOf("select count(*) from raw.ga4 where event_date = '20260329'")
    expect(
      await askNumber(`
        select count(*) from raw.ga4
        where event_date <> strftime(happened_at
          + if(happened_at < timestamp '2026-03-29 01:00:00', interval 1 hour, interval 2 hours), '%Y%m%d')`),
    ).toBe(0)
    expect(
      await askNumber("select count(*) from raw.ga4 where filename not like '%events_' || event_date || '.json.gz'"),
    ).toBe(0)
    await someOf("select count(*) from raw.ga4 where event_date <> strftime(happened_at, '%Y%m%d')")
  })

  it('keeps one account of advertisements in euros and Berlin’s days, one in pounds and London’s', async () => {
    expect(await retailer.ask('select distinct currency_code, time_zone from raw.google_ads_account_history')).toEqual([
      { currency_code: 'EUR', time_zone: 'Europe/Berlin' },
    ])
    expect(await retailer.ask('select distinct currency, timezone_name from raw.meta_ads_account_history')).toEqual([
      { currency: 'GBP', timezone_name: 'Europe/London' },
    ])
    await someOf('select sum(cost_micros::bigint) from raw.google_ads_campaign_stats')
    await someOf('select sum(spend::decimal(18, 2)) from raw.meta_ads_basic_ad')
  })

  it('is read by a robot: dozens of pages, some three a second, and nothing in the cart', async () => {
    const [robot] = await retailer.ask(`
      select count(*)::int as pages, (count(*) / greatest(epoch(max(happened_at) - min(happened_at)), 1))::double as pace, list_sort(list(distinct event_name)) as names
      from raw.ga4 where device.web_info.browser = 'HeadlessChrome'
      group by user_pseudo_id order by pages limit 1`)

    expect(robot?.names).toEqual(['first_visit', 'page_view', 'session_start'])
    expect(Number(robot?.pages)).toBeGreaterThanOrEqual(60)
    expect(Number(robot?.pace)).toBeGreaterThan(2)
    expect(await askList("select distinct person from truth.rows where is_bot = 'true'")).toEqual(['robot'])
  })

  it('has test orders, which the site sees as purchases', async () => {
    await someOf(`
      select count(*) from raw.shopify_order as o join raw.ga4 as g on g.transaction_id = o.name
      where o.test = 'true' and o.email = 'test@lumen-lamps.example' and g.event_name = 'purchase'
        and g.traffic_type = 'internal'`)
  })

  it('has no trace of advocacy: nothing anywhere tells of a review', async () => {
    expect(await askNumber("select count(*) from raw.ga4 where event_name like '%review%'")).toBe(0)
  })

  it('writes telephone numbers in many ways, all of one number', async () => {
    const written = await askList(
      'select distinct property_phone from raw.hubspot_contact where property_phone is not null',
    )
    if (options === sampleRetailer) {
      for (const way of [/^\+49\d+$/, /^\+49 \d/, /^0049/, /^0\d+\//, /^\(0\d+\) /]) {
        expect(
          written.some(phone => way.test(String(phone))),
          String(way),
        ).toBe(true)
      }
    }
    await someOf('select count(*) from raw.twilio_call where "from" like \'+%\'')
    await someOf('select count(*) from raw.twilio_call where regexp_full_match("from", \'[1-9]\\d+\')')
    await someOf(`
      select count(*) from raw.twilio_call as c join raw.shopify_customer as s on ${dialled('c."from"')} = ${dialled('s.phone')}`)
  })

  it('is called from numbers that nothing else knows, and from none', async () => {
    await someOf(`
      select count(*) from raw.twilio_call as c
      where direction = 'inbound' and ${dialled('c."from"')} not in (select ${dialled('phone')} from raw.shopify_customer where phone is not null)`)
    await someOf('select count(*) from raw.twilio_call where "from" = \'+266696687\'')
    expect(
      await askList("select distinct status from raw.twilio_call where status in ('completed', 'no-answer', 'busy')"),
    ).toEqual(expect.arrayContaining(['completed']))
    await someOf("select count(*) from raw.twilio_call where status in ('no-answer', 'busy') and duration = '0'")
  })
})

describe('what only the sample is large enough to have', () => {
  let retailer: OpenRetailer
  beforeAll(async () => {
    retailer = await openRetailer(sampleRetailer)
  })
  afterAll(() => retailer?.close())

  it('addresses in capitals and with blanks around them', async () => {
    for (const column of ['shopify_order.email', 'hubspot_contact.property_email', 'zendesk_user.email']) {
      const [table, name] = column.split('.')
      const found = `select count(*) from raw.${table} where ${name}`
      expect(await retailer.askNumber(`${found} <> lower(${name})`), column).toBeGreaterThan(0)
      expect(await retailer.askNumber(`${found} <> trim(${name})`), column).toBeGreaterThan(0)
    }
  })

  it('placeholders where somebody should be', async () => {
    for (const [table, column, value] of [
      ['ga4', 'user_id', 'guest'],
      ['ga4', 'user_id', '(not set)'],
      ['ga4', 'ecommerce.transaction_id', '(not set)'],
      ['hubspot_contact', 'property_phone', '+490000000'],
      ['shopify_order', 'billing_address_phone', '+490000000'],
      ['shopify_order', 'email', 'unknown'],
      ['zendesk_user', 'email', 'unknown'],
    ]) {
      expect(
        await retailer.askNumber(`select count(*) from raw.${table} where ${column} = '${value}'`),
        value,
      ).toBeGreaterThan(0)
    }
  })

  it('contacts merged, with a row of the one that is gone', async () => {
    expect(
      await retailer.askNumber(`
        select count(*) from raw.hubspot_contact_merge_audit as m
        join raw.hubspot_contact as gone on gone.id = m.vid_to_merge and gone._fivetran_deleted = 'true'
        join raw.hubspot_contact as left_over on left_over.id = m.canonical_vid
          and left_over.property_hs_merged_object_ids = m.vid_to_merge`),
    ).toBeGreaterThan(0)
  })

  it('letters that bounce, are opened by machines and by people, and clicked with the campaign that the site then sees', async () => {
    expect(await retailer.askList('select distinct type from raw.hubspot_email_event order by 1')).toEqual([
      'BOUNCE',
      'CLICK',
      'DELIVERED',
      'OPEN',
      'SENT',
    ])
    expect(
      await retailer.askNumber("select count(*) from raw.hubspot_email_event where filtered_event = 'true'"),
    ).toBeGreaterThan(0)
    expect(
      await retailer.askNumber(`
        select count(*) from raw.hubspot_email_event_click as c join raw.ga4 as g
          on g.page_location like '%' || regexp_extract(c.url, 'utm_campaign=.*$') || '%'`),
    ).toBeGreaterThan(20)
  })

  it('tickets by every way in, chats by name and without', async () => {
    expect(await retailer.askList('select distinct via_channel from raw.zendesk_ticket order by 1')).toEqual([
      'chat',
      'email',
      'voice',
      'web',
    ])
    expect(
      await retailer.askList(`
        select distinct u.email is not null and u.email <> 'unknown' from raw.zendesk_ticket_chat as c
        join raw.zendesk_user as u on u.id = c.user_id order by 1`),
    ).toEqual([false, true])
  })

  it('names that try to break what reads them', async () => {
    const names = await retailer.askList('select distinct last_name from raw.shopify_customer')
    expect(names).toEqual(expect.arrayContaining(['\\ 🦊; drop table people', '山田, 東京\\', 'constructor']))
  })

  it('orders that the site never told, and some that it told twice', async () => {
    const told = `(select transaction_id, count(distinct row_key) as times from raw.ga4 where event_name = 'purchase' group by 1)`
    expect(
      await retailer.askNumber(`
        select count(distinct o.name) from raw.shopify_order as o anti join ${told} as t on t.transaction_id = o.name
        where o.source_name = 'web'`),
    ).toBeGreaterThan(0)
    expect(await retailer.askNumber(`select count(*) from ${told} where times > 1`)).toBeGreaterThan(0)
  })

  it('between a quarter and a third of all cookies that nothing ever ties to anybody', async () => {
    const untied = await retailer.askNumber(
      "select avg((is_tied = 'false')::int) from truth.identifiers where kind = 'cookie_id' and person <> 'shared'",
    )
    expect(untied).toBeGreaterThan(0.25)
    expect(untied).toBeLessThan(0.35)
  })

  it('events at one instant, which their place in the request puts in order', async () => {
    expect(
      await retailer.askNumber(`
        select count(*) from (
          select user_pseudo_id, event_timestamp from (select distinct on (row_key) * from raw.ga4)
          group by all having count(*) > 1 and count(distinct (batch_page_id, batch_ordering_id, batch_event_index)) = count(*)
        )`),
    ).toBeGreaterThan(1_000)
  })
})
