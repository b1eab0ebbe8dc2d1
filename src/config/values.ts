import { z } from 'zod'
import { nearest } from '../problems/nearest.ts'

const unitSeconds = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 } as const

const durationPattern = /^[1-9][0-9]{0,8} (second|minute|hour|day|week)s?$/

/**
 * A length of time: `45 seconds`, `30 minutes`, `1 hour`, `7 days`, `2 weeks`. Parsed to a whole number of seconds, at least 1.
 * A default is written as text too: `duration().prefault('30 minutes')`.
 */
export function duration() {
  return patterned(durationPattern, 'a duration, like 30 minutes, 7 days, 1 hour, 45 seconds or 2 weeks', wrong =>
    /month|year|quarter/i.test(wrong) ? ' (months and years have no fixed length: count in days)' : '',
  )
    .meta({ examples: ['30 minutes', '7 days', '1 hour'] })
    .transform(text => {
      const [count, unit] = text.split(' ')
      return Number(count) * unitSeconds[unit!.replace(/s$/, '') as keyof typeof unitSeconds]
    })
}

const unitBytes = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
} as const

const sizePattern = /^(?=.*[1-9])[0-9]{1,6}(\.[0-9]{1,3})? (B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/

/**
 * An amount of data: `4 GB`, `1.5 TB`, `512 MiB`. Parsed to bytes, rounded down; KB to TB count in thousands, KiB to TiB in 1024s.
 * A default is written as text too: `size().prefault('4 GB')`.
 */
export function size() {
  return patterned(sizePattern, 'a size, like 4 GB, 500 MB or 1.5 TB')
    .meta({ examples: ['4 GB', '500 MB'] })
    .transform(text => {
      const [count, unit] = text.split(' ')
      return Math.floor(Number(count) * unitBytes[unit as keyof typeof unitBytes])
    })
}

const ratePattern = /^[0-9]{1,3}(\.[0-9]{1,9})? ?%$/

/** A share of a whole: `0.12` or `12 %`. Parsed to a number from 0 to 1. A default is a number: `rate().default(0.12)`. */
export function rate() {
  const expected = 'a rate from 0 to 1 like 0.12, or from 0 % to 100 % like 20 %'
  const error = telling(expected, wrong => {
    const count = Number(wrong)
    return count > 1 && count <= 100 ? `; did you mean ${count} %?` : ''
  })
  const share = z.number({ error }).min(0, { error }).max(1, { error })
  const percent = z.string({ error }).regex(ratePattern, { error })
  return z
    .union([share, percent], { error })
    .meta({ examples: [0.12, '20 %'] })
    .transform((value, context) => {
      // Shifting the decimal point in the text is exact, where dividing by 100 is not.
      const parsed = typeof value === 'number' ? value : Number(`${value.replace(/ ?%$/, '')}e-2`)
      if (parsed <= 1) return parsed
      context.addIssue({ code: 'custom', message: `${JSON.stringify(value)} is not ${expected}` })
      return z.NEVER
    })
}

/** A time zone by its IANA name, `Europe/Berlin` or `UTC`, spelled as the IANA database does. */
export function timezone() {
  const expected = 'a time zone, named like Europe/Berlin, America/New_York or UTC'
  return z
    .string({ error: telling(expected) })
    .refine(isTimezone, {
      error: telling(expected, wrong => {
        const near = nearestTimezone(wrong)
        return near === undefined ? '' : `; did you mean ${near}?`
      }),
    })
    .meta({ examples: ['Europe/Berlin', 'America/New_York', 'UTC'] })
}

/** A name that can stand in SQL as it is: `checkout`, `last_non_direct`. Lower-case letters, digits and `_`, a letter first. */
export function identifierName() {
  return patterned(/^[a-z][a-z0-9_]*$/, 'a name of lower-case letters, digits and _, a letter first, like last_click')
}

/** A string of `pattern`, so that editors learn the pattern; everything else is told what was expected. */
function patterned(pattern: RegExp, expected: string, advice?: (wrong: string) => string) {
  const error = telling(expected, advice)
  return z.string({ error }).regex(pattern, { error })
}

/** The message for a wrong or missing value, without its key, which only whoever reads the whole knows. */
function telling(expected: string, advice: (wrong: string) => string = () => '') {
  return (issue: { readonly input?: unknown }): string => {
    const { input } = issue
    if (input === undefined) return `missing: write ${expected}`
    const shown = input === null ? 'an empty value' : typeof input === 'object' ? 'this' : JSON.stringify(input)
    return `${shown} is not ${expected}${advice(String(input))}`
  }
}

function isTimezone(name: string): boolean {
  // Offsets ('+01:00') and other cases ('europe/berlin') pass Intl in some releases but name nothing in a warehouse.
  if (!/^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/.test(name)) return false
  const known = resolvedTimezone(name)
  return known !== undefined && (known === name || known.toLowerCase() !== name.toLowerCase())
}

function resolvedTimezone(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/** By edit distance; else the zone of that city, since `Berlin` is far from `Europe/Berlin` by distance. */
function nearestTimezone(wrong: string): string | undefined {
  const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC']
  const city = `/${wrong.trim().replaceAll(' ', '_').toLowerCase()}`
  return zones.find(zone => zone.toLowerCase().endsWith(city)) ?? nearest(wrong, zones)
}
