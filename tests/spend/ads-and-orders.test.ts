import { beforeAll, describe, expect, it } from 'vitest'
import { google_ads } from '../../sources/google_ads.ts'
import { failuresOf } from '../attribution/built.ts'
import { builtWorld, compileStock, rawTable, stockProject, type World } from '../support/world.ts'

const ad = { utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'spring' }

/** Ada and Bob buy after an ad of one campaign, Cleo after a newsletter; the ads of two campaigns cost 12.50 and 4. */
const events = [
  { at: '2026-03-01 10:00:00', event: 'page_viewed', user: 'ada', ...ad },
  { at: '2026-03-02 10:00:00', event: 'page_viewed', user: 'ada', utm_source: 'news', utm_medium: 'email' },
  { at: '2026-03-02 10:05:00', event: 'order_placed', user: 'ada', revenue: '30', currency: 'EUR' },
  { at: '2026-03-02 11:00:00', event: 'page_viewed', user: 'bob', ...ad },
  { at: '2026-03-02 11:05:00', event: 'order_placed', user: 'bob', revenue: '10', currency: 'EUR' },
  { at: '2026-03-03 10:00:00', event: 'page_viewed', user: 'cleo', utm_source: 'news', utm_medium: 'email' },
  { at: '2026-03-03 10:05:00', event: 'order_placed', user: 'cleo', revenue: '99', currency: 'EUR' },
  { at: '2026-03-09 10:00:00', event: 'page_viewed', user: 'cleo' },
]

const costs = [
  { id: 31, campaign_id: 3, date: '2026-03-01', device: 'MOBILE', micros: 10_000_000, clicks: 4 },
  { id: 31, campaign_id: 3, date: '2026-03-02', device: 'MOBILE', micros: 2_500_000, clicks: 1 },
  { id: 41, campaign_id: 4, date: '2026-03-02', device: 'MOBILE', micros: 4_000_000, clicks: 2 },
  // Long after all events: not told beside them, and warned of.
  { id: 41, campaign_id: 4, date: '2026-05-01', device: 'MOBILE', micros: 70_000_000, clicks: 9 },
]

const rawAds = [
  `create table raw.google_ads__account_history as
   select 1 as id, timestamp '2026-01-01' as updated_at, null::timestamp as _fivetran_synced, null::varchar as descriptive_name,
     'EUR' as currency_code, null::varchar as time_zone, 'a' as tl_row_id, 1 as tl_row_number`,
  `create table raw.google_ads__campaign_history as
   select id, timestamp '2026-01-01' as updated_at, null::timestamp as _fivetran_synced, 1 as customer_id, name,
     'SEARCH' as advertising_channel_type, 'a' as tl_row_id, 1 as tl_row_number
   from (values (3, 'Spring'), (4, 'Summer')) as t(id, name)`,
  `create table raw.google_ads__ad_group_history as
   select id, timestamp '2026-01-01' as updated_at, null::timestamp as _fivetran_synced, campaign_id, null::varchar as campaign_name,
     'Lamps' as name, 'a' as tl_row_id, 1 as tl_row_number
   from (values (31, 3), (41, 4)) as t(id, campaign_id)`,
  `create table raw.google_ads__ad_group_stats as
   select id, campaign_id, 1 as customer_id, date::date as date, device, 'SEARCH' as ad_network_type, micros as cost_micros,
     clicks, 100 as impressions, null::timestamp as _fivetran_synced, 'a' as tl_row_id, 1 as tl_row_number
   from (values ${costs.map(({ id, campaign_id, date, device, micros, clicks }) => `(${id}, ${campaign_id}, '${date}', '${device}', ${micros}, ${clicks})`).join(', ')})
     as t(id, campaign_id, date, device, micros, clicks)`,
  `create table raw.google_ads__campaign_stats as
   select id, customer_id, date, device, ad_network_type, cost_micros, clicks, impressions, _fivetran_synced, tl_row_id, tl_row_number
   from raw.google_ads__ad_group_stats limit 0`,
]

const outside = 'a day with spend before the first event or after the last: it is left out here and in kpis'

const definitions = {
  conversions: { purchase: { event: 'order_placed', value: 'revenue' } },
  attribution: { models: { last: { credit: 'last' }, linear: { credit: 'linear' } }, compare_to: 'linear' },
  segments: ['channel'],
}

describe('What ads cost beside what they bring', () => {
  let world: World

  beforeAll(async () => {
    const compiled = compileStock(definitions, '2026-06-01 12:00:00', stockProject(), {
      google_ads: google_ads.settings.parse({ schema: 'not_read' }),
    })
    const identified = events.map((event, index) => ({ event_id: `e${index}`, ...event }))
    world = await builtWorld(compiled, [rawTable(identified), ...rawAds], ['channel_performance', 'kpis', 'people'])
  })

  it('stands in one row for each channel and campaign', async () => {
    const rows = await world.rows(`
      select channel, campaign, conversions, revenue::double as revenue, spend_amount::double as spend, clicks,
        cost_per_conversion, roas
      from attribution.channel_performance
      where attribution_model = 'linear' and period = 'all'
      order by channel, campaign`)
    expect(rows).toEqual([
      {
        channel: 'Email',
        campaign: '(none)',
        conversions: 1.5,
        revenue: 114,
        spend: 0,
        clicks: 0,
        cost_per_conversion: 0,
        roas: null,
      },
      {
        channel: 'Paid Search',
        campaign: 'Spring',
        conversions: 1.5,
        revenue: 25,
        spend: 12.5,
        clicks: 5,
        cost_per_conversion: 12.5 / 1.5,
        roas: 2,
      },
      {
        channel: 'Paid Search',
        campaign: 'Summer',
        conversions: 0,
        revenue: 0,
        spend: 4,
        clicks: 2,
        cost_per_conversion: null,
        roas: 0,
      },
    ])
  })

  it('makes the return on ad spend and the cost of an order, of the model that the others are held against', async () => {
    const rows = await world.rows(`
      select kpi, segment_value, numerator::double as numerator, denominator::double as denominator, sample_size
      from kpis.kpis
      where kpi in ('purchase_roas', 'purchase_cost') and period = 'all'
      order by kpi, segment_value`)
    expect(rows).toEqual([
      { kpi: 'purchase_cost', segment_value: '(all)', numerator: 16.5, denominator: 1.5, sample_size: 2 },
      { kpi: 'purchase_cost', segment_value: 'Direct', numerator: 0, denominator: 0, sample_size: 0 },
      { kpi: 'purchase_cost', segment_value: 'Email', numerator: 0, denominator: 0, sample_size: 0 },
      { kpi: 'purchase_cost', segment_value: 'Paid Search', numerator: 16.5, denominator: 1.5, sample_size: 2 },
      { kpi: 'purchase_roas', segment_value: '(all)', numerator: 25, denominator: 16.5, sample_size: 2 },
      { kpi: 'purchase_roas', segment_value: 'Direct', numerator: 0, denominator: 0, sample_size: 0 },
      { kpi: 'purchase_roas', segment_value: 'Email', numerator: 0, denominator: 0, sample_size: 0 },
      { kpi: 'purchase_roas', segment_value: 'Paid Search', numerator: 25, denominator: 16.5, sample_size: 2 },
    ])
  })

  it('passes its own data tests, but for the warning of spend on a day of no calendar', async () => {
    expect(await failuresOf(world, 'channel_performance')).toEqual([outside])
    expect(await failuresOf(world, 'kpis')).toEqual([])
    expect(await failuresOf(world, 'ad_spend')).toEqual([])
  })

  it.each([
    [
      "update attribution.channel_performance set spend_amount = spend_amount + 0.01 where campaign = 'Summer' and period = 'week'",
      'a model, conversion and kind of period whose spend is not that of the ads',
    ],
    [
      "delete from attribution.channel_performance where campaign = 'Summer' and attribution_model = 'last'",
      'a model, conversion and kind of period whose spend is not that of the ads',
    ],
    [
      "update attribution.channel_performance set conversions = conversions * 2 where channel = 'Email' and period = 'all'",
      'a model and conversion whose sums are not those of attribution_by_channel',
    ],
    [
      `insert into attribution.channel_performance
       select * replace ('Display' as channel, 0 as conversions, 0 as revenue)
       from attribution.channel_performance where campaign = 'Spring';
       update attribution.channel_performance set spend_amount = 0, clicks = 0, impressions = 0
       where campaign = 'Spring' and channel = 'Paid Search'`,
      'a campaign whose ads are of another channel than its visits',
    ],
  ])('finds what is wrong after %s', async (fault, found) => {
    await world.session.execute('begin')
    await world.session.execute(fault)
    const failures = await failuresOf(world, 'channel_performance')
    await world.session.execute('rollback')
    expect(failures.filter(says => says !== outside)).toEqual([found])
  })

  it('warns of spend before the first event or after the last, and of no other, and not of a day on which nothing ran', async () => {
    const warned = async (change: string) => {
      await world.session.execute('begin')
      await world.session.execute(change)
      const failures = await failuresOf(world, 'channel_performance')
      await world.session.execute('rollback')
      return failures.includes(outside)
    }
    const last = "spend_date = date '2026-05-01'"
    const spend = `update ${world.compiled.models.get('ad_spend')!.table.schema}.ad_spend set`
    expect(await warned(`${spend} spend_date = date '2026-03-09' where ${last}`)).toBe(false)
    expect(await warned(`${spend} spend_date = date '2026-03-10' where ${last}`)).toBe(true)
    expect(await warned(`${spend} spend_date = date '2026-02-28' where ${last}`)).toBe(true)
    expect(
      await warned(`${spend} original_amount = 0, spend_amount = 0, clicks = 0, impressions = 0 where ${last}`),
    ).toBe(false)
    expect(await warned(`${spend} original_amount = 0, spend_amount = 0, impressions = 0 where ${last}`)).toBe(true)
  })
})
