/** Why fakesnow gives another value, or none, for examples of macros. */
export interface MacroDifference {
  readonly macros: readonly string[]
  /** Those that differ; undefined: all of them. */
  readonly examples?: readonly number[]
  readonly because: string
}

/** Asked for all the same: where an example no longer differs, its test fails, and the line goes. */
export const macroDifferences: readonly MacroDifference[] = [
  {
    macros: ['parameterText', 'parameterInteger', 'parameterNumber', 'parametersText'],
    because: 'FILTER and TRANSFORM know no VARIANT in their lambdas',
  },
  {
    macros: ['percentDecoded', 'urlParameter'],
    because: 'there is no TRY_HEX_DECODE_STRING',
  },
  {
    macros: ['addDays'],
    examples: [0, 1, 2, 3, 4],
    because: 'DATEADD of a column of dates gives instants',
  },
  {
    macros: ['startOfMondayWeek', 'startOfSundayWeek'],
    examples: [0, 1, 2, 3, 4, 5],
    because: 'DATEADD of a column of dates gives instants',
  },
  { macros: ['eachDay'], examples: [0, 1], because: 'DATEADD of a column of dates gives instants' },
  { macros: ['trimmed'], examples: [1, 2, 3], because: 'TRIM takes the characters that it is given for white space' },
  { macros: ['currencyCode'], examples: [1], because: 'TRIM takes the characters that it is given for white space' },
  { macros: ['orderNumber'], examples: [2], because: 'TRIM takes the characters that it is given for white space' },
  { macros: ['jsonText'], examples: [6, 7], because: 'TYPEOF says JSON of every VARIANT' },
  { macros: ['quotient'], examples: [5], because: 'whole numbers are divided as doubles' },
  { macros: ['earliestText'], examples: [0], because: 'TO_CHAR leaves out microseconds that are zero' },
]

/** Why an example differs; undefined where it must not. */
export function macroDifference(macro: string, example: number): string | undefined {
  return macroDifferences.find(
    ({ macros, examples }) => macros.includes(macro) && (examples?.includes(example) ?? true),
  )?.because
}
