import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BuiltExtract, buildExtract, type ExtractFiles, extractOf } from './extract.ts'

const { folder, isThere } = extractOf('ga4_nested')

const names = [
  'custom_event_id',
  'event_id',
  'form_events',
  'item_params',
  'purchase',
  'source_medium',
  'url_extended_preset',
  'url_gclid',
]

type RawEvent = Readonly<Record<string, unknown>> & { readonly event_params: readonly unknown[] }

/** The rows of each file, one a line, as the export writes them; `as` makes of a row those that land. */
function filesOf(as: (row: RawEvent) => readonly RawEvent[]): ExtractFiles {
  const mended = (text: string) => {
    const { rows } = JSON.parse(text) as { readonly rows: readonly RawEvent[] }
    return rows.flatMap(row => as(row).map(event => JSON.stringify(event))).join('\n')
  }
  return Object.fromEntries(
    names.map((name, index) => [`events_${index + 1}`, { file: `../ga4_nested/${name}_input.json`, mended }]),
  )
}

const build = (files: ExtractFiles) =>
  buildExtract({
    system: 'ga4',
    files,
    definitions: { conversions: { purchase: { event: 'purchase', value: 'revenue' } } },
    models: ['event_channels', 'conversions', 'event_identifiers'],
  })

describe.skipIf(!isThere)(`an export of Google Analytics 4${isThere ? '' : `, skipped: there is no ${folder}`}`, () => {
  let built: BuiltExtract
  const eventsOf = (user: string, columns: string) =>
    built.rows(`
      select ${columns}
      from staging.stg_ga4__events as s
      inner join events.events as e on e.event_id = s.event_id
      left join journeys.event_channels as c on c.event_id = e.event_id
      where s.user_pseudo_id = '${user}'
      order by e.occurred_at, e.event_id`)

  beforeAll(async () => {
    built = await build(filesOf(row => [row]))
  })
  afterAll(() => built?.close())

  test('what stands in two files is one event, what differs in a parameter is two', async () => {
    expect(built.landed).toEqual({ events: { rowCount: 14, quarantinedCount: 0 } })
    const counts = await built.rows(`
      select s.user_pseudo_id, e.event_name, count(*)::integer as events
      from staging.stg_ga4__events as s
      inner join events.events as e on e.event_id = s.event_id
      group by all order by all`)
    expect(counts).toEqual([
      { user_pseudo_id: '107079580.1702642286', event_name: 'form_visibility', events: 2 },
      { user_pseudo_id: '1385813245.1702644703', event_name: 'form_start', events: 1 },
      { user_pseudo_id: '1385813245.1702644703', event_name: 'form_submit', events: 1 },
      { user_pseudo_id: '1385813245.1702644703', event_name: 'generate_lead', events: 1 },
      { user_pseudo_id: '1385813245.1702644703', event_name: 'session_start', events: 1 },
      { user_pseudo_id: '427292018.1702650951', event_name: 'purchase', events: 1 },
      { user_pseudo_id: '950658449.1697698900', event_name: 'page_view', events: 3 },
      { user_pseudo_id: '950658449.1697698901', event_name: 'page_view', events: 1 },
      { user_pseudo_id: '950658449.1697698986', event_name: 'page_view', events: 1 },
    ])
  })

  test('a form is seen on a page that was reached within the site', async () => {
    const columns =
      'e.occurred_at, e.page_host, e.page_path, e.referrer_host, e.utm_source, e.country, e.browser, c.channel'
    const seen = {
      occurred_at: '2023-12-15 12:23:29.060308',
      page_host: 'www.test.com',
      page_path: '/de-de/kontakt/',
      referrer_host: null,
      utm_source: null,
      country: 'Switzerland',
      browser: 'Chrome',
      channel: null,
    }
    expect(await eventsOf('107079580.1702642286', columns)).toEqual([seen, seen])
  })

  test('who came from Bing begins a form, sends it, and is a lead', async () => {
    const columns =
      'e.event_name, e.occurred_at, e.is_customer_action, e.utm_source, e.utm_medium, e.utm_campaign, e.utm_term, c.channel, e.source_session_id'
    const told = {
      is_customer_action: true,
      utm_source: 'bing',
      utm_medium: 'organic',
      utm_campaign: null,
      utm_term: null,
      channel: 'Organic Search',
      source_session_id: '1702644703',
    }
    expect(await eventsOf('1385813245.1702644703', columns)).toEqual([
      { ...told, event_name: 'session_start', occurred_at: '2023-12-15 12:51:43.708028', is_customer_action: false },
      { ...told, event_name: 'form_start', occurred_at: '2023-12-15 12:52:45.678503' },
      { ...told, event_name: 'generate_lead', occurred_at: '2023-12-15 12:53:12.816784' },
      { ...told, event_name: 'form_submit', occurred_at: '2023-12-15 12:53:12.859982' },
    ])
  })

  test('a purchase is worth its value, in the currency that it names', async () => {
    const columns =
      'e.order_id, e.original_amount, e.revenue, e.currency, e.page_path, e.referrer_host, e.country, e.region, c.channel'
    expect(await eventsOf('427292018.1702650951', columns)).toEqual([
      {
        order_id: '257059',
        original_amount: '31.000000000',
        revenue: '31.000000000',
        currency: 'EUR',
        page_path: '/de/confirmation/xxxxx',
        referrer_host: null,
        country: 'Germany',
        region: 'Rhineland-Palatinate',
        channel: null,
      },
    ])
    expect(await built.rows('select conversion, order_id, revenue from journeys.conversions')).toEqual([
      { conversion: 'purchase', order_id: '257059', revenue: '31.000000000' },
    ])
  })

  test('a page is reached from a search, unpaid where nothing says otherwise', async () => {
    const columns =
      'e.utm_source, e.utm_medium, e.utm_campaign, e.utm_term, e.click_id_kind, e.referrer_host, c.channel'
    const found = {
      utm_source: 'google',
      utm_medium: 'organic',
      utm_campaign: null,
      utm_term: null,
      click_id_kind: null,
    }
    expect(await eventsOf('950658449.1697698986', columns)).toEqual([
      { ...found, referrer_host: 'www.google.com', channel: 'Organic Search' },
    ])
    expect(await eventsOf('950658449.1697698901', columns)).toEqual([
      { ...found, referrer_host: 'www.test.com', channel: 'Organic Search' },
    ])
  })

  test('a click id, as a parameter or on the page, says that the search was paid, though GA4 tells it as organic', async () => {
    const columns = 'e.utm_source, e.utm_campaign, e.click_id_kind, e.page_path, e.device_category, c.channel'
    const paid = {
      utm_source: null,
      utm_campaign: null,
      click_id_kind: 'gclid',
      page_path: '/posts/dataform-cloud-functions/',
      device_category: 'mobile',
      channel: 'Paid Search',
    }
    expect(await eventsOf('950658449.1697698900', columns)).toEqual([paid, paid, paid])
  })

  test('browsers are cookies, and the order is an identifier', async () => {
    const identifiers = await built.rows(`
      select i.identifier_kind, i.identifier_value
      from profiles.identifiers as i
      order by all`)
    expect(identifiers).toEqual([
      { identifier_kind: 'cookie_id', identifier_value: 'ga4:107079580.1702642286' },
      { identifier_kind: 'cookie_id', identifier_value: 'ga4:1385813245.1702644703' },
      { identifier_kind: 'cookie_id', identifier_value: 'ga4:427292018.1702650951' },
      { identifier_kind: 'cookie_id', identifier_value: 'ga4:950658449.1697698900' },
      { identifier_kind: 'cookie_id', identifier_value: 'ga4:950658449.1697698901' },
      { identifier_kind: 'cookie_id', identifier_value: 'ga4:950658449.1697698986' },
      { identifier_kind: 'order_id', identifier_value: '257059' },
    ])
  })

  test('the tables of the hour beside those of the day, parameters in another order, change no event', async () => {
    const again = await build(
      filesOf(row => [
        { ...row, event_params: row.event_params.toReversed(), event_bundle_sequence_id: null },
        row,
        row,
      ]),
    )
    try {
      expect(again.landed).toEqual({ events: { rowCount: 42, quarantinedCount: 0 } })
      const all = 'select * exclude (row_id) from staging.stg_ga4__events order by event_id'
      expect(await again.rows(all)).toEqual(await built.rows(all))
      expect(await again.rows('events')).toEqual(await built.rows('events'))
    } finally {
      await again.close()
    }
  })
})
