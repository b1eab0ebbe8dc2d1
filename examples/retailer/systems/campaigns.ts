/** One advertisement as its system books it. */
export interface Campaign {
  readonly system: 'google' | 'meta'
  readonly id: number
  /** As the system's own pages call it; the links carry it as utm_campaign, but for those that carry none. */
  readonly name: string
  /** How it was called before somebody renamed it, and until which day of the sample. */
  readonly renamed?: { readonly from: string; readonly onDay: number }
  readonly kind: 'SEARCH' | 'SHOPPING' | 'PERFORMANCE_MAX' | 'SOCIAL'
  /** Of a campaign that has none (Google's own choice of places), left out. */
  readonly group?: { readonly id: number; readonly name: string }
  readonly adId?: number
  /** What a click costs on the average, in cents of the account's currency. */
  readonly clickCents: number
  readonly impressionsPerClick: number
  readonly firstDay: number
  readonly lastDay: number
}

export const campaigns = {
  brand: {
    system: 'google',
    id: 20_100_000_001,
    name: 'brand',
    kind: 'SEARCH',
    group: { id: 150_100_000_001, name: 'brand exact' },
    clickCents: 18,
    impressionsPerClick: 6,
    firstDay: 0,
    lastDay: 83,
  },
  shopping: {
    system: 'google',
    id: 20_100_000_002,
    name: 'shopping_lamps',
    renamed: { from: 'shopping test (old)', onDay: 9 },
    kind: 'SHOPPING',
    group: { id: 150_100_000_002, name: 'all products' },
    clickCents: 34,
    impressionsPerClick: 55,
    firstDay: 0,
    lastDay: 83,
  },
  springSale: {
    system: 'google',
    id: 20_100_000_003,
    name: 'spring_sale',
    kind: 'SEARCH',
    group: { id: 150_100_000_003, name: 'sale words' },
    clickCents: 42,
    impressionsPerClick: 18,
    firstDay: 20,
    lastDay: 55,
  },
  generic: {
    system: 'google',
    id: 20_100_000_004,
    name: 'leuchten generisch',
    kind: 'SEARCH',
    group: { id: 150_100_000_004, name: 'lampe, leuchte' },
    clickCents: 51,
    impressionsPerClick: 24,
    firstDay: 0,
    lastDay: 83,
  },
  everywhere: {
    system: 'google',
    id: 20_100_000_005,
    name: 'home cross-network',
    kind: 'PERFORMANCE_MAX',
    clickCents: 29,
    impressionsPerClick: 80,
    firstDay: 0,
    lastDay: 83,
  },
  lookbook: {
    system: 'meta',
    id: 6_215_293_444_271,
    name: 'spring_lookbook',
    kind: 'SOCIAL',
    group: { id: 6_215_293_450_071, name: 'Women and men 25-54, EU' },
    adId: 6_215_293_456_071,
    clickCents: 38,
    impressionsPerClick: 95,
    firstDay: 0,
    lastDay: 34,
  },
  garden: {
    system: 'meta',
    id: 6_215_304_559_271,
    name: 'garden_nights 🌿',
    renamed: { from: 'Garden Nights DRAFT', onDay: 43 },
    kind: 'SOCIAL',
    group: { id: 6_215_304_564_071, name: 'Gardeners' },
    adId: 6_215_304_566_671,
    clickCents: 33,
    impressionsPerClick: 110,
    firstDay: 41,
    lastDay: 83,
  },
} as const satisfies Readonly<Record<string, Campaign>>
