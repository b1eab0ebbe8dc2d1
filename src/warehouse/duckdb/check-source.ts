import type { CompiledSourceTable } from '../../compile/compiled.ts'
import { ProblemsError } from '../../problems/problem.ts'
import type { Session } from '../warehouse.ts'
import { fieldsOfLines } from './json-lines.ts'
import { openRaw, type RawInput } from './raw-input.ts'

/**
 * Says before anything is built whether a raw table is there with columns that suit; throws `ProblemsError` with all that is wrong. Reads no rows
 * but the first lines of JSON: any column may be absent from all of these, and where every one is, the file is another.
 */
export async function checkSource(session: Session, table: CompiledSourceTable): Promise<void> {
  const { jsonLines } = await openSource(session, table)
  if (jsonLines === undefined) return
  const wanted = Object.keys(table.columns)
  const fields = await fieldsOfLines(session, jsonLines)
  if (wanted.length === 0 || fields.length === 0 || fields.some(name => wanted.includes(name))) return
  const lines = `the first lines of ${jsonLines[0]}${jsonLines.length === 1 ? '' : ' and those beside it'}`
  const message = `${table.name}: ${lines} have none of the columns that are read: ${wanted.join(', ')}`
  throw new ProblemsError([{ kind: 'data', message, hint: `their fields: ${fields.join(', ')}` }])
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
