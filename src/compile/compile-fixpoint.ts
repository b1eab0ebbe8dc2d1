import type { Columns } from '../authoring/column.ts'
import type { Build, Given } from '../authoring/model.ts'
import type { Sql } from '../authoring/sql.ts'
import { nearest } from '../problems/nearest.ts'
import type { CompiledFixpoint, Naming, TableName } from './compiled.ts'

type Statement = CompiledFixpoint['start'][number]

/** The start and the step of a fixpoint, each query under the contract of the working table that it fills. */
export function compileFixpoint(
  model: string,
  build: Extract<Build, { readonly kind: 'fixpoint' }>,
  given: Given,
  naming: Naming,
  compile: (sql: Sql, columns: Columns) => Omit<Statement, 'table'>,
): CompiledFixpoint {
  const statements = (queries: Readonly<Record<string, Sql>>): readonly Statement[] =>
    Object.entries(queries).map(([table, sql]) => {
      if (!Object.hasOwn(build.work, table)) throw new Error(noWorkTable(table, Object.keys(build.work)))
      return { table, ...compile(sql, build.work[table]!) }
    })
  const work: Record<string, CompiledFixpoint['work'][string]> = {}
  for (const [key, columns] of Object.entries(build.work))
    work[key] = { table: workTableOf(naming, model, key), columns }
  return {
    maximumRounds: build.maximumRounds,
    work,
    start: statements(build.start(given)),
    step: statements(build.step(given)),
    until: build.until,
  }
}

export function workTableOf(naming: Naming, model: string, table: string): TableName {
  return naming.scratch(`${model}__${table}`)
}

function noWorkTable(table: string, declared: readonly string[]): string {
  const near = nearest(table, declared)
  return `'${table}' is no working table of this fixpoint${near === undefined ? '' : `; did you mean ${near}?`}`
}
