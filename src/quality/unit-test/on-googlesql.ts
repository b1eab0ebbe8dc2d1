import type { CompiledModel, Query } from '../../compile/compiled.ts'
import { bigquery } from '../../compile/dialect/bigquery.ts'
import { tablePath } from '../../compile/naming.ts'
import { catalogOf, type SqlTable, sqlColumnsOf, tableOf } from '../../googlesql/catalog.ts'
import { GoogleSqlError } from '../../googlesql/errors.ts'
import { type Evaluated, type GoogleSql, plainRows } from '../../googlesql/googlesql.ts'
import type { SqlValue } from '../../googlesql/values.ts'
import { notConverged, StatementFailed } from '../../materialize/build-scratch.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { WarehouseError } from '../../warehouse/warehouse.ts'
import { CannotTell, type UnitTestEngine } from './engine.ts'

/** BigQuery's SQL on Google's own evaluator. */
export function onGoogleSql(google: GoogleSql): UnitTestEngine {
  return {
    dialect: bigquery,
    rowsOf: async (model, tables) => {
      const given = tables.map(({ path, columns, rows }) =>
        tableOf(path, sqlColumnsOf(columns), rows as readonly Readonly<Record<string, SqlValue>>[]),
      )
      return plainRows(await evaluatedModel(google, model, given))
    },
  }
}

/** The rows of a model's SQL for BigQuery, over the tables that it reads. */
export async function evaluatedModel(
  google: GoogleSql,
  model: CompiledModel,
  read: readonly SqlTable[],
): Promise<Evaluated> {
  const work = model.fixpoint === undefined ? [] : await repeated(google, model, read)
  return evaluated(google, model.query!, [...read, ...work])
}

/** The working tables of a fixpoint when no row of the one that it waits for is left. */
async function repeated(
  google: GoogleSql,
  { name, fixpoint }: CompiledModel,
  read: readonly SqlTable[],
): Promise<readonly SqlTable[]> {
  const { start, step, work, until, maximumRounds } = fixpoint!
  const tables = new Map<string, SqlTable>()
  const renew = async ({ table, query }: (typeof step)[number]): Promise<void> => {
    const { columns, rows } = await evaluated(google, query, [...read, ...tables.values()])
    tables.set(table, { name: tablePath(work[table]!.table), columns, rows })
  }
  for (const query of start) await renew(query)
  for (let round = 0; ; round++) {
    const left = tables.get(until)!.rows.length
    if (left === 0) return [...tables.values()]
    if (round === maximumRounds) throw new ProblemsError([notConverged(name, fixpoint!, left)])
    for (const query of step) await renew(query)
  }
}

async function evaluated(google: GoogleSql, query: Query, tables: readonly SqlTable[]): Promise<Evaluated> {
  try {
    return await google.evaluate(query.text, catalogOf(tables))
  } catch (error) {
    if (!(error instanceof GoogleSqlError)) throw error
    const { kind, message, place } = error
    if (kind === 'unsupported' || kind === 'ended') throw new CannotTell(message, { cause: error })
    const details = { sql: query.text, offset: place?.offset, cause: error }
    throw new StatementFailed(
      new WarehouseError(message, { ...details, kind: kind === 'data' ? 'data' : 'other' }),
      query,
      0,
    )
  }
}
