import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleRetailer } from '../../../examples/retailer/generate.ts'
import { type OpenRetailer, openRetailer } from './open-retailer.ts'

describe('the truth beside the files', () => {
  let retailer: OpenRetailer
  let ask: OpenRetailer['ask']
  let askNumber: OpenRetailer['askNumber']
  beforeAll(async () => {
    retailer = await openRetailer(sampleRetailer)
    ;({ ask, askNumber } = retailer)
  })
  afterAll(() => retailer?.close())

  /** Orders as they are in the end: the newest version of each. */
  const orders = `(
    select * from (select *, row_number() over (partition by id order by updated_at desc) as newest from raw.shopify_order)
    where newest = 1
  )`

  it('names every row of the site once, and no two events have one key', async () => {
    expect(await askNumber('select count(distinct row_key) from raw.ga4')).toBe(
      await askNumber("select count(*) from truth.rows where system = 'ga4'"),
    )
    expect(
      await askNumber("select count(*) from truth.rows anti join raw.ga4 using (row_key) where system = 'ga4'"),
    ).toBe(0)
  })

  it.each([
    ['hubspot', 'contact', 'id'],
    ['hubspot', 'contact_form_submission', 'conversion_id'],
    ['hubspot', 'contact_merge_audit', "canonical_vid || '|' || vid_to_merge"],
    ['hubspot', 'email_event', 'id'],
    ['shopify', 'customer', 'id'],
    ['shopify', 'order', 'id'],
    ['shopify', 'order_line', 'id'],
    ['shopify', 'refund', 'id'],
    ['shopify', 'transaction', 'id'],
    ['zendesk', 'ticket', 'id'],
    ['zendesk', 'ticket_comment', 'id'],
    ['zendesk', 'ticket_chat', 'chat_id'],
    ['zendesk', 'ticket_chat_event', "chat_id || '|' || chat_index"],
    ['twilio', 'call', 'id'],
  ])('names every row of %s.%s', async (system, table, key) => {
    const rows = `(select row_key from truth.rows where system = '${system}' and raw_table = '${table}')`
    const raw = `(select distinct ${key} as row_key from raw.${system}_${table})`

    expect(await askNumber(`select count(*) from ${rows}`)).toBeGreaterThan(0)
    expect(await ask(`(from ${rows} except all from ${raw}) union all (from ${raw} except all from ${rows})`)).toEqual(
      [],
    )
  })

  it('tells orders, what they came to and what went back to the cent, by currency and place', async () => {
    const told = await ask(`
      select currency, place, is_test, count(*) as orders, sum(gross_cents::bigint)::varchar as gross,
        sum(refunded_cents::bigint)::varchar as refunded
      from truth.orders group by all order by all`)
    const found = await ask(`
      with back as (
        select order_id, sum(amount::decimal(18, 2)) as amount
        from (select distinct on (id) * from raw.shopify_transaction)
        where kind = 'refund' and status = 'success' group by order_id
      )
      select o.currency, if(o.source_name = 'pos', 'store', 'web') as place, o.test as is_test, count(*) as orders,
        (sum(o.total_price::decimal(18, 2)) * 100)::bigint::varchar as gross,
        (sum(coalesce(b.amount, 0)) * 100)::bigint::varchar as refunded
      from ${orders} as o left join back as b on b.order_id = o.id
      group by all order by all`)

    expect(found).toEqual(told)
    expect(told.length).toBeGreaterThanOrEqual(6)
  })

  it('tells lines that add up to their orders, with shipping', async () => {
    expect(
      await askNumber(`
        select count(*) from ${orders} as o
        join (select order_name, sum(paid_cents::bigint) as cents from truth.order_lines group by 1) as l on l.order_name = o.name
        where o.subtotal_price::decimal(18, 2) * 100 <> l.cents
          or o.total_price::decimal(18, 2) <> o.subtotal_price::decimal(18, 2)
            + (o.total_shipping_price_set::json ->> '$.shop_money.amount')::decimal(18, 2)`),
    ).toBe(0)
    expect(
      await askNumber(`
        with lines as (
          select order_id, sum(price::decimal(18, 2) * quantity::int - total_discount::decimal(18, 2)) as paid
          from (select distinct on (id) * from raw.shopify_order_line) group by order_id
        )
        select count(*) from ${orders} as o join lines as l on l.order_id = o.id
        where o.subtotal_price::decimal(18, 2) <> l.paid`),
    ).toBe(0)
  })

  it('tells a purchase of the site by the shop’s own name of the order, and by its sum', async () => {
    expect(
      await askNumber(`
        select count(*) from raw.ga4 as g left join ${orders} as o on o.name = g.transaction_id
        where g.event_name = 'purchase'
          and (o.id is null or round(g.ecommerce.purchase_revenue * 100) <> o.total_price::decimal(18, 2) * 100)`),
    ).toBe(0)
  })

  it('gives each identifier to one person, and knows those that several share', async () => {
    expect(
      await askNumber(
        'select count(*) from (select kind, value from truth.identifiers group by all having count(*) > 1)',
      ),
    ).toBe(0)
    expect(
      await askNumber(`
        select count(*) from truth.visits as v join truth.identifiers as i on i.kind = 'cookie_id' and i.value = v.cookie
        where i.person not in (v.person, 'shared')`),
    ).toBe(0)
    expect(
      await askNumber(`
        select count(*) from (select distinct user_pseudo_id from raw.ga4 where device.web_info.browser <> 'HeadlessChrome'
          and traffic_type is null) as g
        anti join truth.identifiers as i on i.kind = 'cookie_id' and i.value = g.user_pseudo_id`),
    ).toBe(0)
  })

  it('ties cookies to customers where the rows do: a log-in, or an order that the site told', async () => {
    const unsaid = `
      select distinct g.user_pseudo_id, g.user_id from raw.ga4 as g
      join truth.identifiers as c on c.kind = 'cookie_id' and c.value = g.user_pseudo_id and c.person <> 'shared'
      join truth.identifiers as u on u.kind = 'user_id' and u.value = g.user_id
      where c.cluster <> u.cluster`
    const unbought = `
      select distinct g.user_pseudo_id from raw.ga4 as g
      join truth.identifiers as c on c.kind = 'cookie_id' and c.value = g.user_pseudo_id and c.person <> 'shared'
      join truth.identifiers as o on o.kind = 'order_id' and o.value = g.transaction_id
      where g.event_name = 'purchase' and c.cluster <> o.cluster`

    expect(await ask(unsaid)).toEqual([])
    expect(await ask(unbought)).toEqual([])
  })

  it('has the visits that the site has, event by event', async () => {
    expect(
      await askNumber(`
        with seen as (
          select user_pseudo_id as cookie, ga_session_id, count(distinct row_key) as events
          from raw.ga4 group by all
        ),
        told as (select cookie, ga_session_id, sum(event_count::int) as events from truth.visits group by all)
        select count(*) from told left join seen using (cookie, ga_session_id) where seen.events is distinct from told.events`),
    ).toBe(0)
  })

  it('has a journey for each order but the tests, and none begins after its order', async () => {
    expect(await askNumber('select count(*) from truth.journeys')).toBe(
      await askNumber("select count(*) from truth.orders where is_test = 'false'"),
    )
    expect(
      await askNumber(
        'select count(*) from truth.journeys where first_touch_at > ordered_at or knowable_first_touch_at > ordered_at',
      ),
    ).toBe(0)
    expect(
      await askNumber('select count(*) from truth.journeys where knowable_touches::int > touches::int'),
    ).toBeLessThan(10)
  })

  it('follows one person through all systems, to the letter', async () => {
    expect(
      await ask(`
        select first_touch_at, first_channel, first_campaign, touches, knowable_first_campaign
        from truth.journeys where person = 'p0000001'`),
    ).toEqual([
      {
        first_touch_at: '2026-02-18 19:15:00.000',
        first_channel: 'Paid Social',
        first_campaign: 'spring_lookbook',
        // The advertisement, the letter, the search, the visit, the chat, the call and the till.
        touches: '7',
        knowable_first_campaign: 'spring_lookbook',
      },
    ])
    expect(
      await ask(`
        select distinct system from truth.rows where person = 'p0000001' order by system`),
    ).toEqual([
      { system: 'ga4' },
      { system: 'hubspot' },
      { system: 'shopify' },
      { system: 'twilio' },
      { system: 'zendesk' },
    ])
  })

  it('and another, whose browser forgot the beginning before anybody could know it', async () => {
    expect(
      await ask(`
        select first_channel, first_campaign, knowable_first_channel from truth.journeys where person = 'p0000002'`),
    ).toEqual([{ first_channel: 'Paid Shopping', first_campaign: 'shopping_lamps', knowable_first_channel: 'Email' }])
  })

  it('cuts a journey at a pause of more than thirty days, and at the order before', async () => {
    expect(
      await ask(`
        select first_touch_at, first_channel, touches from truth.journeys where person = 'p0000022' order by ordered_at`),
    ).toEqual([
      { first_touch_at: '2026-03-28 19:00:00.000', first_channel: 'Organic Search', touches: '1' },
      { first_touch_at: '2026-04-01 18:00:00.000', first_channel: 'Direct', touches: '1' },
    ])
  })

  it('covers twelve weeks of Berlin’s days, and not an instant more', async () => {
    const until = "timestamp '2026-05-10 22:00:00'"
    expect(
      await askNumber(
        `select count(*) from raw.ga4 where happened_at < timestamp '2026-02-15 23:00:00' or happened_at >= ${until}`,
      ),
    ).toBe(0)
    for (const [table, column] of [
      ['shopify_order', 'updated_at'],
      ['shopify_transaction', 'created_at'],
      ['shopify_refund', 'created_at'],
      ['hubspot_email_event', 'created'],
      ['zendesk_ticket', 'updated_at'],
    ]) {
      expect(await askNumber(`select count(*) from raw.${table} where ${column}::timestamp >= ${until}`), table).toBe(0)
    }
  })
})
