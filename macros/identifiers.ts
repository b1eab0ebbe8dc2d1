import { join, macro, type Sql, sql, values } from 'throughline'
import { globPattern } from './channels'
import { orderNumber } from './orders'
import { phoneE164, phoneNumber, phonePattern } from './phone'
import { type PhoneCountry, type PhoneCountryCode, phoneCountries } from './phone-countries'
import { lowered, matchesPattern, replacedPattern, trimmed } from './text'

/** An identifier as the config names it: `{ user_id: A }`. */
export interface NamedIdentifier {
  readonly kind: string
  readonly value: string
}

/** What identifiers are normalised and blocked by: parts of `identity`. */
export interface IdentifierRules {
  readonly phone_country?: PhoneCountryCode | undefined
  readonly placeholders: readonly string[]
  readonly blocked: Readonly<Record<string, readonly string[]>>
}

/** Why an identifier identifies nobody. */
export const blockedReasons = [
  'placeholder value',
  'blocked value',
  'not an e-mail address',
  'not a phone number',
] as const

/**
 * The one way in which a value of an identifier is written: without white space around it, e-mail addresses in lower case, phone numbers as
 * E.164 has them; a text that is no phone number stays as it is; numbers of orders without the # before them and in capital letters. NULL for NULL, and for an
 * order without a number.
 */
export function normalisedValue(kind: Sql, value: Sql, { phone_country }: IdentifierRules): Sql {
  const { callingCode, trunkPrefix } = countryOf(phone_country) ?? { callingCode: '', trunkPrefix: '' }
  return sql`
    case ${kind}
      when 'email' then ${lowered(trimmed(value))}
      when 'phone' then coalesce(${phoneE164(trimmed(value), callingCode, trunkPrefix)}, ${trimmed(value)})
      when 'order_id' then ${orderNumber(value)}
      else ${trimmed(value)}
    end
  `
}

const systemBefore = '^[a-z][a-z0-9_]*:'

/**
 * What a system itself calls somebody: a value without the name of the system and the colon that stand before it, as in ga4:1.2. A value without
 * them stays as it is. NULL for NULL.
 */
export const withoutSystem = macro({
  takes: ['text'],
  gives: 'text',
  examples: [
    { given: ['ga4:1.2'], gives: '1.2' },
    { given: ['hubspot: 17 '], gives: '17' },
    { given: ['google_ads:null'], gives: 'null' },
    { given: ['ga4:'], gives: '' },
    { given: ['till:4:17'], gives: '4:17' },
    { given: ['1.2'], gives: '1.2' },
    { given: ['12:30'], gives: '12:30' },
    { given: [':17'], gives: ':17' },
    { given: ['GA4:1.2'], gives: 'GA4:1.2' },
    { given: ['ga4 id:1'], gives: 'ga4 id:1' },
    { given: [''], gives: '' },
    { given: [null], gives: null },
  ],
  as: value => sql`${trimmed(replacedPattern(value, systemBefore, ''))}`,
})

/** Why a normalised value identifies nobody, one of `blockedReasons`; NULL where it may. A placeholder is one behind the name of a system, too. */
export function blockedReason(kind: Sql, value: Sql, rules: IdentifierRules): Sql {
  const blocked = Object.entries(rules.blocked).filter(([, patterns]) => patterns.length > 0)
  return sql`
    case
      when ${withoutSystem(lowered(value))} in ('', ${values(rules.placeholders)}) then 'placeholder value'
      ${join(
        blocked.map(([blockedKind, patterns]) => blockedValues(kind, value, blockedKind, patterns, rules)),
        '\n',
      )}
      when ${kind} = 'email' and not ${matchesPattern(value, emailPattern)} then 'not an e-mail address'
      when ${kind} = 'phone' and not ${matchesPattern(value, phonePatternOfE164)} then 'not a phone number'
    end
  `
}

/** By which rule of the config a normalised value is blocked, in words; NULL where none blocks it. Of several the first. */
export function blockedRule(kind: Sql, value: Sql, rules: IdentifierRules): Sql {
  const own = withoutSystem(lowered(value))
  const byPattern = Object.entries(rules.blocked).flatMap(([blockedKind, patterns]) =>
    patterns.map(written => {
      const isBlocked = isBlockedBy(value, blockedKind, written, rules)
      return sql`when ${kind} = ${blockedKind} and ${isBlocked} then ${`identity.blocked.${blockedKind} has ${written}`}`
    }),
  )
  return sql`
    case
      when ${own} = '' then 'nothing stands behind the name of the system'
      when ${own} in (${values(rules.placeholders)}) then ${own} || ' is among identity.placeholders'
      ${join(byPattern, '\n')}
    end
  `
}

/** What `normalisedValue` makes of an identifier of the config. */
export function normalised({ kind, value }: NamedIdentifier, { phone_country }: IdentifierRules): NamedIdentifier {
  const text = clean(value)
  if (kind === 'email') return { kind, value: text.toLowerCase() }
  if (kind === 'phone') return { kind, value: phoneNumber(text, countryOf(phone_country)) ?? text }
  if (kind === 'order_id') return { kind, value: text.replace(/^#[ \t\n\r]*/, '').toUpperCase() }
  return { kind, value: text }
}

/** What `blockedReason` says of a normalised identifier of the config. */
export function whyBlocked({ kind, value }: NamedIdentifier, rules: IdentifierRules): string | undefined {
  const text = value.toLowerCase()
  const own = clean(text.replace(new RegExp(systemBefore), ''))
  if (own === '' || rules.placeholders.includes(own)) return 'placeholder value'
  const isBlocked = (rules.blocked[kind] ?? []).some(written => {
    const pattern = normalisedPattern(kind, written, rules)
    return pattern.includes('*') ? new RegExp(globPattern(pattern)).test(text) : pattern === text
  })
  if (isBlocked) return 'blocked value'
  if (kind === 'email' && !new RegExp(emailPattern).test(value)) return 'not an e-mail address'
  if (kind === 'phone' && !new RegExp(phonePatternOfE164).test(value)) return 'not a phone number'
  return undefined
}

/** What `trimmed` makes of a text of the config. */
const clean = (text: string): string => text.replaceAll(/^[ \t\n\r]+|[ \t\n\r]+$/g, '')

const emailPattern = '^[^@]+@[^@]+$'
const phonePatternOfE164 = '^[+][1-9][0-9]{7,14}$'

function blockedValues(
  kind: Sql,
  value: Sql,
  blockedKind: string,
  patterns: readonly string[],
  rules: IdentifierRules,
): Sql {
  const conditions = patterns.map(written => isBlockedBy(value, blockedKind, written, rules))
  return sql`when ${kind} = ${blockedKind} and (${join(conditions, ' or ')}) then 'blocked value'`
}

function isBlockedBy(value: Sql, kind: string, written: string, rules: IdentifierRules): Sql {
  const pattern = normalisedPattern(kind, written, rules)
  return pattern.includes('*')
    ? sql`${matchesPattern(lowered(value), globPattern(pattern))}`
    : sql`${lowered(value)} = ${pattern}`
}

/** In lower case, and a phone number as the numbers are that it is compared with. */
function normalisedPattern(kind: string, pattern: string, rules: IdentifierRules): string {
  if (kind === 'phone' && pattern.includes('*')) return phonePattern(pattern, countryOf(rules.phone_country))
  return normalised({ kind, value: pattern }, rules).value.toLowerCase()
}

const countryOf = (code: PhoneCountryCode | undefined): PhoneCountry | undefined =>
  code === undefined ? undefined : phoneCountries[code]
