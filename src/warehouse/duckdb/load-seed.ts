import type { ColumnType } from '../../authoring/column-type.ts'
import type { TableName } from '../../compile/compiled.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { nearest } from '../../problems/nearest.ts'
import { type Problem, ProblemsError } from '../../problems/problem.ts'
import type { Session } from '../warehouse.ts'
import { badRowsError } from './bad-rows.ts'
import { readCsvHeader } from './csv-file.ts'
import { findFiles } from './raw-files.ts'
import { openCsv } from './raw-input.ts'
import { withStagedRows } from './stage-rows.ts'

/**
 * Makes a table of a CSV file whose header names exactly these columns, in any order; an empty field is NULL. Throws `ProblemsError` with the
 * line of what is wrong; what stood then stays.
 */
export async function loadSeed(
  session: Session,
  file: string,
  columns: Readonly<Record<string, ColumnType>>,
  into: TableName,
): Promise<void> {
  const { files } = await findFiles(session, file)
  await mustHaveExactly(file, Object.keys(columns))
  const declared = Object.fromEntries(
    Object.entries(columns).map(([name, type]) => [name, { type, isOptional: false }]),
  )
  const input = await openCsv(files, declared)
  const named = (suffix: string) => `${duckdb.identifier(into.schema)}.${duckdb.identifier(into.name + suffix)}`
  const what = `seed ${into.name}`
  const landing = named('__landing')
  await session.execute(`create schema if not exists ${duckdb.identifier(into.schema)}`)
  await withStagedRows(
    session,
    { what, input, declared, landing, kind: 'table', rowIds: 'without row ids' },
    async bad => {
      if (bad.count > 0) {
        const hint = 'mend the rows of the seed, or the types of its columns'
        throw await badRowsError(session, { what, from: file, input }, bad, hint)
      }
      const selected = Object.keys(columns).map((name, index) => `t${index} as ${duckdb.identifier(name)}`)
      await session.execute(`create or replace table ${named('')} as select ${selected.join(', ')} from ${landing}`)
    },
  )
}

async function mustHaveExactly(file: string, wanted: readonly string[]): Promise<void> {
  const { names } = await readCsvHeader(file, wanted)
  const place = { file, line: 1, column: 1 }
  const missing = wanted.filter(name => !names.includes(name))
  const extra = names.filter(name => !wanted.includes(name))
  const expected = `exactly the columns of the contract: ${wanted.join(', ')}`
  const problems: Problem[] = [
    ...missing.map(name => ({
      kind: 'data' as const,
      message: `the seed has no column "${name}"`,
      place,
      suggestion: nearest(name, extra),
      expected,
    })),
    ...extra.map(name => ({
      kind: 'data' as const,
      message: `the seed's column "${name}" is not in the contract`,
      place,
      suggestion: nearest(name, missing),
      expected,
    })),
  ]
  if (problems.length > 0) throw new ProblemsError(problems)
}
