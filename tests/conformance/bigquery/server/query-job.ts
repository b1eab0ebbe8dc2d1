import { GoogleSqlError } from '../../../../src/googlesql/errors.ts'
import type { GoogleSql } from '../../../../src/googlesql/googlesql.ts'
import { concrete } from '../../../../src/googlesql/parse-tree.ts'
import type { SqlField } from '../../../../src/googlesql/types.ts'
import { ApiError, invalid, invalidQuery } from './api-error.ts'
import { refuseWithoutPartitionFilter } from './engine/partition-filter.ts'
import { apiError, type FailingStatement, runScript, statementsOf } from './engine/run-script.ts'
import type { Outcome, Session, UserFunction } from './engine/session.ts'
import { statementCatalog } from './engine/statement-catalog.ts'
import type { Done, JobConfiguration, QueryConfiguration } from './jobs.ts'
import { sqlParameter } from './parameters.ts'
import { costOf, queryStatistics } from './statistics.ts'
import type { Store, StoredTable, TableId } from './store.ts'
import { writeTable } from './write-table.ts'

/** Who asks what of which project. */
export interface Asked {
  readonly google: GoogleSql
  readonly store: Store
  readonly functions: Map<string, UserFunction>
  readonly caller: string
  /** Called after each statement of a script. */
  readonly onStatement?: () => void
}

/** Runs a query job to its end, or types it where it is a dry run. Throws `ApiError`; then nothing has changed but by earlier statements. */
export async function runQueryJob(
  { query, dryRun }: JobConfiguration,
  asked: Asked,
  failing?: FailingStatement,
): Promise<Done> {
  const configuration = query!
  // The API's default, which the clients override: https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobConfigurationQuery
  if (configuration.useLegacySql === true) throw new ApiError(501, 'notImplemented', 'legacy SQL')
  if (configuration.createSession === true || configuration.connectionProperties !== undefined)
    throw new ApiError(501, 'notImplemented', 'sessions')
  refuseUpdateOptions(configuration)
  const session = sessionOf(configuration, asked)
  try {
    const read = await tablesNamed(configuration.query, session)
    refuseAboveBudget(configuration, read)
    if (dryRun === true) return await typed(configuration, session, read)
    const outcomes = await runScript(configuration.query, session, { failing, onStatement: asked.onStatement })
    const outcome = written(configuration, outcomes.at(-1), session)
    return { outcome, statistics: queryStatistics(asked.store, outcomes, read) as Record<string, unknown> }
  } finally {
    if (asked.store.findDataset(session.temporary) !== undefined) asked.store.dropDataset(session.temporary, true)
  }
}

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobConfigurationQuery */
function refuseUpdateOptions({ schemaUpdateOptions = [], writeDisposition }: QueryConfiguration): void {
  if (schemaUpdateOptions.length > 0 && writeDisposition !== 'WRITE_APPEND')
    throw invalid(
      'Schema update options should only be specified with WRITE_APPEND disposition, or with WRITE_TRUNCATE disposition on a table partition.',
    )
}

function sessionOf({ defaultDataset, queryParameters = [] }: QueryConfiguration, asked: Asked): Session {
  const { store, caller, google, functions } = asked
  const temporary = `_script_${store.clock.now()}`
  store.createDataset(temporary, {})
  const parameters = queryParameters.map(sqlParameter)
  return { google, store, caller, functions, parameters, temporary, defaultDataset: defaultDataset?.datasetId }
}

/** The tables that stand and are named by the statements, for their sizes. */
async function tablesNamed(sql: string, session: Session): Promise<readonly StoredTable[]> {
  const found = new Map<string, StoredTable>()
  const catalog = statementCatalog(session)
  const { google, store } = session
  try {
    for (const { sql: statement } of await google.split(sql)) {
      for (const name of await google.tablesOf(statement, path => catalog.flatName(path))) {
        const [dataset, ...rest] = name.split('.')
        const table = store.findTable({ dataset: dataset!, table: rest.join('.') })
        if (table !== undefined) found.set(name, table)
      }
    }
  } catch (error) {
    // What is wrong with the statement is told when it is run.
    if (!(error instanceof GoogleSqlError)) throw error
  }
  return [...found.values()]
}

/** https://cloud.google.com/bigquery/docs/best-practices-costs#restrict-bytes-billed */
function refuseAboveBudget({ maximumBytesBilled }: QueryConfiguration, read: readonly StoredTable[]): void {
  const { billed } = costOf(read)
  if (maximumBytesBilled !== undefined && billed > Number(maximumBytesBilled))
    throw new ApiError(
      400,
      'bytesBilledLimitExceeded',
      `Query exceeded limit for bytes billed: ${maximumBytesBilled}. ${billed} or higher required.`,
    )
}

/** A dry run changes nothing and says what the query would read. */
async function typed(configuration: QueryConfiguration, session: Session, read: readonly StoredTable[]): Promise<Done> {
  const statements = await statementsOf(configuration.query, session)
  const analyzed = []
  for (const { sql } of statements) {
    const catalog = statementCatalog(session)
    analyzed.push(await located(session, () => session.google.analyze(sql, catalog, session.parameters)))
    await located(session, () => refuseWithoutPartitionFilter(sql, session, catalog))
  }
  const last = analyzed.at(-1)
  const kind = last === undefined ? '' : concrete(last.resolved).kind
  const type = statements.length > 1 ? 'SCRIPT' : kind.replace(/^resolved_(.*)_stmt_node$/, '$1').toUpperCase()
  const outcome: Outcome = {
    type: type === 'QUERY' ? 'SELECT' : type,
    ...(type === 'QUERY' ? { columns: last!.columns } : {}),
  }
  const statistics = queryStatistics(session.store, [outcome], read) as Record<string, unknown>
  return {
    outcome: { ...outcome, rows: [] },
    statistics: { ...statistics, totalBytesBilled: '0', totalSlotMs: undefined },
  }
}

async function located<T>(session: Session, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof GoogleSqlError) throw apiError(error, session, error.place)
    throw error
  }
}

/** The result of a query is its destination's rows: https://cloud.google.com/bigquery/docs/writing-results */
function written(
  configuration: QueryConfiguration,
  outcome: Outcome | undefined,
  { store }: Session,
): Outcome | undefined {
  const { destinationTable: table } = configuration
  if (outcome?.columns === undefined) return outcome
  if (table === undefined) return { ...outcome, columns: withDistinctNames(outcome.columns) }
  refuseAlike(outcome.columns)
  const id: TableId = { dataset: table.datasetId, table: table.tableId }
  writeTable(
    store,
    {
      ...configuration,
      id,
      writeDisposition: configuration.writeDisposition ?? 'WRITE_EMPTY',
      createDisposition: configuration.createDisposition ?? 'CREATE_IF_NEEDED',
    },
    outcome.columns,
    outcome.rows ?? [],
  )
  const { columns, rows } = store.table(id)
  return { ...outcome, columns, rows }
}

/** `id, id_1`: names that are there already get a number. */
function withDistinctNames(columns: readonly SqlField[]): readonly SqlField[] {
  const taken = new Set<string>()
  return columns.map(column => {
    let { name } = column
    for (let number = 1; taken.has(name.toLowerCase()); number++) name = `${column.name}_${number}`
    taken.add(name.toLowerCase())
    return { ...column, name }
  })
}

function refuseAlike(columns: readonly SqlField[]): void {
  const names = columns.map(({ name }) => name.toLowerCase())
  const alike = names.find((name, index) => names.indexOf(name) < index)
  if (alike !== undefined)
    throw invalidQuery(
      `Duplicate column names in the result are not supported when a destination table is present. Found duplicate(s): ${alike}`,
    )
}
