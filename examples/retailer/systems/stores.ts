import type { Currency } from '../people/countries.ts'

export interface Store {
  readonly locationId: number
  readonly name: string
  readonly street: string
  readonly city: string
  readonly zip: string
  readonly countryCode: string
  readonly country: string
  readonly phone: string
  readonly currency: Currency
  readonly taxRate: number
}

/** The two stores; a tablet stands in Berlin. */
export const stores: Readonly<Record<'berlin' | 'zurich', Store>> = {
  berlin: {
    locationId: 61_000_000_001,
    name: 'Lumen Berlin',
    street: 'Lampenweg 1',
    city: 'Berlin',
    zip: '10119',
    countryCode: 'DE',
    country: 'Germany',
    phone: '+493012345001',
    currency: 'EUR',
    taxRate: 19,
  },
  zurich: {
    locationId: 61_000_000_002,
    name: 'Lumen Zürich',
    street: 'Lichtgasse 8',
    city: 'Zürich',
    zip: '8001',
    countryCode: 'CH',
    country: 'Switzerland',
    phone: '+41441234502',
    currency: 'CHF',
    taxRate: 8.1,
  },
}
