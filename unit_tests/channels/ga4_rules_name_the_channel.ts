import { given, unitTest } from 'throughline'
import { events } from '../../models/events/events'
import { event_channels } from '../../models/journeys/event_channels'
import { event_sources } from '../../models/journeys/event_sources'
import { source_sites } from '../../models/journeys/source_sites'

interface Case {
  readonly channel: string
  readonly source?: string
  readonly medium?: string
  readonly campaign?: string
}

/** Google's help page 9756891, rule by rule; `google`, `facebook`, `youtube` and `amazon` stand for the four kinds of sites. */
const cases: readonly Case[] = [
  { channel: 'Direct', campaign: 'spring' },
  { channel: 'Direct', source: '(direct)', medium: '(none)' },
  { channel: 'Direct', source: '(direct)', medium: '(not set)' },
  { channel: 'Direct', source: '(direct)' },
  { channel: 'Unassigned', source: '(direct)', medium: 'other' },
  { channel: 'Unassigned', source: 'partner', medium: '(none)' },
  { channel: 'Unassigned', source: '(not set)' },
  { channel: 'Cross-network', source: 'google', medium: 'cpc', campaign: 'eu cross-network 1' },
  { channel: 'Unassigned', source: 'partner', medium: 'cross-network' },
  { channel: 'Paid Shopping', source: 'amazon', medium: 'cpc' },
  { channel: 'Paid Shopping', source: 'google', medium: 'cpc', campaign: 'shop lamps' },
  { channel: 'Paid Shopping', source: 'google', medium: 'ppc', campaign: 'eu_shopping_1' },
  { channel: 'Paid Search', source: 'google', medium: 'cpc', campaign: 'workshop' },
  { channel: 'Paid Search', source: 'google', medium: 'cpc' },
  { channel: 'Paid Search', source: 'google', medium: 'cpm' },
  { channel: 'Paid Social', source: 'facebook', medium: 'paid_social' },
  { channel: 'Paid Social', source: 'facebook', medium: 'retargeting' },
  { channel: 'Paid Video', source: 'youtube', medium: 'cpv' },
  ...['display', 'banner', 'expandable', 'interstitial', 'cpm'].map(medium => ({
    channel: 'Display',
    source: 'network',
    medium,
  })),
  ...['cpa', 'ppc', 'retargeting', 'paid', 'paid-partner', 'xcpx'].map(medium => ({
    channel: 'Paid Other',
    source: 'network',
    medium,
  })),
  { channel: 'Unassigned', source: 'network', medium: 'unpaid' },
  { channel: 'Unassigned', source: 'network', medium: 'retargeting2' },
  { channel: 'Organic Shopping', source: 'amazon', medium: 'referral' },
  { channel: 'Organic Shopping', source: 'news', medium: 'email', campaign: 'shop' },
  { channel: 'Email', source: 'news', medium: 'email', campaign: 'workshop' },
  { channel: 'Organic Social', source: 'facebook', medium: 'referral' },
  ...['social', 'social-network', 'social-media', 'sm', 'social network', 'social media'].map(medium => ({
    channel: 'Organic Social',
    source: 'forum',
    medium,
  })),
  { channel: 'Unassigned', source: 'forum', medium: 'social_media' },
  { channel: 'Organic Video', source: 'youtube', medium: 'referral' },
  { channel: 'Organic Video', source: 'forum', medium: 'in-video' },
  { channel: 'Organic Search', source: 'google', medium: 'referral' },
  { channel: 'Organic Search', source: 'google' },
  { channel: 'Organic Search', source: 'intranet', medium: 'organic' },
  ...['referral', 'app', 'link'].map(medium => ({ channel: 'Referral', source: 'partner', medium })),
  ...['email', 'e-mail', 'e_mail', 'e mail'].flatMap(email => [
    { channel: 'Email', source: 'crm', medium: email },
    { channel: 'Email', source: email, medium: 'crm' },
  ]),
  { channel: 'Affiliates', source: 'partner', medium: 'affiliate' },
  { channel: 'Unassigned', source: 'partner', medium: 'affiliates' },
  { channel: 'Audio', source: 'podcast', medium: 'audio' },
  { channel: 'SMS', source: 'crm', medium: 'sms' },
  { channel: 'SMS', source: 'sms', medium: 'crm' },
  { channel: 'Mobile Push', source: 'crm', medium: 'webpush' },
  { channel: 'Mobile Push', source: 'crm', medium: 'mobile' },
  { channel: 'Mobile Push', source: 'crm', medium: 'app-notification' },
  { channel: 'Mobile Push', source: 'firebase', medium: 'crm' },
  { channel: 'Unassigned', source: 'crm', medium: 'pushed' },
]

const numbered = cases.map(({ source, medium, campaign, channel }, index) => ({
  event_id: `${index}: ${source} / ${medium} / ${campaign}`,
  source: source ?? null,
  medium: medium ?? null,
  campaign: campaign ?? null,
  channel,
}))

export const ga4_rules_name_the_channel = unitTest({
  description:
    "Google's default channel groups, in Google's order, every rule and every text of it: cpm is Display and not Paid Other, cross-network is looked for in the campaign, social-media is social.",
  model: event_channels,
  given: [
    given(
      events,
      numbered.map(({ event_id }) => ({ event_id })),
    ),
    given(
      event_sources,
      numbered.map(({ event_id, source, medium, campaign }) => ({
        event_id,
        source,
        medium,
        campaign,
        carried_by: 'utm',
      })),
    ),
    given(source_sites, [
      { source: 'google', site_kind: 'search' },
      { source: 'facebook', site_kind: 'social' },
      { source: 'youtube', site_kind: 'video' },
      { source: 'amazon', site_kind: 'shopping' },
    ]),
  ],
  expect: numbered.map(({ event_id, channel }) => ({ event_id, channel })),
})
