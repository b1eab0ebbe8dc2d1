import type { ChannelColumn, ChannelCondition, ChannelRule } from './channels'

/**
 * Google Analytics 4's default channel group (support.google.com/analytics/answer/9756891), in Google's order: the first rule that holds
 * names the channel, so Display comes before Paid Other, which would take its `cpm`. The networks of Google's own ad platforms are left out,
 * since UTM values do not carry them.
 */
export const ga4Channels: readonly ChannelRule[] = [
  {
    channel: 'Direct',
    when: {
      all: [
        { column: 'source', isAbsentOr: ['(direct)'] },
        { column: 'medium', isAbsentOr: ['(none)', '(not set)'] },
      ],
    },
  },
  { channel: 'Cross-network', when: { column: 'campaign', contains: 'cross-network' } },
  { channel: 'Paid Shopping', when: { all: [{ any: [site('shopping'), shoppingCampaign()] }, paidMedium()] } },
  { channel: 'Paid Search', when: { all: [site('search'), paidMedium()] } },
  { channel: 'Paid Social', when: { all: [site('social'), paidMedium()] } },
  { channel: 'Paid Video', when: { all: [site('video'), paidMedium()] } },
  { channel: 'Display', when: medium('display', 'banner', 'expandable', 'interstitial', 'cpm') },
  { channel: 'Paid Other', when: paidMedium() },
  { channel: 'Organic Shopping', when: { any: [site('shopping'), shoppingCampaign()] } },
  {
    channel: 'Organic Social',
    when: {
      any: [site('social'), medium('social', 'social-network', 'social-media', 'sm', 'social network', 'social media')],
    },
  },
  { channel: 'Organic Video', when: { any: [site('video'), { column: 'medium', contains: 'video' }] } },
  { channel: 'Organic Search', when: { any: [site('search'), medium('organic')] } },
  { channel: 'Referral', when: medium('referral', 'app', 'link') },
  {
    channel: 'Email',
    when: { any: (['source', 'medium'] as const).map(column => is(column, 'email', 'e-mail', 'e_mail', 'e mail')) },
  },
  { channel: 'Affiliates', when: medium('affiliate') },
  { channel: 'Audio', when: medium('audio') },
  { channel: 'SMS', when: { any: [is('source', 'sms'), medium('sms')] } },
  {
    channel: 'Mobile Push',
    when: {
      any: [
        { column: 'medium', endsWith: 'push' },
        { column: 'medium', contains: 'mobile' },
        { column: 'medium', contains: 'notification' },
        is('source', 'firebase'),
      ],
    },
  },
]

/** What a click id says of a click without UTM values: the source and medium that the rules read. The first on a page counts. */
export const clickIds = [
  { click_id_kind: 'gclid', source: 'google', medium: 'cpc' },
  { click_id_kind: 'gbraid', source: 'google', medium: 'cpc' },
  { click_id_kind: 'wbraid', source: 'google', medium: 'cpc' },
  { click_id_kind: 'msclkid', source: 'bing', medium: 'cpc' },
  { click_id_kind: 'ttclid', source: 'tiktok', medium: 'paid_social' },
  { click_id_kind: 'li_fat_id', source: 'linkedin', medium: 'paid_social' },
  { click_id_kind: 'twclid', source: 'twitter', medium: 'paid_social' },
  { click_id_kind: 'dclid', source: 'dv360', medium: 'display' },
  // Facebook adds it to unpaid links too.
  { click_id_kind: 'fbclid', source: 'facebook', medium: 'social' },
] as const

function is(column: ChannelColumn, ...texts: readonly string[]): ChannelCondition {
  return { column, is: texts }
}

function medium(...texts: readonly string[]): ChannelCondition {
  return is('medium', ...texts)
}

function site(kind: 'search' | 'social' | 'video' | 'shopping'): ChannelCondition {
  return is('site_kind', kind)
}

function paidMedium(): ChannelCondition {
  return { column: 'medium', matches: '^(.*cp.*|ppc|retargeting|paid.*)$' }
}

function shoppingCampaign(): ChannelCondition {
  return { column: 'campaign', matches: '^(.*(([^a-df-z]|^)shop|shopping).*)$' }
}
