import { type Campaign, campaigns } from '../systems/campaigns.ts'

/** One way by which a visit begins: where the visitor comes from, what the link carries, how well it sells. */
export interface WayIn {
  /** The channel that Google's default groups make of it. */
  readonly channel: string
  /** How often it brings somebody new, against the other ways. */
  readonly newVisitors: number
  /** How often it brings somebody back. */
  readonly returning: number
  /** Who can come this way; left out: anybody. */
  readonly audience?: 'cart_owners'
  /** Days of the sample; left out: always open. */
  readonly firstDay?: number
  readonly lastDay?: number
  readonly utm?: {
    readonly source: string
    readonly medium: string
    readonly campaign: string
    readonly content?: string
  }
  /** What the tracker makes of an untagged link from a search engine or another site. */
  readonly referral?: { readonly source: string; readonly medium: 'organic' | 'referral' }
  /** An empty one is a typed address, or an app that tells nothing. */
  readonly referrers: readonly string[]
  readonly clickId?: 'gclid' | 'fbclid' | 'msclkid'
  readonly ad?: Campaign
  readonly landsOn: 'home' | 'list' | 'product' | 'article'
  readonly bounceRate: number
  /** The wish to buy that it brings along: 1 is the common visitor. */
  readonly appeal: number
}

const google = ['https://www.google.com/', 'https://www.google.com/', 'https://www.google.de/']
const meta = ['https://l.facebook.com/', 'https://l.instagram.com/', 'https://www.instagram.com/']

export const typed: WayIn = {
  channel: 'Direct',
  newVisitors: 11,
  returning: 34,
  referrers: [''],
  landsOn: 'home',
  bounceRate: 0.2,
  appeal: 1.2,
}

/** Standing in front of the store's own tablet. */
export const storeTablet: WayIn = { ...typed, bounceRate: 0, appeal: 1 }

export const search: WayIn = {
  channel: 'Organic Search',
  newVisitors: 22,
  returning: 14,
  referral: { source: 'google', medium: 'organic' },
  referrers: google,
  landsOn: 'list',
  bounceRate: 0.3,
  appeal: 1,
}

/** What a newsletter's link carries, by its week. */
export function letterCampaign(week: number): string {
  return `grüße_${String(week + 1).padStart(2, '0')}`
}

/** The click on a letter; half the mail programs tell where it came from. */
export function letterWay(week: number): WayIn {
  return {
    channel: 'Email',
    newVisitors: 0,
    returning: 0,
    utm: { source: 'newsletter', medium: 'email', campaign: letterCampaign(week) },
    referrers: ['', 'https://mail.google.com/'],
    landsOn: 'list',
    bounceRate: 0.15,
    appeal: 1.8,
  }
}

export const googleShopping: WayIn = {
  channel: 'Paid Shopping',
  newVisitors: 6,
  returning: 2,
  utm: { source: 'google', medium: 'cpc', campaign: 'shopping_lamps' },
  referrers: google,
  clickId: 'gclid',
  ad: campaigns.shopping,
  landsOn: 'product',
  bounceRate: 0.32,
  appeal: 1.5,
}

export const lookbook: WayIn = {
  channel: 'Paid Social',
  newVisitors: 9,
  returning: 3,
  lastDay: 34,
  utm: { source: 'facebook', medium: 'paid_social', campaign: 'spring_lookbook', content: 'video_a' },
  referrers: meta,
  clickId: 'fbclid',
  ad: campaigns.lookbook,
  landsOn: 'product',
  bounceRate: 0.5,
  appeal: 0.5,
}

const unpaid: readonly WayIn[] = [
  typed,
  search,
  {
    ...search,
    newVisitors: 4,
    returning: 3,
    referral: { source: 'bing', medium: 'organic' },
    referrers: ['https://www.bing.com/search?q=lampe+kaufen'],
  },
  {
    ...search,
    newVisitors: 3,
    returning: 1,
    referral: { source: 'duckduckgo', medium: 'organic' },
    referrers: ['https://duckduckgo.com/'],
  },
  {
    channel: 'Organic Social',
    newVisitors: 4,
    returning: 2,
    referrers: meta,
    clickId: 'fbclid',
    landsOn: 'product',
    bounceRate: 0.45,
    appeal: 0.5,
  },
  {
    channel: 'Organic Social',
    newVisitors: 4,
    returning: 1,
    referral: { source: 'pinterest.de', medium: 'referral' },
    referrers: ['https://www.pinterest.de/'],
    landsOn: 'product',
    bounceRate: 0.4,
    appeal: 0.6,
  },
  {
    channel: 'Organic Video',
    newVisitors: 1.5,
    returning: 0.5,
    referral: { source: 'youtube.com', medium: 'referral' },
    referrers: ['https://www.youtube.com/'],
    landsOn: 'product',
    bounceRate: 0.4,
    appeal: 0.7,
  },
  {
    channel: 'Referral',
    newVisitors: 5,
    returning: 2,
    referral: { source: 'wohnblog.example', medium: 'referral' },
    referrers: ['https://wohnblog.example/2026/licht-im-flur'],
    landsOn: 'article',
    bounceRate: 0.25,
    appeal: 1.2,
  },
]

const paid: readonly WayIn[] = [
  {
    channel: 'Paid Search',
    newVisitors: 4,
    returning: 7,
    utm: { source: 'google', medium: 'cpc', campaign: 'brand' },
    referrers: google,
    clickId: 'gclid',
    ad: campaigns.brand,
    landsOn: 'home',
    bounceRate: 0.15,
    appeal: 1.7,
  },
  // Tagged by the ad system alone: a click id, and no campaign that anybody can read.
  {
    channel: 'Paid Search',
    newVisitors: 4,
    returning: 2,
    referrers: google,
    clickId: 'gclid',
    ad: campaigns.generic,
    landsOn: 'list',
    bounceRate: 0.32,
    appeal: 1.2,
  },
  googleShopping,
  {
    channel: 'Paid Search',
    newVisitors: 10,
    returning: 4,
    firstDay: 20,
    lastDay: 55,
    utm: { source: 'google', medium: 'cpc', campaign: 'spring_sale' },
    referrers: google,
    clickId: 'gclid',
    ad: campaigns.springSale,
    landsOn: 'list',
    bounceRate: 0.3,
    appeal: 1.4,
  },
  {
    channel: 'Cross-network',
    newVisitors: 3,
    returning: 1,
    utm: { source: 'google', medium: 'cpc', campaign: 'home cross-network' },
    referrers: google,
    clickId: 'gclid',
    ad: campaigns.everywhere,
    landsOn: 'product',
    bounceRate: 0.45,
    appeal: 0.8,
  },
  // Whose spend nobody loads.
  {
    channel: 'Paid Search',
    newVisitors: 2.5,
    returning: 1,
    utm: { source: 'bing', medium: 'cpc', campaign: 'leuchten, büro & flur' },
    referrers: ['https://www.bing.com/'],
    clickId: 'msclkid',
    landsOn: 'list',
    bounceRate: 0.32,
    appeal: 1.2,
  },
  lookbook,
  {
    ...lookbook,
    newVisitors: 12,
    returning: 4,
    firstDay: 41,
    lastDay: 83,
    utm: { source: 'instagram', medium: 'paid_social', campaign: 'garden_nights 🌿', content: 'still_b' },
    ad: campaigns.garden,
  },
  {
    channel: 'Display',
    newVisitors: 0,
    returning: 12,
    audience: 'cart_owners',
    utm: { source: 'criteo', medium: 'display', campaign: 'cart_reminder' },
    referrers: ['https://www.nachrichten.example/'],
    landsOn: 'product',
    bounceRate: 0.35,
    appeal: 1.3,
  },
  {
    channel: 'Affiliates',
    newVisitors: 4,
    returning: 3,
    firstDay: 7,
    utm: { source: 'partner', medium: 'affiliate', campaign: 'Lichtblick "Tipp, der Woche"' },
    referrers: ['https://www.lichtblick.example/tipp'],
    landsOn: 'product',
    bounceRate: 0.22,
    appeal: 1.9,
  },
]

const all: readonly WayIn[] = [...unpaid, ...paid]
const openOn = new Map<number, readonly WayIn[]>()

/** The ways that are open on a day of the sample. */
export function waysInOn(number: number): readonly WayIn[] {
  let open = openOn.get(number)
  if (!open) {
    open = all.filter(way => number >= (way.firstDay ?? 0) && number <= (way.lastDay ?? Number.POSITIVE_INFINITY))
    openOn.set(number, open)
  }
  return open
}
