import type { ColumnType } from '../authoring/column-type.ts'
import type { CompiledFixpoint, CompiledModel, Naming, Query, TableName } from '../compile/compiled.ts'
import { tablePath } from '../compile/naming.ts'
import { type Problem, ProblemsError } from '../problems/problem.ts'
import { createTable, createView, dropTable } from '../warehouse/statements.ts'
import { type Session, type Warehouse, WarehouseError } from '../warehouse/warehouse.ts'

/** The statement that failed, with where its characters come from, so that the author's line can be named. */
export class StatementFailed extends Error {
  constructor(
    override readonly cause: WarehouseError,
    readonly query: Query,
    /** Characters of the statement before the query's text. */
    readonly lead: number,
  ) {
    super(cause.message)
  }
}

/** Makes a model's rows in scratch, where nobody reads them; gives the table (or view) that holds them. */
export async function buildScratch(
  session: Session,
  warehouse: Warehouse,
  model: CompiledModel,
  naming: Naming,
): Promise<TableName> {
  const scratch = naming.scratch(model.name)
  switch (model.materialization) {
    case 'seed': {
      const types: Record<string, ColumnType> = {}
      for (const [name, column] of Object.entries(model.columns)) types[name] = column.type
      await warehouse.loadSeed(session, model.seedFile!, types, scratch)
      return scratch
    }
    case 'view':
      if (!(await warehouse.requests?.createView(scratch, model.query!.text)))
        await run(session, createView(scratch, model.query!), model.query!)
      return scratch
    case 'fixpoint':
      await repeat(session, warehouse, model.name, model.fixpoint!)
      await run(session, createTable(scratch, model.query!), model.query!)
      for (const { table } of Object.values(model.fixpoint!.work)) {
        if (warehouse.requests !== undefined) await warehouse.requests.drop(table)
        else await session.execute(dropTable(table))
      }
      return scratch
    default:
      await run(session, createTable(scratch, model.query!), model.query!)
      return scratch
  }
}

async function repeat(session: Session, warehouse: Warehouse, name: string, fixpoint: CompiledFixpoint): Promise<void> {
  for (const { table, query } of fixpoint.start)
    await run(session, createTable(fixpoint.work[table]!.table, query), query)
  for (let round = 0; ; round++) {
    const left = await rowsLeft(session, warehouse, fixpoint.work[fixpoint.until]!.table)
    if (left === 0) return
    if (round === fixpoint.maximumRounds) throw new ProblemsError([notConverged(name, fixpoint, left)])
    for (const { table, query } of fixpoint.step) {
      const { statement, swap } = warehouse.renewal(fixpoint.work[table]!.table, query)
      await run(session, statement, query)
      for (const next of swap) await session.execute(next)
    }
  }
}

/** That there are none is taken from a statement alone: the rounds end by it. */
async function rowsLeft(session: Session, { requests }: Warehouse, table: TableName): Promise<number> {
  const known = (await requests?.rowCount(table)) ?? 0
  if (known > 0) return known
  const [counted] = await session.query(`select count(*) as row_count from ${tablePath(table)}`)
  return Number(counted?.row_count)
}

export function notConverged(name: string, fixpoint: CompiledFixpoint, left: number): Problem {
  const message = `${name} has not come to an end: after ${fixpoint.maximumRounds} rounds ${left} rows are left in '${fixpoint.until}'`
  return { kind: 'model', message, hint: 'raise maximumRounds, or mend the step so that every round leaves fewer rows' }
}

async function run(session: Session, statement: string, query: Query): Promise<void> {
  try {
    await session.execute(statement)
  } catch (error) {
    if (error instanceof WarehouseError) throw new StatementFailed(error, query, statement.length - query.text.length)
    throw error
  }
}
