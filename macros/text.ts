import { macro, type SqlPart, sql } from 'throughline'
import { patternProblem } from './pattern'

/** A text in lower case. Promised for A to Z; letters beyond ASCII follow the engine's own Unicode tables. NULL for NULL. */
export const lowered = macro({
  takes: ['text'],
  gives: 'text',
  examples: [
    { given: ['Sale'], gives: 'sale' },
    { given: ['ÀB 🙂 9_Z'], gives: 'àb 🙂 9_z' },
    { given: [''], gives: '' },
    { given: [null], gives: null },
  ],
  as: text => sql`lower(${text})`,
})

/** A text without the spaces, tabs, newlines and carriage returns at both ends; other white space stays. NULL for NULL. */
export const trimmed = macro({
  takes: ['text'],
  gives: 'text',
  examples: [
    { given: ['  a b '], gives: 'a b' },
    { given: ['\t\r\n a\n'], gives: 'a' },
    { given: ['\u00a0a\u00a0'], gives: '\u00a0a\u00a0' },
    { given: [' \t\r\n '], gives: '' },
    { given: ['rnt'], gives: 'rnt' },
    { given: ['\\n'], gives: '\\n' },
    { given: [''], gives: '' },
    { given: [null], gives: null },
  ],
  as: text => ({
    duckdb: sql`trim(${text}, ' ' || chr(9) || chr(10) || chr(13))`,
    bigquery: sql`trim(${text}, ${' \t\n\r'})`,
    snowflake: sql`trim(${text}, ${' \t\n\r'})`,
  }),
})

/** Whether `part` occurs in a text, letter for letter. The empty text occurs in every text. NULL if either is NULL. */
export const containsText = macro({
  takes: ['text', 'text'],
  gives: 'boolean',
  examples: [
    { given: ['spring sale', 'ng s'], gives: true },
    { given: ['spring sale', 'Sale'], gives: false },
    { given: ['100%', '%'], gives: true },
    { given: ['a_b', 'a.b'], gives: false },
    { given: ["it's", "'"], gives: true },
    { given: ['a\\b', '\\'], gives: true },
    { given: ['a🙂b', '🙂'], gives: true },
    { given: ['a', ''], gives: true },
    { given: ['', 'a'], gives: false },
    { given: [null, 'a'], gives: null },
    { given: ['a', null], gives: null },
  ],
  as: (text, part) => ({
    duckdb: sql`contains(${text}, ${part})`,
    bigquery: sql`(strpos(${text}, ${part}) > 0)`,
    snowflake: sql`contains(${text}, ${part})`,
  }),
})

/** Whether a text begins with `part`, letter for letter. Every text begins with the empty text. NULL if either is NULL. */
export const startsWithText = macro({
  takes: ['text', 'text'],
  gives: 'boolean',
  examples: [
    { given: ['spring sale', 'spring'], gives: true },
    { given: ['spring sale', 'Spring'], gives: false },
    { given: ['spring sale', 'sale'], gives: false },
    { given: ['%off', '%o'], gives: true },
    { given: ['🙂a', '🙂'], gives: true },
    { given: ['a', 'ab'], gives: false },
    { given: ['a', ''], gives: true },
    { given: [null, 'a'], gives: null },
    { given: ['a', null], gives: null },
  ],
  as: (text, part) => ({
    duckdb: sql`starts_with(${text}, ${part})`,
    bigquery: sql`starts_with(${text}, ${part})`,
    snowflake: sql`startswith(${text}, ${part})`,
  }),
})

/** Whether a text ends with `part`, letter for letter. Every text ends with the empty text. NULL if either is NULL. */
export const endsWithText = macro({
  takes: ['text', 'text'],
  gives: 'boolean',
  examples: [
    { given: ['news.google.com', '.google.com'], gives: true },
    { given: ['news.google.com', '.Google.com'], gives: false },
    { given: ['news.google.com', 'news'], gives: false },
    { given: ['a_b', '%b'], gives: false },
    { given: ['a🙂', '🙂'], gives: true },
    { given: ['a', 'ba'], gives: false },
    { given: ['a', ''], gives: true },
    { given: [null, 'a'], gives: null },
    { given: ['a', null], gives: null },
  ],
  as: (text, part) => ({
    duckdb: sql`suffix(${text}, ${part})`,
    bigquery: sql`ends_with(${text}, ${part})`,
    snowflake: sql`endswith(${text}, ${part})`,
  }),
})

/**
 * Whether a part of a text matches a regular expression; anchor it with `^` and `$` to match the whole. Case counts.
 * `pattern` is a string of TypeScript and keeps to what the three engines share (see `patternProblem`): literals, `.`, classes,
 * groups, `|`, `* + ? {n,m}`, `^ $`, `\d \s \w \b`. NULL for NULL.
 */
export const matchesPattern = macro({
  takes: ['text', 'text'],
  gives: 'boolean',
  literals: [1],
  examples: [
    { given: ['summer_sale_2026', '[0-9]{4}'], gives: true },
    { given: ['summer_sale', '[0-9]{4}'], gives: false },
    { given: ['paid-social', '^(.*cp.*|ppc|retargeting|paid.*)$'], gives: true },
    { given: ['unpaid', '^(.*cp.*|ppc|retargeting|paid.*)$'], gives: false },
    { given: ['CPC', 'cpc'], gives: false },
    { given: ['news.google.com', '(^|[.])google[.]'], gives: true },
    { given: ['notgoogle.com', '(^|\\.)google\\.'], gives: false },
    { given: ['a\\b', 'a\\\\b'], gives: true },
    { given: ["it's", "t's$"], gives: true },
    { given: ['🙂', '^.$'], gives: true },
    { given: ['two\nlines', 'o.l'], gives: false },
    { given: ['', 'a'], gives: false },
    { given: [null, 'a'], gives: null },
  ],
  as: (text, pattern) => {
    const checked = literalPattern(pattern)
    return {
      duckdb: sql`regexp_matches(${text}, ${checked})`,
      bigquery: sql`regexp_contains(${text}, ${checked})`,
      snowflake: sql`(regexp_instr(${text}, ${checked}) > 0)`,
    }
  },
})

/**
 * A text in which every part that matches a regular expression has been replaced. `pattern` is one of `matchesPattern`; what stands for
 * each match is a string of TypeScript, without backslashes. NULL for NULL.
 */
export const replacedPattern = macro({
  takes: ['text', 'text', 'text'],
  gives: 'text',
  literals: [1, 2],
  examples: [
    { given: ['(0151) 23-45', '[^0-9]', ''], gives: '01512345' },
    { given: ['a b  c', '[ ]+', '_'], gives: 'a_b_c' },
    { given: ['+49', '^[+]', '00'], gives: '0049' },
    { given: ['49+', '^[+]', '00'], gives: '49+' },
    { given: ['123', '^(.{1,7}|.{16,})$', ''], gives: '' },
    { given: ['12345678', '^(.{1,7}|.{16,})$', ''], gives: '12345678' },
    { given: ["it's 🙂é", '[^a-z]', '_'], gives: 'it_s___' },
    { given: ['ab', 'b', "'"], gives: "a'" },
    { given: ['', 'a', 'b'], gives: '' },
    { given: [null, 'a', 'b'], gives: null },
  ],
  as: (text, pattern, replacement) => {
    const checked = literalPattern(pattern)
    if (typeof replacement !== 'string' || replacement.includes('\\')) {
      throw new Error('replacedPattern takes what stands for a match as a string of TypeScript without backslashes')
    }
    return {
      duckdb: sql`regexp_replace(${text}, ${checked}, ${replacement}, 'g')`,
      bigquery: sql`regexp_replace(${text}, ${checked}, ${replacement})`,
      snowflake: sql`regexp_replace(${text}, ${checked}, ${replacement})`,
    }
  },
})

function literalPattern(pattern: SqlPart): string {
  if (typeof pattern !== 'string') {
    throw new Error(
      "matchesPattern takes its pattern as a string of TypeScript, as in matchesPattern(sql`page_path`, '^/shop')",
    )
  }
  const problem = patternProblem(pattern)
  if (problem !== undefined) throw new Error(`matchesPattern: the pattern '${pattern}' ${problem}`)
  return pattern
}

/** The first `count` characters of a text (1 or more), the whole of it where it has no more. NULL if either is NULL. */
export const firstCharacters = macro({
  takes: ['text', 'integer'],
  gives: 'text',
  examples: [
    { given: ['0af3c9', 3], gives: '0af' },
    { given: ['ab', 3], gives: 'ab' },
    { given: ['é🙂b', 2], gives: 'é🙂' },
    { given: ['', 1], gives: '' },
    { given: [null, 1], gives: null },
    { given: ['a', null], gives: null },
  ],
  as: (text, count) => sql`substr(${text}, 1, ${count})`,
})

/** What stands before the first `separator` (never the empty text); the whole text where it does not occur. NULL if either is NULL. */
export const textBefore = macro({
  takes: ['text', 'text'],
  gives: 'text',
  examples: [
    { given: ['a=b=c', '='], gives: 'a' },
    { given: ['abc', '='], gives: 'abc' },
    { given: ['=b', '='], gives: '' },
    { given: ['a🙂b', '🙂'], gives: 'a' },
    { given: ['a, b', ', '], gives: 'a' },
    { given: ['', '='], gives: '' },
    { given: [null, '='], gives: null },
    { given: ['a', null], gives: null },
  ],
  as: (text, separator) => ({
    duckdb: sql`split_part(${text}, ${separator}, 1)`,
    bigquery: sql`split(${text}, ${separator})[safe_offset(0)]`,
    snowflake: sql`split_part(${text}, ${separator}, 1)`,
  }),
})

/** What stands after the first `separator` (never the empty text). NULL where it does not occur, or if either is NULL. */
export const textAfter = macro({
  takes: ['text', 'text'],
  gives: 'text',
  examples: [
    { given: ['a=b=c', '='], gives: 'b=c' },
    { given: ['abc', '='], gives: null },
    { given: ['a=', '='], gives: '' },
    { given: ['🙂🙂=é', '='], gives: 'é' },
    { given: ['a🙂b', '🙂'], gives: 'b' },
    { given: ['a, b', ', '], gives: 'b' },
    { given: ['', '='], gives: null },
    { given: [null, '='], gives: null },
    { given: ['a', null], gives: null },
  ],
  as: (text, separator) => ({
    duckdb: sql`substr(${text}, nullif(strpos(${text}, ${separator}), 0) + length(${separator}))`,
    bigquery: sql`substr(${text}, nullif(strpos(${text}, ${separator}), 0) + length(${separator}))`,
    snowflake: sql`substr(${text}, nullif(charindex(${separator}, ${text}), 0) + length(${separator}))`,
  }),
})
