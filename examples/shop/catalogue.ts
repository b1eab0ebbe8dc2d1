export interface Product {
  readonly path: string
  readonly cents: number
}

/** What the shop sells, at prices in cents. */
export const products: readonly Product[] = [
  { path: '/p/tischleuchte-ångström', cents: 8_900 },
  { path: '/p/tischleuchte-kiesel', cents: 4_950 },
  { path: '/p/stehleuchte-kranich', cents: 18_900 },
  { path: '/p/stehleuchte-bogen-xl', cents: 24_900 },
  { path: '/p/pendelleuchte-mond', cents: 12_950 },
  { path: '/p/pendelleuchte-trio', cents: 21_500 },
  { path: '/p/pendelleuchte-café', cents: 9_900 },
  { path: '/p/wandleuchte-flügel', cents: 6_490 },
  { path: '/p/wandleuchte-spot', cents: 3_990 },
  { path: '/p/klemmleuchte-specht', cents: 2_990 },
  { path: '/p/gartenleuchte-glühwurm', cents: 3_490 },
  { path: '/p/gartenleuchte-solar-6er', cents: 5_999 },
  { path: '/p/lichterkette-20m', cents: 2_499 },
  { path: '/p/nachtlicht-fuchs', cents: 1_995 },
  { path: '/p/leuchtmittel-e27-warm', cents: 799 },
  { path: '/p/leuchtmittel-e14-dimmbar', cents: 949 },
]

export const lists: readonly string[] = [
  '/c/tischleuchten',
  '/c/stehleuchten',
  '/c/pendelleuchten',
  '/c/garten',
  '/c/neu',
  '/c/sale?sort=price,asc',
]

export const articles: readonly string[] = [
  '/magazin/warmes-licht',
  '/magazin/küche-richtig-beleuchten',
  '/magazin/e27-oder-e14',
]

/** What people type, as they type it: the shop's tracker writes the address decoded. */
export const searches: readonly string[] = [
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
