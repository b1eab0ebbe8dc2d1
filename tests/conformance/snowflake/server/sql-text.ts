/** Literals, quoted names and comments, whose characters mean nothing to those who look for `;` and `?`. */
const apart = /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"]|"")*"|\$\$[\s\S]*?\$\$|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//g

interface Piece {
  readonly text: string
  readonly isCode: boolean
}

/** The text in pieces, of which one after the other is code and not code. */
export function piecesOf(sql: string): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const { 0: text, index } of sql.matchAll(apart)) {
    pieces.push({ text: sql.slice(end, index), isCode: true }, { text, isCode: false })
    end = index + text.length
  }
  pieces.push({ text: sql.slice(end), isCode: true })
  return pieces
}

/** The code alone, all else blank: a place in it is the same place in the text. */
export function codeOf(sql: string): string {
  return piecesOf(sql)
    .map(({ text, isCode }) => (isCode ? text : text.replace(/[^\n]/g, ' ')))
    .join('')
}

/** Statements apart from each other, without their semicolons. */
export function splitStatements(sql: string): readonly string[] {
  const code = codeOf(sql)
  const statements: string[] = []
  let start = 0
  for (let end = 0; end <= code.length; end += 1) {
    if (end < code.length && code[end] !== ';') continue
    if (code.slice(start, end).trim() !== '') statements.push(sql.slice(start, end).trim())
    start = end + 1
  }
  return statements
}

/** `SELECT`, `INSERT` … as the statement starts, comments and brackets aside. */
export function firstWord(sql: string): string {
  return /[a-z]+/i.exec(codeOf(sql))?.[0].toUpperCase() ?? ''
}

/** Puts a text in place of every `?` and `:1` that is code. Numbers count from 1. */
export function replaceBinds(sql: string, textOf: (number: number) => string): string {
  let number = 0
  const place = (text: string): string =>
    text.replace(/\?|(?<![:\w\])]):(\d+)\b/g, (_, named?: string) =>
      textOf(named === undefined ? ++number : Number(named)),
    )
  return piecesOf(sql)
    .map(({ text, isCode }) => (isCode ? place(text) : text))
    .join('')
}

/** A literal of the text, as Snowflake reads backslashes. */
export const literalOf = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
