import type { CompiledModel } from '../../../src/compile/compiled.ts'
import { tablePath } from '../../../src/compile/naming.ts'
import { catalogOf, type SqlTable } from '../../../src/googlesql/catalog.ts'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'

/** The rows of a model's SQL for BigQuery on Google's evaluator, over the tables that it reads, in a table of the model's name. */
export async function evaluatedModel(
  google: GoogleSql,
  model: CompiledModel,
  read: readonly SqlTable[],
): Promise<SqlTable> {
  const work = model.fixpoint === undefined ? [] : await repeated(google, model, read)
  const { columns, rows } = await google.evaluate(model.query!.text, catalogOf([...read, ...work]))
  return { name: tablePath(model.table), columns, rows }
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
    const { columns, rows } = await google.evaluate(query.text, catalogOf([...read, ...tables.values()]))
    tables.set(table, { name: tablePath(work[table]!.table), columns, rows })
  }
  for (const query of start) await renew(query)
  for (let round = 0; tables.get(until)!.rows.length > 0; round++) {
    if (round === maximumRounds) throw new Error(`${name} does not come to an end`)
    for (const query of step) await renew(query)
  }
  return [...tables.values()]
}
