import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { duration, identifierName, rate, size, timezone } from '../../src/config/values.ts'

const messageOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues[0]?.message

describe('durations', () => {
  it.each([
    ['45 seconds', 45],
    ['30 minutes', 1800],
    ['1 hour', 3600],
    ['7 days', 604_800],
    ['2 weeks', 1_209_600],
  ])('%s are %d seconds', (text, seconds) => {
    expect(duration().parse(text)).toBe(seconds)
  })

  it.each(['30 min', '7d', '0 days', '1.5 hours', '-1 days', '7  days', ' 7 days', 30, null, {}])(
    'refuse %j, with examples',
    wrong => {
      expect(messageOf(duration(), wrong)).toMatch(
        /is not a duration, like 30 minutes, 7 days, 1 hour, 45 seconds or 2 weeks$/,
      )
    },
  )

  it('say why a month is none', () => {
    expect(messageOf(duration(), '1 month')).toBe(
      '"1 month" is not a duration, like 30 minutes, 7 days, 1 hour, 45 seconds or 2 weeks (months and years have no fixed length: count in days)',
    )
  })
})

describe('sizes', () => {
  it.each([
    ['500 B', 500],
    ['4 GB', 4_000_000_000],
    ['1.5 TB', 1_500_000_000_000],
    ['512 MiB', 536_870_912],
  ])('%s are %d bytes', (text, bytes) => {
    expect(size().parse(text)).toBe(bytes)
  })

  it.each(['4GB', '4 gb', '0 GB', '4 Gb', '4', 4, true])('refuse %j, with examples', wrong => {
    expect(messageOf(size(), wrong)).toBe(`${JSON.stringify(wrong)} is not a size, like 4 GB, 500 MB or 1.5 TB`)
  })
})

describe('rates', () => {
  it.each([
    [0.12, 0.12],
    [0, 0],
    [1, 1],
    ['20 %', 0.2],
    ['12.3%', 0.123],
    ['100 %', 1],
  ])('%j is %d', (written, share) => {
    expect(rate().parse(written)).toBe(share)
  })

  it.each([-0.1, '101 %', '0.12', 'x', true, null])('refuse %j, with examples', wrong => {
    expect(messageOf(rate(), wrong)).toMatch(/ is not a rate from 0 to 1 like 0\.12, or from 0 % to 100 % like 20 %$/)
  })

  it('ask whether a number above 1 was meant in percent', () => {
    expect(messageOf(rate(), 12)).toBe(
      '12 is not a rate from 0 to 1 like 0.12, or from 0 % to 100 % like 20 %; did you mean 12 %?',
    )
  })
})

describe('time zones', () => {
  it.each(['Europe/Berlin', 'UTC', 'Etc/UTC', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'US/Pacific'])(
    'are names of the IANA database: %s',
    name => {
      expect(timezone().parse(name)).toBe(name)
    },
  )

  it.each([
    ['Europe/Berln', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['EUROPE/BERLIN', 'Europe/Berlin'],
    ['Berlin', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['utc', 'UTC'],
  ])('%s is refused for %s', (wrong, right) => {
    expect(messageOf(timezone(), wrong)).toBe(
      `"${wrong}" is not a time zone, named like Europe/Berlin, America/New_York or UTC; did you mean ${right}?`,
    )
  })

  it('are neither offsets nor anything else', () => {
    expect(messageOf(timezone(), '+01:00')).toBe(
      '"+01:00" is not a time zone, named like Europe/Berlin, America/New_York or UTC',
    )
    expect(messageOf(timezone(), 1)).toBe('1 is not a time zone, named like Europe/Berlin, America/New_York or UTC')
  })
})

describe('names', () => {
  it('are what SQL takes unquoted', () => {
    expect(identifierName().parse('last_non_direct2')).toBe('last_non_direct2')
  })

  it.each(['Last', '2nd', 'a-b', '_a', '', 'a\n'])('refuse %j, with an example', wrong => {
    expect(messageOf(identifierName(), wrong)).toBe(
      `${JSON.stringify(wrong)} is not a name of lower-case letters, digits and _, a letter first, like last_click`,
    )
  })
})
