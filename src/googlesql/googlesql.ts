import { type Analyzed, analyzed, field } from './analyzed.ts'
import { callOn, pool, registered } from './calls.ts'
import {
  type PathTable,
  type SqlCatalog,
  type SqlParameter,
  type SqlTable,
  wireCatalogs,
  wireTable,
} from './catalog.ts'
import { type EditedText, editText } from './edited-text.ts'
import { GoogleSqlError } from './errors.ts'
import type { GoogleSqlPackage } from './find-package.ts'
import { bigQueryLanguage, type LanguageOptions, rewrites } from './language.ts'
import { namedParameters } from './named-parameters.ts'
import { concrete, type ParsedStatement, rangeOf, sliceBytes } from './parse-tree.ts'
import { GoogleSqlService } from './service.ts'
import { flattenTables } from './table-paths.ts'
import { type SqlField, wireType } from './types.ts'
import { type SqlValue, valueOfWire } from './values.ts'
import type { ParseNode, WireColumn, WireRow } from './wire.ts'

export interface Evaluated {
  readonly columns: readonly SqlField[]
  readonly rows: readonly WireRow[]
}

/** A row that a DML statement inserts, updates or deletes. */
export interface ChangedRow {
  readonly operation: 'INSERT' | 'UPDATE' | 'DELETE'
  /** Empty for a deleted row. */
  readonly cells: WireRow
  /** What stood in the key column. */
  readonly oldKey: string | undefined
}

const keptStatements = 50
const partitionColumns = [
  { name: '_PARTITIONDATE', type: wireType({ kind: 'DATE' }) },
  { name: '_PARTITIONTIME', type: wireType({ kind: 'TIMESTAMP' }) },
]

/**
 * Google's analyzer and reference evaluator for BigQuery's SQL, over tables that are given with each statement. Every method throws
 * `GoogleSqlError`, with places in the text as it was given. A service that has ended over a statement is started anew for the next one.
 */
export class GoogleSql {
  private isStopped = false
  private starting: Promise<GoogleSqlService> | undefined

  private constructor(
    private readonly found: GoogleSqlPackage,
    private service: GoogleSqlService,
    private readonly language: LanguageOptions,
    private readonly answerWithinMs: number,
  ) {}

  /** A statement that is not through after `answerWithinMs` is given up, and the service with it. */
  static async start(found: GoogleSqlPackage, answerWithinMs = 120_000): Promise<GoogleSql> {
    const service = await GoogleSqlService.start(found, answerWithinMs)
    const everything = await service.call<LanguageOptions>('GetLanguageOptions', { maximum_features: true })
    return new GoogleSql(found, service, bigQueryLanguage(everything), answerWithinMs)
  }

  stop(): void {
    this.isStopped = true
    this.service.stop()
  }

  /** Statements parsed lately: each is parsed to be split off, looked at and run. */
  private readonly parsedLately = new Map<string, Promise<ParsedStatement>>()

  parse(sql: string): Promise<ParsedStatement> {
    const known = this.parsedLately.get(sql)
    if (known !== undefined) return known
    const parsed = this.parsed(sql, { sql_statement: sql }).then(answer => concrete(answer.parsed_statement))
    parsed.catch(() => this.parsedLately.delete(sql))
    this.parsedLately.set(sql, parsed)
    if (this.parsedLately.size > keptStatements) this.parsedLately.delete(this.parsedLately.keys().next().value!)
    return parsed
  }

  /** Whether the text reads as a script with its variables, conditions and loops, which the evaluator does not run. */
  async isScript(text: string): Promise<boolean> {
    try {
      await this.service.call('Parse', { sql_statement: text, options: this.language, allow_script: true })
      return true
    } catch {
      return false
    }
  }

  /** The statements of a script, without what stands between them, and where each begins in it (in UTF-16 units). */
  async split(script: string): Promise<readonly { readonly sql: string; readonly offset: number }[]> {
    const bytes = Buffer.from(script, 'utf8')
    const textBefore = (byte: number): string => bytes.subarray(0, byte).toString('utf8')
    const statements: { readonly sql: string; readonly offset: number }[] = []
    for (let at = 0; hasMore(bytes.subarray(at).toString('utf8')); ) {
      const target = { parse_resume_location: { input: script, byte_position: at, allow_resume: true } }
      const { parsed_statement: statement, resume_byte_position: next } = await this.parsed(script, target)
      const range = rangeOf(statement)
      statements.push({ sql: sliceBytes(script, range), offset: textBefore(range.start).length })
      at = next || bytes.length
    }
    return statements
  }

  /** The tables that a statement names, by their one names. */
  async tablesOf(sql: string, flatName: SqlCatalog['flatName']): Promise<ReadonlySet<string>> {
    return flattenTables(await this.parse(sql), flatName).tables
  }

  /** Types a statement against the columns of its tables; rows are not read. */
  async analyze(sql: string, catalog: SqlCatalog, parameters: readonly SqlParameter[] = []): Promise<Analyzed> {
    const ready = await this.ready(sql, catalog, parameters)
    const { resolved_statement: resolved } = await this.call<{ resolved_statement: ParseNode }>(
      sql,
      'Analyze',
      {
        sql_statement: ready.edited.text,
        options: this.options(ready.parameters),
        simple_catalog: this.catalog(ready.tables, catalog),
        descriptor_pool_list: pool,
      },
      ready.edited,
    )
    return analyzed(resolved)
  }

  /** The same for any number of statements over the same tables, which name them by their paths: many times faster. */
  analyzerOf(tables: readonly PathTable[]): (sql: string) => Promise<Analyzed> {
    const catalog = {
      ...wireCatalogs('root', tables),
      builtin_function_options: { language_options: this.language },
    }
    let known: { readonly service: GoogleSqlService; readonly id: Promise<string> } | undefined
    return async sql => {
      await this.revive()
      if (known?.service !== this.service) known = { service: this.service, id: registered(this.service, catalog) }
      const { service, id } = known
      const request = { sql_statement: sql, options: this.options([]), registered_catalog_id: await id }
      const { resolved_statement: resolved } = await callOn<{ resolved_statement: ParseNode }>(
        service,
        sql,
        'Analyze',
        request,
      )
      return analyzed(resolved)
    }
  }

  async evaluate(sql: string, catalog: SqlCatalog, parameters: readonly SqlParameter[] = []): Promise<Evaluated> {
    const ready = await this.ready(sql, catalog, parameters)
    const answer = await this.call<EvaluateAnswer>(sql, 'EvaluateQuery', this.evaluation(ready, catalog), ready.edited)
    return {
      columns: (answer.prepared.columns ?? []).map((column, index) => field(column.name, column, index)),
      rows: (answer.content?.table_data?.row ?? []).map(row => row.cell ?? []),
    }
  }

  /** What an INSERT, UPDATE or DELETE does to the rows of its table, which stay as they are. */
  async modify(
    sql: string,
    catalog: SqlCatalog,
    parameters: readonly SqlParameter[] = [],
  ): Promise<readonly ChangedRow[]> {
    const ready = await this.ready(sql, catalog, parameters)
    const answer = await this.call<ModifyAnswer>(sql, 'EvaluateModify', this.evaluation(ready, catalog), ready.edited)
    return (answer.content ?? []).map(row => ({
      operation: row.operation,
      cells: row.cell ?? [],
      oldKey: (row.old_primary_key?.[0] as { int64_value?: string } | undefined)?.int64_value,
    }))
  }

  private async ready(sql: string, catalog: SqlCatalog, given: readonly SqlParameter[]): Promise<ReadyStatement> {
    const statement = await this.parse(sql)
    const { edits, tables } = flattenTables(statement, path => catalog.flatName(path))
    const { edits: named, parameters } = namedParameters(statement.node, given)
    return { edited: editText(sql, [...edits, ...named]), tables: await catalog.tables(tables), parameters }
  }

  private evaluation({ edited, tables, parameters }: ReadyStatement, catalog: SqlCatalog): object {
    return {
      sql: edited.text,
      options: this.options(parameters),
      descriptor_pool_list: pool,
      simple_catalog: this.catalog(tables, catalog),
      table_content: Object.fromEntries(
        tables.map(({ name, rows }) => [name, { table_data: { row: rows.map(cell => ({ cell })) } }]),
      ),
      params: parameters.map(({ name, value }) => ({ name, value })),
    }
  }

  private catalog(tables: readonly SqlTable[], { functions = [] }: SqlCatalog): object {
    return {
      name: 'root',
      table: tables.map((table, index) => wireTable(table, index + 1)),
      builtin_function_options: { language_options: this.language },
      custom_function: functions,
    }
  }

  private options(parameters: readonly SqlParameter[]): object {
    return {
      language_options: this.language,
      default_timezone: 'UTC',
      error_message_mode: 'ERROR_MESSAGE_ONE_LINE',
      enabled_rewrites: rewrites,
      query_parameters: parameters.map(({ name, type }) => ({ name, type: wireType(type) })),
      parameter_mode: 'PARAMETER_NAMED',
      ddl_pseudo_columns: partitionColumns,
    }
  }

  private async parsed(
    sql: string,
    target: object,
  ): Promise<{ readonly parsed_statement: ParseNode; readonly resume_byte_position?: number }> {
    try {
      return await this.call(sql, 'Parse', { ...target, options: this.language })
    } catch (error) {
      // The parser alone does not say where; the analyzer does.
      if (error instanceof GoogleSqlError && error.kind === 'invalid')
        await this.call(sql, 'Analyze', { ...target, options: this.options([]), descriptor_pool_list: pool })
      throw error
    }
  }

  private async call<Answer>(sql: string, method: string, request: object, edited?: EditedText): Promise<Answer> {
    await this.revive()
    return callOn<Answer>(this.service, sql, method, request, edited)
  }

  private async revive(): Promise<void> {
    if (this.isStopped) throw new Error('the service has been stopped')
    if (!this.service.isGone) return
    this.starting ??= GoogleSqlService.start(this.found, this.answerWithinMs).finally(() => {
      this.starting = undefined
    })
    this.service = await this.starting
  }
}

/** Rows by the names of their columns. */
export function plainRows({ columns, rows }: Evaluated): readonly Readonly<Record<string, SqlValue>>[] {
  return rows.map(row =>
    Object.fromEntries(columns.map(({ name, type }, index) => [name, valueOfWire(type, row[index] ?? {})])),
  )
}

/** A statement as the service can run it. */
interface ReadyStatement {
  readonly edited: EditedText
  readonly tables: readonly SqlTable[]
  readonly parameters: readonly SqlParameter[]
}

interface EvaluateAnswer {
  readonly prepared: { readonly columns?: readonly WireColumn[] }
  readonly content?: { readonly table_data?: { readonly row?: readonly { readonly cell?: WireRow }[] } }
}
interface ModifyAnswer {
  readonly content?: readonly {
    readonly operation: ChangedRow['operation']
    readonly cell?: WireRow
    readonly old_primary_key?: WireRow
  }[]
}

const hasMore = (text: string): boolean => text.replaceAll(/--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|;/g, '').trim() !== ''
