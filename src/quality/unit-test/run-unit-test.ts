import type { CompiledModel, Naming, Query } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import { problemInQuery, suggestName } from '../../compile/sql-problem.ts'
import { buildScratch, StatementFailed } from '../../materialize/build-scratch.ts'
import { describeProblem, ProblemsError } from '../../problems/problem.ts'
import { type Row, type Warehouse, WarehouseError } from '../../warehouse/warehouse.ts'
import { differenceOf } from './compare-rows.ts'
import { pathWithin } from './problem.ts'
import { type GivenTable, tableStatements } from './tables.ts'

export interface UnitTestWork {
  readonly model: CompiledModel
  readonly tables: readonly GivenTable[]
  readonly expected: readonly Readonly<Record<string, unknown>>[]
  readonly naming: Naming
  /** The folders of the project: files are named from there. */
  readonly layers: readonly string[]
}

export interface UnitTestOutcome {
  /** `error`: the model could not be run on these rows. */
  readonly status: 'pass' | 'fail' | 'error'
  readonly message: string | undefined
  readonly seconds: number
}

/** Runs a model on the rows given, in an empty warehouse of its own, and compares what it makes with what is expected. Never throws. */
export async function runUnitTest(work: UnitTestWork, openEmpty: () => Promise<Warehouse>): Promise<UnitTestOutcome> {
  const started = performance.now()
  const ended = (status: UnitTestOutcome['status'], message: string | undefined): UnitTestOutcome => ({
    status,
    message,
    seconds: (performance.now() - started) / 1000,
  })
  try {
    const rows = await rowsOf(work, openEmpty)
    const difference = differenceOf(work.expected, rows, work.model.columns)
    return ended(difference === undefined ? 'pass' : 'fail', difference)
  } catch (error) {
    return ended('error', wordsFor(error, work))
  }
}

async function rowsOf(
  { model, tables, naming }: UnitTestWork,
  openEmpty: () => Promise<Warehouse>,
): Promise<readonly Row[]> {
  const warehouse = await openEmpty()
  const session = await warehouse.connect()
  try {
    const schemas = [
      naming.scratch('').schema,
      ...tables.flatMap(({ schema }) => (schema === undefined ? [] : [schema])),
    ]
    for (const schema of new Set(schemas)) await session.execute(`create schema ${schema}`)
    for (const statement of tables.flatMap(tableStatements)) await session.execute(statement)
    const scratch = await buildScratch(session, warehouse, asTable(model), naming)
    return await session.query(`select * from ${tablePath(scratch)}`)
  } finally {
    session.close()
    await warehouse.close()
  }
}

/** A view or inline model is made as a table, so that a fault in it shows where it is made. */
function asTable(model: CompiledModel): CompiledModel {
  return model.materialization === 'fixpoint' ? model : { ...model, materialization: 'table' }
}

function wordsFor(error: unknown, work: UnitTestWork): string {
  if (error instanceof StatementFailed) return inModel(error.cause, error.query, error.lead, work)
  if (error instanceof ProblemsError) return error.message
  if (error instanceof WarehouseError) return `the rows cannot be given: ${error.message}`
  return error instanceof Error ? error.message : String(error)
}

function inModel(
  { message, offset, unknownName }: WarehouseError,
  query: Query,
  lead: number,
  work: UnitTestWork,
): string {
  const { model, tables, layers } = work
  const at = { file: model.model.file, name: model.name }
  const readable = tables.flatMap(({ columns }) => Object.keys(columns))
  const suggestion = unknownName === undefined ? undefined : suggestName(unknownName, query, readable)
  const problem = problemInQuery(query, offset === undefined ? undefined : offset - lead, at, { message, suggestion })
  const place = problem.place && { ...problem.place, file: pathWithin(problem.place.file, layers) }
  return describeProblem({ ...problem, place })
}
