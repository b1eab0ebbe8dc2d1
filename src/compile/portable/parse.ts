import { init, Parser, ParserError } from '@guanmingchiu/sqlparser-ts'
import { Lines, type Position } from './lines.ts'

export type ParserDialect = 'duckdb' | 'bigquery' | 'snowflake' | 'generic'

export interface SqlSyntaxError extends Position {
  readonly message: string
  /** Where it is in the text, in UTF-16 units. */
  readonly offset: number
}

export type Parsed =
  | { readonly kind: 'parsed'; readonly statements: readonly unknown[] }
  | { readonly kind: 'syntax-error'; readonly error: SqlSyntaxError }

/** Loads the parser, once; everything else in this folder needs it and is synchronous. */
export function readyParser(): Promise<void> {
  return init()
}

/** The parse tree of each statement, or where the text stops being SQL of the dialect. Throws where the parser is not ready. */
export function parseSql(text: string, dialect: ParserDialect): Parsed {
  try {
    return { kind: 'parsed', statements: Parser.parse(text, dialect) }
  } catch (error) {
    return { kind: 'syntax-error', error: syntaxErrorOf(error, text) }
  }
}

/** Where DuckDB's grammar fails, another engine's may read the text, and then what to write instead can be said. */
const others: readonly ParserDialect[] = ['generic', 'bigquery', 'snowflake']

/** The tree by DuckDB's grammar, or else by the first other that reads the text; `error` is DuckDB's. No grammar: no statements. */
export function parseInAnyDialect(text: string): {
  readonly statements: readonly unknown[]
  readonly error: SqlSyntaxError | undefined
} {
  const parsed = parseSql(text, 'duckdb')
  if (parsed.kind === 'parsed') return { statements: parsed.statements, error: undefined }
  for (const dialect of others) {
    const again = parseSql(text, dialect)
    if (again.kind === 'parsed') return { statements: again.statements, error: parsed.error }
  }
  return { statements: [], error: parsed.error }
}

/** As `parseSql` without making the tree, which is most of the time it takes. */
export function syntaxErrorIn(text: string, dialect: ParserDialect): SqlSyntaxError | undefined {
  try {
    Parser.validate(text, dialect)
    return undefined
  } catch (error) {
    return syntaxErrorOf(error, text)
  }
}

const said = /^sql parser error: (.*?)(?: at Line: (\d+), Column: (\d+))?$/s

function syntaxErrorOf(error: unknown, text: string): SqlSyntaxError {
  if (!(error instanceof ParserError)) throw error
  const [, message = error.message, line, column] = said.exec(error.message) ?? []
  const lines = new Lines(text)
  // An unexpected end of the text comes without a position.
  const offset =
    line === undefined ? text.trimEnd().length : lines.offsetOf({ line: Number(line), column: Number(column) })
  return { message: plain(message), offset, ...lines.positionAt(offset) }
}

/** The parser's words as the end of a sentence; it calls the end of the text EOF. */
function plain(message: string): string {
  return message.replace(/^Expected: (.*), found: (.*)$/s, (_, expected: string, found: string) => {
    return `expected ${expected}, found ${found === 'EOF' ? 'the end of the text' : found}`
  })
}
