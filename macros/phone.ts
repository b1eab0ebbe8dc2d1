import { macro, type Sql, type SqlPart, sql, when } from 'throughline'
import type { PhoneCountry } from './phone-countries'
import { lowered, replacedPattern } from './text'

/**
 * A phone number as ITU-T E.164 writes it, `+` and 8 to 15 digits; NULL where the text is none, and for NULL.
 *
 * What is between the digits goes; letters, `#`, `;` and `,` end the number (`ext. 12`, `x12`), `tel:` and `whatsapp:` before it aside.
 * A number that begins with `+` or `00` is international: `(0)` in it goes. Any other is one of the country with this calling code, whose trunk
 * prefix goes if it is there. If it is not, and the number begins with the calling code and nine digits or more follow, it is an
 * international number that has lost its `+`, as in a spreadsheet. Without a calling code ('') it is no number at all.
 * Calling code and trunk prefix are strings of TypeScript (see phone-countries.ts).
 */
export const phoneE164 = macro({
  takes: ['text', 'text', 'text'],
  gives: 'text',
  literals: [1, 2],
  examples: [
    { given: ['+49 151 2345678', '', ''], gives: '+491512345678' },
    { given: ['+49 151 2345678', '1', '1'], gives: '+491512345678' },
    { given: ['00491512345678', '', ''], gives: '+491512345678' },
    { given: ['+49 (0)151 2345678', '', ''], gives: '+491512345678' },
    { given: ['(+49) 151/2345678', '', ''], gives: '+491512345678' },
    { given: ['+00491512345678', '', ''], gives: '+491512345678' },
    { given: ['0151/234 56-78', '49', '0'], gives: '+491512345678' },
    { given: ['(0)151 2345678', '49', '0'], gives: '+491512345678' },
    { given: ['(0151) 2345678', '49', '0'], gives: '+491512345678' },
    { given: ['1512345678', '49', '0'], gives: '+491512345678' },
    { given: ['491512345678', '49', '0'], gives: '+491512345678' },
    // Emden's area code is 4921: too few digits follow 49 for a number from abroad.
    { given: ['4921123456', '49', '0'], gives: '+494921123456' },
    { given: ['0151/234 56-78', '', ''], gives: null },
    { given: ['15555555555', '', ''], gives: null },
    { given: ['15555555555', '1', '1'], gives: '+15555555555' },
    { given: ['(555) 555-5555', '1', '1'], gives: '+15555555555' },
    { given: ['06 12 34 56 78', '33', '0'], gives: '+33612345678' },
    { given: ['06 20 123 4567', '36', '06'], gives: '+36201234567' },
    { given: ['06 1234 5678', '39', ''], gives: '+390612345678' },
    { given: ['612 345 678', '34', ''], gives: '+34612345678' },
    { given: ['34612345678', '34', ''], gives: '+34612345678' },
    { given: ['tel:+49-151-2345678', '', ''], gives: '+491512345678' },
    { given: ['WhatsApp:+14155238886', '', ''], gives: '+14155238886' },
    { given: ['+49 30 123456 ext. 12', '', ''], gives: '+4930123456' },
    { given: ['+493012345;ext=12', '', ''], gives: '+493012345' },
    { given: ['1-800-FLOWERS', '1', '1'], gives: null },
    { given: ['+49\u00a0151\u00a02345678', '', ''], gives: '+491512345678' },
    // Eight digits and fifteen are the bounds.
    { given: ['+1234567', '', ''], gives: null },
    { given: ['+12345678', '', ''], gives: '+12345678' },
    { given: ['+123456789012345', '', ''], gives: '+123456789012345' },
    { given: ['+1234567890123456', '', ''], gives: null },
    // No calling code begins with 0.
    { given: ['+0151 2345678', '49', '0'], gives: null },
    { given: ['anonymous', '49', '0'], gives: null },
    { given: ['', '49', '0'], gives: null },
    { given: [null, '49', '0'], gives: null },
  ],
  as: (text, callingCode, trunkPrefix) => {
    const country = countryOf(callingCode, trunkPrefix)
    const dialled = dialling.reduce<SqlPart>((rest, [pattern, by]) => replacedPattern(rest, pattern, by), lowered(text))
    return sql`('+' || nullif(${replacedPattern(fullNumber(dialled, country), notE164, '')}, ''))`
  },
})

/** What `phoneE164` makes of a text of the config. */
export function phoneNumber(text: string, country: PhoneCountry | undefined): string | undefined {
  const number = fullNumberOf(dialledOf(text, dialling), country).replace(new RegExp(notE164), '')
  return number === '' ? undefined : `+${number}`
}

/** A pattern of phone numbers, `*` for any digits, written as the numbers themselves are: `0151 *` is `+49151*` in Germany. */
export function phonePattern(pattern: string, country: PhoneCountry | undefined): string {
  const steps = dialling.map(([from, to]) => [from === '[^0-9]' ? '[^0-9*]' : from, to] as const)
  const dialled = dialledOf(pattern, steps)
  const number = dialled.startsWith('*') ? dialled : fullNumberOf(dialled, country)
  return number.startsWith('*') ? number : `+${number}`
}

/** What makes of a text the digits that are dialled, `00` before an international number: patterns, and what stands for each match. */
const dialling: readonly (readonly [string, string])[] = [
  ['^[ ]*(tel|whatsapp):', ''],
  ['[a-z#;,].*', ''],
  ['[(]0[)]', ''],
  ['^[^0-9+]*[+]', '00'],
  ['[^0-9]', ''],
  ['^0000', '00'],
]

const notE164 = '^(0.*|.{1,7}|.{16,})$'

function fullNumber(dialled: SqlPart, country: PhoneCountry | undefined): Sql {
  if (country === undefined) return sql`case when ${dialled} like '00%' then substr(${dialled}, 3) else '' end`
  const { callingCode, trunkPrefix } = country
  const trunk = sql`when ${dialled} like ${`${trunkPrefix}%`} then ${callingCode} || substr(${dialled}, ${trunkPrefix.length + 1})`
  return sql`
    case
      when ${dialled} like '00%' then substr(${dialled}, 3)
      ${when(trunkPrefix !== '', trunk)}
      when ${dialled} like ${`${callingCode}_________%`} then ${dialled}
      when ${dialled} <> '' then ${callingCode} || ${dialled}
      else ''
    end
  `
}

function fullNumberOf(dialled: string, country: PhoneCountry | undefined): string {
  if (dialled.startsWith('00')) return dialled.slice(2)
  if (country === undefined || dialled === '') return ''
  const { callingCode, trunkPrefix } = country
  if (trunkPrefix !== '' && dialled.startsWith(trunkPrefix)) return callingCode + dialled.slice(trunkPrefix.length)
  const isFromAbroad = dialled.startsWith(callingCode) && dialled.length >= callingCode.length + 9
  return isFromAbroad ? dialled : callingCode + dialled
}

const dialledOf = (text: string, steps: typeof dialling): string =>
  steps.reduce((rest, [pattern, by]) => rest.replaceAll(new RegExp(pattern, 'g'), by), text.toLowerCase())

function countryOf(callingCode: SqlPart, trunkPrefix: SqlPart): PhoneCountry | undefined {
  if (typeof callingCode !== 'string' || typeof trunkPrefix !== 'string')
    throw new Error("phoneE164 takes calling code and trunk prefix as strings of TypeScript: '49', '0', or '', ''")
  return callingCode === '' ? undefined : { callingCode, trunkPrefix }
}
