import type { TableName } from '../compile/compiled.ts'
import { sqlColumnsOf } from '../googlesql/catalog.ts'
import { GoogleSqlError } from '../googlesql/errors.ts'
import type { GoogleSql } from '../googlesql/googlesql.ts'
import { columnTypeOf, type SqlField, typeText } from '../googlesql/types.ts'
import { type DescribedColumn, WarehouseError } from '../warehouse/warehouse.ts'
import { type Binder, type DeclaredTable, NotVerified } from './binder.ts'

/** Binds BigQuery's SQL by Google's own analyzer. */
export class AnalyzerBinder implements Binder {
  readonly engine = 'bigquery'
  readonly atATime = 4
  private analyze: ReturnType<GoogleSql['analyzerOf']>
  private described = 0

  constructor(private readonly google: GoogleSql) {
    this.analyze = google.analyzerOf([])
  }

  /** How many statements it was asked of. */
  get statementCount(): number {
    return this.described
  }

  async declare(tables: readonly DeclaredTable[]): Promise<void> {
    this.analyze = this.google.analyzerOf(
      tables.map(({ table, columns }) => ({ path: pathOf(table), columns: sqlColumnsOf(columns) })),
    )
  }

  async describe(sql: string): Promise<readonly DescribedColumn[]> {
    this.described += 1
    try {
      const { columns } = await this.analyze(sql)
      return columns.map(describedColumn)
    } catch (error) {
      if (!(error instanceof GoogleSqlError)) throw error
      throw told(error, sql)
    }
  }
}

function pathOf({ database, schema, name }: TableName): readonly string[] {
  return [...(database === undefined ? [] : [database]), schema, name]
}

function describedColumn({ name, type }: SqlField): DescribedColumn {
  return { name, type: columnTypeOf(type), engineType: typeText(type) }
}

function told(error: GoogleSqlError, sql: string): NotVerified | WarehouseError {
  const { kind, place } = error
  if (kind === 'unsupported' || kind === 'ended') return new NotVerified(error.message, place?.offset, error)
  const { message, unknownName } = withoutGuess(error.message)
  const errorKind = message.startsWith('Syntax error') ? 'syntax' : unknownName === undefined ? 'type' : 'name'
  return new WarehouseError(`BigQuery: ${message}`, {
    sql,
    offset: place?.offset,
    unknownName,
    kind: kind === 'data' ? 'data' : errorKind,
    cause: error,
  })
}

const unknownNames = [
  /^Unrecognized name: ([\w.`]+)/,
  /^Name (\w+) not found inside /,
  /^Function not found: ([\w.`]+)/,
  /^Field name (\w+) does not exist in /,
]

/** What could not be resolved, and the words without Google's guess at it, which knows less than ours. */
function withoutGuess(said: string): { readonly message: string; readonly unknownName: string | undefined } {
  const message = said.replace(/; Did you mean [^?]*\?$/, '')
  const [found] = unknownNames.flatMap(pattern => pattern.exec(message)?.[1] ?? [])
  return { message, unknownName: found?.replaceAll('`', '').split('.').at(-1) }
}
