/** One way by which a visit begins: where the visitor comes from, what the link carries, how well it sells. */
export interface WayIn {
  /** How often it brings somebody new, against the other ways. */
  readonly newVisitors: number
  /** How often it brings somebody back. */
  readonly returning: number
  /** Who can come this way; left out: anybody. */
  readonly audience?: 'subscribers' | 'cart_owners'
  /** Days since the shop's first day; left out: always open. */
  readonly launched?: number
  readonly ended?: number
  readonly utm?: { readonly source: string; readonly medium: string; readonly campaign: string }
  /** An empty one is a typed address, or an app that tells nothing. */
  readonly referrers: readonly string[]
  readonly clickId?: 'gclid' | 'fbclid' | 'msclkid'
  readonly landsOn: 'home' | 'list' | 'product' | 'article'
  readonly bounceRate: number
  /** The wish to buy that it brings along: 1 is the common visitor. */
  readonly appeal: number
}

const google = ['https://www.google.com/', 'https://www.google.com/', 'https://www.google.de/']
const meta = ['https://l.facebook.com/', 'https://l.instagram.com/', 'https://www.instagram.com/']

const typed: WayIn = { newVisitors: 11, returning: 40, referrers: [''], landsOn: 'home', bounceRate: 0.3, appeal: 1.2 }

/** Standing in front of the shop's own tablet. */
export const showroom: WayIn = { ...typed, bounceRate: 0, appeal: 4 }

const unpaid: readonly WayIn[] = [
  typed,
  { newVisitors: 22, returning: 12, referrers: google, landsOn: 'list', bounceRate: 0.42, appeal: 1 },
  {
    newVisitors: 7,
    returning: 4,
    referrers: [
      'https://www.bing.com/search?q=lampe+kaufen',
      'https://duckduckgo.com/',
      'https://www.ecosia.org/search?q=stehlampe%20"bogen"',
    ],
    landsOn: 'list',
    bounceRate: 0.4,
    appeal: 1,
  },
  {
    newVisitors: 4,
    returning: 2,
    referrers: meta,
    clickId: 'fbclid',
    landsOn: 'product',
    bounceRate: 0.55,
    appeal: 0.5,
  },
  {
    newVisitors: 4,
    returning: 1,
    referrers: ['https://www.pinterest.de/'],
    landsOn: 'product',
    bounceRate: 0.5,
    appeal: 0.6,
  },
  {
    newVisitors: 1.5,
    returning: 0.5,
    referrers: ['https://www.youtube.com/'],
    landsOn: 'product',
    bounceRate: 0.5,
    appeal: 0.7,
  },
  {
    newVisitors: 5,
    returning: 2,
    referrers: [
      'https://wohnblog.example/2026/licht-im-flur',
      'https://www.schöner-lesen.example/leselampen?seite=2,3',
    ],
    landsOn: 'article',
    bounceRate: 0.35,
    appeal: 1.2,
  },
  {
    newVisitors: 1.5,
    returning: 0.5,
    referrers: ['https://chatgpt.com/'],
    landsOn: 'product',
    bounceRate: 0.3,
    appeal: 1.5,
  },
]

const paid: readonly WayIn[] = [
  {
    newVisitors: 4,
    returning: 7,
    utm: { source: 'google', medium: 'cpc', campaign: 'brand' },
    referrers: google,
    clickId: 'gclid',
    landsOn: 'home',
    bounceRate: 0.22,
    appeal: 1.7,
  },
  // Tagged by the ad system alone: a click id, and no campaign that anybody can read.
  { newVisitors: 4, returning: 2, referrers: google, clickId: 'gclid', landsOn: 'list', bounceRate: 0.4, appeal: 1.2 },
  {
    newVisitors: 5,
    returning: 2,
    utm: { source: 'google', medium: 'cpc', campaign: 'shopping_lamps' },
    referrers: google,
    clickId: 'gclid',
    landsOn: 'product',
    bounceRate: 0.4,
    appeal: 1.5,
  },
  {
    newVisitors: 12,
    returning: 5,
    launched: 24,
    ended: 59,
    utm: { source: 'google', medium: 'cpc', campaign: 'summer_sale' },
    referrers: google,
    clickId: 'gclid',
    landsOn: 'list',
    bounceRate: 0.38,
    appeal: 1.4,
  },
  {
    newVisitors: 2.5,
    returning: 1,
    utm: { source: 'bing', medium: 'cpc', campaign: 'leuchten, büro & flur' },
    referrers: ['https://www.bing.com/'],
    clickId: 'msclkid',
    landsOn: 'list',
    bounceRate: 0.4,
    appeal: 1.2,
  },
  {
    newVisitors: 9,
    returning: 3,
    ended: 34,
    utm: { source: 'meta', medium: 'paid_social', campaign: 'spring_lookbook' },
    referrers: meta,
    clickId: 'fbclid',
    landsOn: 'product',
    bounceRate: 0.62,
    appeal: 0.4,
  },
  {
    newVisitors: 13,
    returning: 4,
    launched: 41,
    utm: { source: 'meta', medium: 'paid_social', campaign: 'garden_nights 🌿' },
    referrers: meta,
    clickId: 'fbclid',
    landsOn: 'product',
    bounceRate: 0.58,
    appeal: 0.5,
  },
  {
    newVisitors: 0,
    returning: 16,
    audience: 'cart_owners',
    utm: { source: 'criteo', medium: 'display', campaign: 'cart_reminder' },
    referrers: ['https://www.nachrichten.example/'],
    landsOn: 'product',
    bounceRate: 0.45,
    appeal: 1.3,
  },
  {
    newVisitors: 4,
    returning: 3,
    launched: 7,
    utm: { source: 'partner', medium: 'affiliate', campaign: 'Lichtblick "Tipp, der Woche"' },
    referrers: ['https://www.lichtblick.example/tipp'],
    landsOn: 'product',
    bounceRate: 0.3,
    appeal: 1.9,
  },
]

/** A letter every week, to those who asked for it; half the mail programs tell where the click came from. */
const letters: readonly WayIn[] = Array.from({ length: 53 }, (_, week) => ({
  newVisitors: 0,
  returning: 45,
  audience: 'subscribers',
  launched: week * 7 + 3,
  ended: week * 7 + 9,
  utm: { source: 'newsletter', medium: 'email', campaign: `grüße_${String(week + 1).padStart(2, '0')}` },
  referrers: ['', 'https://mail.google.com/'],
  landsOn: 'list',
  bounceRate: 0.25,
  appeal: 1.8,
}))

const all: readonly WayIn[] = [...unpaid, ...paid, ...letters]

/** The ways that are open on a day, counted from the shop's first. */
export function waysInOn(dayNumber: number): readonly WayIn[] {
  return all.filter(way => dayNumber >= (way.launched ?? 0) && dayNumber <= (way.ended ?? Number.POSITIVE_INFINITY))
}
