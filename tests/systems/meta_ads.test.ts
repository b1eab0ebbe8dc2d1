import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BuiltExtract, buildExtract, extractOf } from './extract.ts'

const { folder, isThere } = extractOf('facebook_ads')

describe.skipIf(!isThere)(`costs of Meta's ads${isThere ? '' : `, skipped: there is no ${folder}`}`, () => {
  let built: BuiltExtract

  beforeAll(async () => {
    built = await buildExtract({
      system: 'meta_ads',
      files: Object.fromEntries(
        ['account_history', 'campaign_history', 'ad_set_history', 'ad_history', 'basic_ad'].map(table => [
          table,
          `../facebook_ads/facebook_ads_${table}_data.csv`,
        ]),
      ),
      settings: { currency: 'EUR' },
      models: ['ad_spend'],
    })
  })
  afterAll(() => built?.close())

  test('all rows land, though these accounts tell no currency and these ads not when they came in', () => {
    expect(built.landed).toEqual({
      account_history: { rowCount: 59, quarantinedCount: 0 },
      campaign_history: { rowCount: 9, quarantinedCount: 0 },
      ad_set_history: { rowCount: 14, quarantinedCount: 0 },
      ad_history: { rowCount: 12, quarantinedCount: 0 },
      basic_ad: { rowCount: 10, quarantinedCount: 0 },
    })
  })

  test('of each ad, set, campaign and account the newest version stands', async () => {
    const counts = await built.rows(`
      select
        (select count(*) from staging.stg_meta_ads__ads) as ads,
        (select count(*) from staging.stg_meta_ads__ad_sets) as ad_sets,
        (select count(*) from staging.stg_meta_ads__campaigns) as campaigns,
        (select count(*) = count(distinct account_id) from staging.stg_meta_ads__accounts) as is_account_once`)
    expect(counts).toEqual([{ ads: 4, ad_sets: 4, campaigns: 4, is_account_once: true }])
  })

  test('spend is that of the ads, by ad set and day, in the currency of the config', async () => {
    const sums = await built.rows(`
      select campaign_id, ad_group_id, channel, campaign, count(*) as days, sum(spend_amount)::varchar as amount,
        sum(clicks)::integer as clicks, sum(impressions)::integer as impressions
      from spend.ad_spend group by all order by all`)
    expect(sums).toEqual([
      {
        campaign_id: '6215293444271',
        ad_group_id: '6215293450671',
        channel: 'Paid Social',
        campaign: '5RoYSnkKcNEVpe6XJiyHIw==',
        days: 1,
        amount: '76.530000000',
        clicks: 10,
        impressions: 4233,
      },
      {
        campaign_id: '6215304559271',
        ad_group_id: '6215304564071',
        channel: 'Paid Social',
        campaign: '0f91ACH8jh67tc2XzN7PwA==',
        days: 3,
        amount: '159.330000000',
        clicks: 37,
        impressions: 7175,
      },
      {
        campaign_id: '6215762731271',
        ad_group_id: '6215762732871',
        channel: 'Paid Social',
        campaign: 'eLLJhdWmFK6gTTwlV65RQQ==',
        days: 1,
        amount: '144.000000000',
        clicks: 27,
        impressions: 10_701,
      },
      {
        campaign_id: '6229007982271',
        ad_group_id: '6229007985271',
        channel: 'Paid Social',
        campaign: 'iqbH9ALNda4C3roYX2MeuA==',
        days: 5,
        amount: '263.770000000',
        clicks: 75,
        impressions: 15_166,
      },
    ])
  })
})
