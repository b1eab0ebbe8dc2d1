import { describe, expect, test } from 'vitest'
import { patternProblem } from '../../macros/pattern.ts'
import { matchesPattern } from '../../macros/text.ts'
import { identifier } from '../../src/authoring/sql.ts'

describe('a pattern that means the same on every engine may be used', () => {
  test.each([
    '^/shop/[0-9]+$',
    '^(.*cp.*|ppc|retargeting|paid.*)$',
    '(^|[.])google[.]',
    '\\d{2,4}\\s\\w+\\b',
    '[?]id=[^&]+',
    'a\\?b',
    '[*?+]x',
    '[^\\]\\[a]+',
    "it's|🙂",
  ])('%s', pattern => {
    expect(patternProblem(pattern)).toBeUndefined()
  })
})

describe('a pattern that some engine reads otherwise is refused with the reason', () => {
  test.each([
    ['', 'is empty'],
    ['.*', 'matches the empty text'],
    ['^(cpc)?', 'matches the empty text'],
    ['(?i)google', 'a group that begins with (?'],
    ['(?:a|b)c', 'a group that begins with (?'],
    ['a(?=b)', 'a group that begins with (?'],
    ['a.*?b', 'lazy or possessive'],
    ['a++', 'lazy or possessive'],
    ['a{2}?b', 'lazy or possessive'],
    ['(a)\\1', 'uses \\1'],
    ['\\p{L}+', 'uses \\p'],
    ['a\\n', 'uses \\n'],
    ['a\nb', 'line break'],
    ['a\\', 'lone backslash'],
    ['[^][a]', 'a bracket within a class'],
    ['[]a]', 'a bracket within a class'],
    ['[a[b]', 'a bracket within a class'],
    ['(a', 'is not a regular expression'],
    ['[a', 'is not a regular expression'],
  ])('%j: %s', (pattern, reason) => {
    expect(patternProblem(pattern)).toContain(reason)
  })
})

test('a macro call with such a pattern fails with the pattern and the reason', () => {
  const call = matchesPattern(identifier('page_path'), 'a.*?b')
  expect(() => call.macro.as(...call.parts)).toThrow(
    "matchesPattern: the pattern 'a.*?b' uses a lazy or possessive repetition",
  )
})

test('a pattern that is a column fails, since nobody can check it before it runs', () => {
  const call = matchesPattern(identifier('page_path'), identifier('pattern'))
  expect(() => call.macro.as(...call.parts)).toThrow('takes its pattern as a string of TypeScript')
})
