import type { CompiledSourceTable } from '../../compile/compiled.ts'
import { ProblemsError } from '../../problems/problem.ts'
import type { Session } from '../warehouse.ts'
import { openRaw, type RawInput } from './raw-input.ts'

/** Says before anything is built whether a raw table is there with columns that suit; throws `ProblemsError` with all that is wrong. Reads no rows. */
export async function checkSource(session: Session, table: CompiledSourceTable): Promise<void> {
  await openSource(session, table)
}

/** The raw rows of a source's table; what is wrong is told under the table's name. */
export async function openSource(session: Session, table: CompiledSourceTable): Promise<RawInput> {
  try {
    return await openRaw(session, table.location, table.columns)
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error
    const problems = error.problems.map(problem => ({ ...problem, message: `${table.name}: ${problem.message}` }))
    throw new ProblemsError(problems, { cause: error.cause })
  }
}
