import type { Currency } from '../people/countries.ts'

export interface Product {
  readonly id: number
  readonly sku: string
  readonly name: string
  readonly category: string
  readonly path: string
  /** With tax. */
  readonly cents: Readonly<Record<Currency, number>>
}

/** What the shop sells. */
export const products: readonly Product[] = (
  [
    ['Tischleuchte Ångström', 'Tischleuchten', 'tischleuchte-ångström', 8_900],
    ['Tischleuchte Kiesel', 'Tischleuchten', 'tischleuchte-kiesel', 4_950],
    ['Stehleuchte Kranich', 'Stehleuchten', 'stehleuchte-kranich', 18_900],
    ['Stehleuchte Bogen XL', 'Stehleuchten', 'stehleuchte-bogen-xl', 24_900],
    ['Pendelleuchte Mond', 'Pendelleuchten', 'pendelleuchte-mond', 12_950],
    ['Pendelleuchte Trio, 3-flammig', 'Pendelleuchten', 'pendelleuchte-trio', 21_500],
    ['Pendelleuchte "Café"', 'Pendelleuchten', 'pendelleuchte-café', 9_900],
    ['Wandleuchte Flügel', 'Wandleuchten', 'wandleuchte-flügel', 6_490],
    ['Wandleuchte Spot', 'Wandleuchten', 'wandleuchte-spot', 3_990],
    ['Klemmleuchte Specht', 'Tischleuchten', 'klemmleuchte-specht', 2_990],
    ['Gartenleuchte Glühwurm 🌿', 'Garten', 'gartenleuchte-glühwurm', 3_490],
    ['Gartenleuchte Solar, 6er', 'Garten', 'gartenleuchte-solar-6er', 5_999],
    ['Lichterkette 20 m', 'Garten', 'lichterkette-20m', 2_499],
    ['Nachtlicht Fuchs', 'Kinder', 'nachtlicht-fuchs', 1_995],
    ['Leuchtmittel E27 warm', 'Leuchtmittel', 'leuchtmittel-e27-warm', 799],
    ['Leuchtmittel E14 dimmbar', 'Leuchtmittel', 'leuchtmittel-e14-dimmbar', 949],
  ] as const
).map(([name, category, slug, cents], index) => ({
  id: 4_506_451_050_000 + index * 37,
  sku: `LL-${101 + index}`,
  name,
  category,
  path: encodeURI(`/p/${slug}`),
  cents: { EUR: cents, CHF: toFiveCents(cents * 1.08), GBP: Math.round(cents * 0.9) },
}))

/** In Switzerland nothing costs less than five. */
function toFiveCents(cents: number): number {
  return Math.round(cents / 5) * 5
}

export interface Page {
  /** As in an address: percent-encoded. */
  readonly path: string
  readonly title: string
  readonly list?: string
  readonly product?: Product
  /** What was looked for, on a page of findings. */
  readonly search?: string
}

export const home: Page = { path: '/', title: 'Lumen Lamps' }
export const account: Page = { path: '/konto', title: 'Mein Konto' }
export const signUpPage: Page = { path: '/konto/neu', title: 'Konto anlegen' }
export const basket: Page = { path: '/warenkorb', title: 'Warenkorb' }
export const checkoutPage: Page = { path: '/kasse', title: 'Kasse' }
export const thanks: Page = { path: '/danke', title: 'Danke!' }
export const contactPage: Page = { path: '/kontakt', title: 'Kontakt & Hilfe' }

export const productPages: readonly Page[] = products.map(product => ({
  path: product.path,
  title: `${product.name} | Lumen Lamps`,
  product,
}))

export const listPages: readonly Page[] = [
  ['/c/tischleuchten', 'Tischleuchten'],
  ['/c/stehleuchten', 'Stehleuchten'],
  ['/c/pendelleuchten', 'Pendelleuchten'],
  ['/c/garten', 'Garten'],
  ['/c/neu', 'Neu'],
  ['/c/sale?sort=price,asc', 'Sale'],
].map(([path, list]) => ({ path: path!, title: `${list} | Lumen Lamps`, list: list! }))

export const articles: readonly Page[] = [
  { path: '/magazin/warmes-licht', title: 'Warmes Licht' },
  { path: encodeURI('/magazin/küche-richtig-beleuchten'), title: 'Küche richtig beleuchten' },
  { path: '/magazin/e27-oder-e14', title: 'E27 oder E14?' },
]

/** What people type, as they type it. */
const searches: readonly string[] = [
  'stehlampe',
  'lampe küche',
  'lampe "retro", messing',
  'garten 🌿 solar',
  'e27, warmweiß',
  'abat-jour été',
  "kid's night light",
  'лампа',
  'ランプ',
  '50% rabatt; gutschein',
]

export const searchPages: readonly Page[] = searches.map(search => ({
  path: `/suche?q=${encodeURIComponent(search)}`,
  title: `Suche: ${search}`,
  search,
}))
