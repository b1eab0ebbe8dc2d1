import { date, integer, landedTables, locationIn, number, source, text, timestamp, z } from 'throughline'

const settings = landedTables(['account_history', 'campaign_history', 'ad_set_history', 'ad_history', 'basic_ad'], {
  channel: z.string().min(1).default('Paid Social').describe('The channel of all these ads.'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'three capital letters, like EUR, USD or GBP')
    .optional()
    .describe('Currency of accounts that do not tell theirs.'),
})

/** How Meta's ads are read: the settings under `sources: meta_ads:`, with their defaults. */
export type MetaAdsSettings = z.infer<typeof settings>

const updatedTime = timestamp('When this version of it began')
const synced = timestamp('When the row came in, UTC').nullable().mayBeMissing()

export const meta_ads = source({
  description:
    "Costs, clicks and impressions of ads on Facebook and Instagram, as Fivetran's connector facebook_ads lands them.",
  settings,
  tables: {
    account_history: {
      description: 'Versions of the ad accounts.',
      columns: () => ({
        id: integer('The account'),
        _fivetran_synced: synced,
        name: text('Its name').nullable(),
        currency: text('Currency of all its costs, as USD').nullable().mayBeMissing(),
        timezone_name: text('The zone of all its days, as America/Los_Angeles').nullable().mayBeMissing(),
      }),
      location: settings => locationIn(settings, 'account_history'),
    },
    campaign_history: {
      description: 'Versions of the campaigns.',
      columns: () => ({
        id: integer('The campaign'),
        updated_time: updatedTime,
        _fivetran_synced: synced,
        account_id: integer('Its account').nullable(),
        name: text('Its name').nullable(),
      }),
      location: settings => locationIn(settings, 'campaign_history'),
    },
    ad_set_history: {
      description: 'Versions of the ad sets.',
      columns: () => ({
        id: integer('The ad set'),
        updated_time: updatedTime,
        _fivetran_synced: synced,
        campaign_id: integer('Its campaign').nullable(),
        name: text('Its name').nullable(),
      }),
      location: settings => locationIn(settings, 'ad_set_history'),
    },
    ad_history: {
      description: 'Versions of the ads.',
      columns: () => ({
        id: integer('The ad'),
        updated_time: updatedTime,
        _fivetran_synced: synced,
        ad_set_id: integer('Its ad set').nullable(),
        campaign_id: integer('Its campaign').nullable(),
        name: text('Its name').nullable(),
      }),
      location: settings => locationIn(settings, 'ad_history'),
    },
    basic_ad: {
      description: 'Costs, clicks and impressions by ad and day.',
      loadedAt: '_fivetran_synced',
      columns: () => ({
        ad_id: text('The ad'),
        date: date("The day, in the account's zone"),
        account_id: integer('Its account'),
        spend: number("What it cost, in the account's currency").nullable(),
        inline_link_clicks: integer('Clicks on links in the ad, which lead to where the advertiser says').nullable(),
        impressions: integer('Impressions').nullable(),
        _fivetran_synced: synced,
      }),
      location: settings => locationIn(settings, 'basic_ad'),
    },
  },
})
