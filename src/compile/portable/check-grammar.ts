import { type SqlSyntaxError, syntaxErrorIn } from './parse.ts'

export interface GrammarFinding {
  readonly line: number
  readonly column: number
  readonly message: string
}

export type GrammarEngine = 'duckdb' | 'bigquery' | 'snowflake'

/**
 * Where a rendering is not SQL of its engine, by that engine's grammar; empty or one finding, for a parser stops at the first. A text in
 * which the parser stops at something that it does not know and the engine does is not judged.
 */
export function checkGrammar(text: string, engine: GrammarEngine): readonly GrammarFinding[] {
  const error = syntaxErrorIn(text, engine)
  if (!error || isKnownGap(error, text, engine)) return []
  const { line, column, message } = error
  return [{ line, column, message }]
}

/** SQL that the engine takes and the parser (sqlparser 0.62) does not: what stands where it stops. */
const gaps: Readonly<Record<GrammarEngine, readonly RegExp[]>> = {
  duckdb: [
    // first_value(x ignore nulls)
    /(ignore|respect)\s+nulls\b/iy,
    // with a as not materialized (…)
    /(not\s+)?materialized\b/iy,
    /using\s+sample\b/iy,
    // a asof join b on …; the parser wants Snowflake's match_condition
    /on\b(?<=\basof\s+(left\s+)?join\b[^;]*)/iy,
    // [x * 2 for x in list]
    /for\b(?=\s+\w+\s+in\b)/iy,
    // a ** b
    /\*(?<=\*\*)/y,
  ],
  bigquery: [/<<|>>/y],
  snowflake: [],
}

function isKnownGap({ offset }: SqlSyntaxError, text: string, engine: GrammarEngine): boolean {
  return gaps[engine].some(gap => {
    gap.lastIndex = offset
    return gap.test(text)
  })
}
