export type Currency = 'EUR' | 'CHF' | 'GBP'

export interface Country {
  readonly code: string
  readonly name: string
  readonly region: string
  readonly city: string
  readonly language: string
  readonly currency: Currency
  /** Percent, within all prices. */
  readonly taxRate: number
  readonly callingCode: string
  /** What mobile numbers begin with, after the calling code. */
  readonly mobilePrefixes: readonly string[]
  readonly weight: number
}

export const countries: readonly Country[] = [
  {
    code: 'DE',
    name: 'Germany',
    region: 'Berlin',
    city: 'Berlin',
    language: 'de-de',
    currency: 'EUR',
    taxRate: 19,
    callingCode: '49',
    mobilePrefixes: ['151', '160', '171', '176'],
    weight: 58,
  },
  {
    code: 'AT',
    name: 'Austria',
    region: 'Vienna',
    city: 'Vienna',
    language: 'de-at',
    currency: 'EUR',
    taxRate: 20,
    callingCode: '43',
    mobilePrefixes: ['664', '676'],
    weight: 11,
  },
  {
    code: 'CH',
    name: 'Switzerland',
    region: 'Zurich',
    city: 'Zurich',
    language: 'de-ch',
    currency: 'CHF',
    taxRate: 8.1,
    callingCode: '41',
    mobilePrefixes: ['76', '79'],
    weight: 12,
  },
  {
    code: 'GB',
    name: 'United Kingdom',
    region: 'England',
    city: 'London',
    language: 'en-gb',
    currency: 'GBP',
    taxRate: 20,
    callingCode: '44',
    mobilePrefixes: ['7400', '7700'],
    weight: 11,
  },
  {
    code: 'NL',
    name: 'Netherlands',
    region: 'North Holland',
    city: 'Amsterdam',
    language: 'nl-nl',
    currency: 'EUR',
    taxRate: 21,
    callingCode: '31',
    mobilePrefixes: ['61', '62'],
    weight: 8,
  },
]

export const germany = countries[0]!
export const switzerland = countries[2]!
export const unitedKingdom = countries[3]!
