/** How the numbers of a country are dialled: its calling code, and what its own callers dial before a number ('' where nothing). */
export interface PhoneCountry {
  readonly callingCode: string
  readonly trunkPrefix: string
}

/**
 * Countries by their ISO 3166-1 code. Calling codes: ITU-T, List of Recommendation E.164 assigned country codes; trunk prefixes: ITU-T,
 * Dialling procedures (international prefix, national (trunk) prefix and national (significant) number), both annexes to the ITU Operational
 * Bulletin. Where numbers are dialled in full, zero and all, as in Italy, there is no trunk prefix.
 */
export const phoneCountries = {
  AE: { callingCode: '971', trunkPrefix: '0' },
  AR: { callingCode: '54', trunkPrefix: '0' },
  AT: { callingCode: '43', trunkPrefix: '0' },
  AU: { callingCode: '61', trunkPrefix: '0' },
  BE: { callingCode: '32', trunkPrefix: '0' },
  BG: { callingCode: '359', trunkPrefix: '0' },
  BR: { callingCode: '55', trunkPrefix: '0' },
  CA: { callingCode: '1', trunkPrefix: '1' },
  CH: { callingCode: '41', trunkPrefix: '0' },
  CL: { callingCode: '56', trunkPrefix: '' },
  CN: { callingCode: '86', trunkPrefix: '0' },
  CZ: { callingCode: '420', trunkPrefix: '' },
  DE: { callingCode: '49', trunkPrefix: '0' },
  DK: { callingCode: '45', trunkPrefix: '' },
  EE: { callingCode: '372', trunkPrefix: '' },
  ES: { callingCode: '34', trunkPrefix: '' },
  FI: { callingCode: '358', trunkPrefix: '0' },
  FR: { callingCode: '33', trunkPrefix: '0' },
  GB: { callingCode: '44', trunkPrefix: '0' },
  GR: { callingCode: '30', trunkPrefix: '' },
  HK: { callingCode: '852', trunkPrefix: '' },
  HR: { callingCode: '385', trunkPrefix: '0' },
  HU: { callingCode: '36', trunkPrefix: '06' },
  IE: { callingCode: '353', trunkPrefix: '0' },
  IL: { callingCode: '972', trunkPrefix: '0' },
  IN: { callingCode: '91', trunkPrefix: '0' },
  IS: { callingCode: '354', trunkPrefix: '' },
  IT: { callingCode: '39', trunkPrefix: '' },
  JP: { callingCode: '81', trunkPrefix: '0' },
  KR: { callingCode: '82', trunkPrefix: '0' },
  LU: { callingCode: '352', trunkPrefix: '' },
  LV: { callingCode: '371', trunkPrefix: '' },
  MX: { callingCode: '52', trunkPrefix: '' },
  NL: { callingCode: '31', trunkPrefix: '0' },
  NO: { callingCode: '47', trunkPrefix: '' },
  NZ: { callingCode: '64', trunkPrefix: '0' },
  PL: { callingCode: '48', trunkPrefix: '' },
  PT: { callingCode: '351', trunkPrefix: '' },
  RO: { callingCode: '40', trunkPrefix: '0' },
  RU: { callingCode: '7', trunkPrefix: '8' },
  SE: { callingCode: '46', trunkPrefix: '0' },
  SG: { callingCode: '65', trunkPrefix: '' },
  SI: { callingCode: '386', trunkPrefix: '0' },
  SK: { callingCode: '421', trunkPrefix: '0' },
  TR: { callingCode: '90', trunkPrefix: '0' },
  UA: { callingCode: '380', trunkPrefix: '0' },
  US: { callingCode: '1', trunkPrefix: '1' },
  ZA: { callingCode: '27', trunkPrefix: '0' },
} as const satisfies Readonly<Record<string, PhoneCountry>>

export type PhoneCountryCode = keyof typeof phoneCountries

export const phoneCountryCodes = Object.keys(phoneCountries) as [PhoneCountryCode, ...PhoneCountryCode[]]
