import type { CompiledModel, Naming, Query } from '../../compile/compiled.ts'
import { problemInQuery, suggestName } from '../../compile/sql-problem.ts'
import { StatementFailed } from '../../materialize/build-scratch.ts'
import { describeProblem, ProblemsError } from '../../problems/problem.ts'
import { WarehouseError } from '../../warehouse/warehouse.ts'
import { differenceOf } from './compare-rows.ts'
import { CannotTell, type UnitTestEngine } from './engine.ts'
import { pathWithin } from './problem.ts'
import type { GivenTable } from './tables.ts'

export interface UnitTestWork {
  readonly model: CompiledModel
  readonly tables: readonly GivenTable[]
  readonly expected: readonly Readonly<Record<string, unknown>>[]
  readonly naming: Naming
  /** The folders of the project: files are named from there. */
  readonly layers: readonly string[]
}

export interface UnitTestOutcome {
  /** `error`: the model could not be run on these rows. `skipped`: the engine cannot tell. */
  readonly status: 'pass' | 'fail' | 'error' | 'skipped'
  readonly message: string | undefined
  readonly seconds: number
}

/** Runs a model on the rows given, and compares what it makes with what is expected. Never throws. */
export async function runUnitTest(work: UnitTestWork, engine: UnitTestEngine): Promise<UnitTestOutcome> {
  const started = performance.now()
  const ended = (status: UnitTestOutcome['status'], message: string | undefined): UnitTestOutcome => ({
    status,
    message,
    seconds: (performance.now() - started) / 1000,
  })
  try {
    const rows = await engine.rowsOf(work.model, work.tables, work.naming)
    const difference = differenceOf(work.expected, rows, work.model.columns)
    return ended(difference === undefined ? 'pass' : 'fail', difference)
  } catch (error) {
    if (error instanceof CannotTell) return ended('skipped', `not verified: ${error.message}`)
    return ended('error', wordsFor(error, work))
  }
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
