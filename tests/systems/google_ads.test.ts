import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BuiltExtract, buildExtract, extractOf } from './extract.ts'

const { folder, isThere } = extractOf('google_ads')

const files = {
  account_history: 'account_history_data.csv',
  campaign_history: 'campaign_history_data.csv',
  ad_group_history: 'ad_group_history_data.csv',
  ad_group_stats: 'ad_group_stats_data.csv',
  campaign_stats: 'campaign_stats_data.csv',
}

describe.skipIf(!isThere)(`costs of Google Ads${isThere ? '' : `, skipped: there is no ${folder}`}`, () => {
  let built: BuiltExtract

  beforeAll(async () => {
    built = await buildExtract({ system: 'google_ads', files, models: ['ad_spend'] })
  })
  afterAll(() => built?.close())

  test('all rows land', () => {
    expect(built.landed).toEqual({
      account_history: { rowCount: 1, quarantinedCount: 0 },
      campaign_history: { rowCount: 10, quarantinedCount: 0 },
      ad_group_history: { rowCount: 3, quarantinedCount: 0 },
      ad_group_stats: { rowCount: 15, quarantinedCount: 0 },
      campaign_stats: { rowCount: 16, quarantinedCount: 0 },
    })
  })

  test('of each campaign and ad group the newest version stands', async () => {
    expect(await built.rows('stg_google_ads__campaigns')).toEqual([
      {
        campaign_id: '9935249409',
        account_id: '2121450128',
        campaign: 'Zj9yTjsXtiWREoWWkz3kww==',
        campaign_type: 'SEARCH',
      },
    ])
    expect(await built.rows('stg_google_ads__ad_groups')).toEqual([
      {
        ad_group_id: '23289504013',
        campaign_id: '344106493',
        campaign: 'WLcyudjLopZCAwVCG42LtA==',
        ad_group: 'G+b561Y/O/hceLQhm/Cd6Q==',
      },
    ])
  })

  test('the account has its currency; its zone has slipped by a column in this extract', async () => {
    expect(await built.rows('stg_google_ads__accounts')).toEqual([
      { account_id: '2121450128', account: null, currency: 'USD', timezone: null },
    ])
  })

  test('spend is that of the ad groups, and of the campaign that has none', async () => {
    const sums = await built.rows(`
      select campaign_id, ad_group_id, channel, campaign, count(*) as days, sum(original_amount)::varchar as amount,
        sum(clicks)::integer as clicks, sum(impressions)::integer as impressions, min(original_currency) as currency
      from spend.ad_spend group by all order by all`)
    expect(sums).toEqual([
      {
        campaign_id: '344106493',
        ad_group_id: '23289504013',
        channel: 'Paid Other',
        campaign: 'WLcyudjLopZCAwVCG42LtA==',
        days: 15,
        amount: '3156.840000000',
        clicks: 620,
        impressions: 4483,
        currency: 'USD',
      },
      {
        campaign_id: '9935249409',
        ad_group_id: '(none)',
        channel: 'Paid Search',
        campaign: 'Zj9yTjsXtiWREoWWkz3kww==',
        days: 16,
        amount: '231.330000000',
        clicks: 280,
        impressions: 1854,
        currency: 'USD',
      },
    ])
  })

  test('a cost in millionths is exact, and no spend without an exchange rate', async () => {
    const [row] = await built.rows(`
      select spend_amount, currency, original_amount::varchar as amount from spend.ad_spend
      where spend_date = date '2021-03-15'`)
    expect(row).toEqual({ spend_amount: null, currency: 'EUR', amount: '22.240000000' })
  })
})

describe.skipIf(!isThere)('Google Ads without the statistics of campaigns', () => {
  test('tells the costs of ad groups alone', async () => {
    const { campaign_stats: _, ...others } = files
    const built = await buildExtract({
      system: 'google_ads',
      files: others,
      settings: { without: ['campaign_stats'], channel: 'Paid Search' },
      models: ['ad_spend'],
    })
    const rows = await built.rows(
      'select channel, count(*) as days, sum(original_amount)::varchar as amount from spend.ad_spend group by all',
    )
    await built.close()
    expect(rows).toEqual([{ channel: 'Paid Search', days: 15, amount: '3156.840000000' }])
  })
})
