import type { CompiledModel } from '../compile/compiled.ts'
import { problemInQuery } from '../compile/sql-problem.ts'
import { StatementFailed } from '../materialize/build-scratch.ts'
import { type Problem, ProblemsError } from '../problems/problem.ts'
import type { TestResult } from '../quality/test-result.ts'
import { WarehouseError } from '../warehouse/warehouse.ts'

/** Whether a statement ended because the run was stopped. */
export function isInterrupted(error: unknown): boolean {
  if (error instanceof StatementFailed) return isInterrupted(error.cause)
  return error instanceof WarehouseError && error.errorKind === 'interrupted'
}

/** Whether a statement failed in the warehouse. */
export function isOfWarehouse(error: unknown): boolean {
  return error instanceof StatementFailed || error instanceof WarehouseError
}

/** What went wrong with a model, told at the author's line where the statement is the author's. */
export function problemsOfModel(error: unknown, { model }: CompiledModel): readonly Problem[] {
  const at = { file: model.file, name: model.name }
  if (error instanceof ProblemsError) return error.problems
  if (error instanceof StatementFailed) {
    const { offset, message } = error.cause
    const within = offset === undefined ? undefined : offset - error.lead
    return [
      problemInQuery(error.query, within, at, { message: `${model.name}: ${message}`, hint: hintOf(error.cause) }),
    ]
  }
  if (error instanceof WarehouseError) {
    return [{ kind: 'warehouse', message: `${model.name}: ${error.message}`, hint: hintOf(error) }]
  }
  return [unforeseen(error, model.name)]
}

/** A failed test, told at the column or model that it is about. */
export function problemOfTest(
  { message, name }: TestResult,
  column: string | undefined,
  { model, materialization }: CompiledModel,
  rows: 'built' | 'live',
): Problem {
  const at = { file: model.file, name: column ?? model.name }
  const hint = rows === 'live' ? ofLiveRows : materialization === 'view' ? ofView : ofTable
  return {
    ...problemInQuery({ text: '', segments: [] }, undefined, at, {
      message: `${model.name}: ${message ?? name}`,
      hint,
    }),
    kind: 'data',
  }
}

const howToGoOn =
  'mend the model or the test, then throughline retry; raw data that was mended is read by throughline build'
const ofTable = `the live table keeps its earlier rows; ${howToGoOn}`
const ofView = `a view has no rows of its own to keep: it shows those of what it reads; ${howToGoOn}`
const ofLiveRows = 'readers see these rows; throughline build makes them anew from what is mended'

/** What went wrong with work that is not a model's. */
export function problemsOfWork(error: unknown, name: string): readonly Problem[] {
  if (error instanceof ProblemsError) return error.problems
  if (error instanceof WarehouseError) {
    return [{ kind: 'warehouse', message: `${name}: ${error.message}`, hint: hintOf(error) }]
  }
  return [unforeseen(error, name)]
}

/** The run goes on with what does not depend on it. */
function unforeseen(error: unknown, name: string): Problem {
  const message = error instanceof Error ? error.message : String(error)
  return { kind: 'project', message: `${name}: this was not foreseen: ${message}` }
}

/** What to do about what a warehouse says in a build or run. */
function hintOf(error: WarehouseError): string | undefined {
  const hint = hintBefore(error)
  if (hint === notReached) return `${hint}; throughline retry goes on with a build or run that ended so`
  return hint
}

/** What to do about what a warehouse says before anything has begun. */
export function hintBefore({ errorKind, message, hint }: WarehouseError): string | undefined {
  if (hint !== undefined) return hint
  if (/No space left|disk (is )?full|could not write|max_temp_directory_size/i.test(message)) {
    return 'make room on the disk, then throughline retry: what was published stays, nothing is half-published'
  }
  if (/Access Denied|does not have permission|Permission .* denied/i.test(message)) {
    return 'throughline debug says which right is missing, and which role has it'
  }
  if (/authentication credentials|default credentials|invalid_grant/i.test(message)) {
    return 'throughline debug says how you are signed in'
  }
  if (/limit for bytes billed/i.test(message)) {
    return 'it was not run: raise maximum_bytes_billed of the target, or let the model read less'
  }
  if (/Out of Memory/i.test(message)) return 'raise memory_limit of the target, or lower --threads'
  return errorKind === 'connection' ? notReached : undefined
}

const notReached = 'look after the connection or the disk and begin again'
