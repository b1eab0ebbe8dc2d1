import { countColumn, type Result, statementTypes, textColumn } from './results.ts'

type Told = string | number | boolean | null

/** A row that a test says itself: `{ name: 'WH', state: 'SUSPENDED' }`. */
export type ToldRow = Readonly<Record<string, Told>>

interface Answer {
  readonly sql: RegExp
  readonly rows: (sql: string) => readonly ToldRow[]
}

/** Each build sends these, fakesnow lacks them, and nothing hangs on what they do: descriptions of several columns, which fakesnow would not keep. */
const ofEachBuild: readonly Answer[] = [
  { sql: /^alter table \S+ alter column \w+ comment '.*', column \w+ comment '/s, rows: () => [] },
]

/** Answers to statements that fakesnow lacks, which a test gives in the service's place: they prove what we do with an answer, never the statement. */
export class ToldAnswers {
  private answers: readonly Answer[] = ofEachBuild

  /** The answer from here on to statements of the pattern. A later one goes before an earlier one. */
  tell(sql: RegExp, rows: readonly ToldRow[] | ((sql: string) => readonly ToldRow[])): void {
    this.answers = [{ sql, rows: typeof rows === 'function' ? rows : () => rows }, ...this.answers]
  }

  /** From here on fakesnow alone answers. */
  forget(): void {
    this.answers = []
  }

  /** What was told for the statement, if anything was. */
  of(sql: string): Result | undefined {
    const told = this.answers.find(answer => answer.sql.test(sql))
    if (told === undefined) return undefined
    const rows = told.rows(sql)
    const columns = Object.keys(rows[0] ?? { status: '' }).map(name => {
      const first = rows.map(row => row[name]).find(value => value !== null)
      if (typeof first === 'number') return countColumn(name)
      return typeof first === 'boolean' ? { ...textColumn(name), type: 'boolean' } : textColumn(name)
    })
    const cells = rows.map(row => columns.map(({ name }) => cell(row[name] ?? null)))
    return { columns, rows: cells, statementTypeId: statementTypes.select }
  }
}

function cell(value: Told): string | null {
  if (value === null) return null
  if (typeof value === 'boolean') return value ? '1' : '0'
  return String(value)
}
