import { describe, expect, test } from 'vitest'
import { phoneE164, phoneNumber, phonePattern } from '../../macros/phone.ts'
import { phoneCountries } from '../../macros/phone-countries.ts'

describe('a number of the config', () => {
  test.each(phoneE164.macro.examples.filter(({ given }) => given[0] !== null))(
    '$given.0 is normalised as one of the data is',
    ({ given, gives }) => {
      const [text, callingCode, trunkPrefix] = given as [string, string, string]
      expect(phoneNumber(text, callingCode === '' ? undefined : { callingCode, trunkPrefix })).toBe(gives ?? undefined)
    },
  )
})

test('a pattern of numbers is written as the numbers are', () => {
  expect(phonePattern('+49 151 *', undefined)).toBe('+49151*')
  expect(phonePattern('0049151*', undefined)).toBe('+49151*')
  expect(phonePattern('0151/*', phoneCountries.DE)).toBe('+49151*')
  expect(phonePattern('*000', phoneCountries.DE)).toBe('*000')
})

test('a country has a calling code of digits, not beginning with 0, and a trunk prefix of digits or none', () => {
  for (const [country, { callingCode, trunkPrefix }] of Object.entries(phoneCountries)) {
    expect(country).toMatch(/^[A-Z]{2}$/)
    expect(callingCode, country).toMatch(/^[1-9][0-9]{0,2}$/)
    expect(trunkPrefix, country).toMatch(/^[0-9]{0,2}$/)
  }
})
