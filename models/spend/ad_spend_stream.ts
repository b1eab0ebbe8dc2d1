import { date, integer, key, number, shape, text } from 'throughline'

export const ad_spend_stream = shape({
  description:
    'What an ad platform tells of its costs. A model of these columns, one row per ad group (or what the platform calls so) and day, joins those of all others.',
  columns: {
    system: key('The ad platform, as in the config: google_ads'),
    campaign_id: key("The platform's own id of the campaign; of an ad whose campaign is not told, ad:<its id>"),
    ad_group_id: key(
      "The platform's own id of the ad group or ad set; (none) where the costs are those of a campaign as a whole; of an ad whose ad set is not told, ad:<its id>",
    ),
    spend_date: date("The day, in the zone of the platform's account, whatever the reporting zone"),
    channel: text('The channel that the ads are of, as the rules of channels name it: Paid Search, Paid Social …'),
    campaign: text('The name of the campaign; NULL where the platform does not tell it').nullable(),
    ad_group: text('The name of the ad group; NULL where the platform does not tell it').nullable(),
    amount: number('What it cost, in its currency'),
    currency: text('Currency of the amount, in capital letters, as EUR; NULL where nobody tells it').nullable(),
    clicks: integer('Clicks').atLeast(0),
    impressions: integer('Impressions').atLeast(0),
  },
})
