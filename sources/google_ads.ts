import {
  type Columns,
  date,
  integer,
  type LandedSettings,
  landedTables,
  locationIn,
  source,
  text,
  timestamp,
  z,
} from 'throughline'

const tables = ['account_history', 'campaign_history', 'ad_group_history', 'ad_group_stats', 'campaign_stats'] as const

const settings = landedTables(tables, {
  channel: z
    .string()
    .min(1)
    .optional()
    .describe("The channel of all these ads, instead of that by their campaign's type: SEARCH is Paid Search …"),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'three capital letters, like EUR, USD or GBP')
    .optional()
    .describe('Currency of accounts that do not tell theirs.'),
})

/** How Google Ads is read: the settings under `sources: google_ads:`, with their defaults. */
export type GoogleAdsSettings = z.infer<typeof settings>

const updatedAt = timestamp('When this version of it began')
const synced = timestamp('When the row came in, UTC').nullable().mayBeMissing()

export const google_ads = source({
  description: "Costs, clicks and impressions of Google Ads, as Fivetran's connector google_ads lands them.",
  settings,
  tables: {
    account_history: {
      description: 'Versions of the accounts.',
      columns: () => ({
        id: integer('The account, which other tables call customer_id'),
        updated_at: updatedAt,
        _fivetran_synced: synced,
        descriptive_name: text('Its name').nullable().mayBeMissing(),
        currency_code: text('Currency of all its costs, as USD').nullable().mayBeMissing(),
        time_zone: text('The zone of all its days, as America/Los_Angeles').nullable().mayBeMissing(),
      }),
      location: settings => locationIn(settings, 'account_history'),
    },
    campaign_history: {
      description: 'Versions of the campaigns.',
      columns: () => ({
        id: integer('The campaign'),
        updated_at: updatedAt,
        _fivetran_synced: synced,
        customer_id: integer('Its account').nullable(),
        name: text('Its name').nullable(),
        advertising_channel_type: text('Where its ads are shown: SEARCH, DISPLAY, PERFORMANCE_MAX …').nullable(),
      }),
      location: settings => locationIn(settings, 'campaign_history'),
    },
    ad_group_history: {
      description: 'Versions of the ad groups.',
      columns: () => ({
        id: integer('The ad group'),
        updated_at: updatedAt,
        _fivetran_synced: synced,
        campaign_id: integer('Its campaign').nullable(),
        campaign_name: text("The campaign's name").nullable().mayBeMissing(),
        name: text('Its name').nullable(),
      }),
      location: settings => locationIn(settings, 'ad_group_history'),
    },
    ad_group_stats: statistics(
      'ad_group_stats',
      'Costs, clicks and impressions by ad group, day, device and network. It has no campaigns without ad groups: those of Performance Max stand in campaign_stats alone.',
      {
        id: integer('The ad group'),
        campaign_id: integer('Its campaign'),
      },
    ),
    campaign_stats: statistics(
      'campaign_stats',
      'Costs, clicks and impressions by campaign, day, device and network, of all campaigns.',
      { id: integer('The campaign') },
    ),
  },
})

function statistics(table: 'ad_group_stats' | 'campaign_stats', description: string, ids: Columns) {
  return {
    description,
    loadedAt: '_fivetran_synced',
    columns: () => ({
      ...ids,
      customer_id: integer('The account'),
      date: date("The day, in the account's zone"),
      device: text('DESKTOP, MOBILE …').nullable().mayBeMissing(),
      ad_network_type: text('SEARCH, CONTENT …').nullable().mayBeMissing(),
      cost_micros: integer("What it cost, in millionths of the account's currency").nullable(),
      clicks: integer('Clicks').nullable(),
      impressions: integer('Impressions').nullable(),
      _fivetran_synced: synced,
    }),
    location: (settings: LandedSettings<(typeof tables)[number]>) => locationIn(settings, table),
  }
}
