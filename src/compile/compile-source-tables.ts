import type { Mistake } from '../authoring/config-mistakes.ts'
import type { Source, SourceTable, TimeColumn } from '../authoring/source.ts'
import { nearest } from '../problems/nearest.ts'
import { type Problem, ProblemsError } from '../problems/problem.ts'
import type { Named, Project } from '../project/project.ts'
import type { CompiledSourceTable, Naming } from './compiled.ts'
import { configProblem, type ProblemInConfig } from './config-problem.ts'
import { problemsOfThrown } from './thrown-problem.ts'

/** The raw tables of the sources that are on, by name: `clickstream.events`. Throws `ProblemsError` with all that is wrong with them. */
export function compileSourceTables({
  project,
  sources,
  naming,
  inConfig,
}: {
  readonly project: Project
  readonly sources: Readonly<Record<string, unknown>>
  readonly naming: Naming
  readonly inConfig?: ProblemInConfig | undefined
}): ReadonlyMap<string, CompiledSourceTable> {
  const tables = new Map<string, CompiledSourceTable>()
  const problems: Problem[] = []
  for (const source of project.sources.values()) {
    const settings = sources[source.name]
    if (settings === undefined) continue
    for (const [key, table] of Object.entries<SourceTable>(source.value.tables)) {
      try {
        tables.set(`${source.name}.${key}`, compileSourceTable(source, key, table, settings, naming))
      } catch (error) {
        problems.push(...problemsOfThrown(error, source, inConfig))
      }
    }
  }
  problems.push(...unjudged([...tables.values()]).map(mistake => configProblem(mistake, inConfig)))
  if (problems.length > 0) throw new ProblemsError(problems)
  return tables
}

/** Sources whose age is to be judged, and none of whose tables tells it. */
function unjudged(tables: readonly CompiledSourceTable[]): readonly Mistake[] {
  const tellsTime = ({ loadedAt, happenedAt }: CompiledSourceTable) => (loadedAt ?? happenedAt) !== undefined
  const judged = new Set(tables.filter(tellsTime).map(({ source }) => source))
  const asked = new Set(tables.filter(({ freshness }) => freshness !== undefined).map(({ source }) => source))
  return [...asked]
    .filter(source => !judged.has(source))
    .map(source => ({
      path: ['sources', source, 'freshness'],
      message: `no table of ${source} tells when its rows came in, or happened, so nothing can judge their age`,
      hint: 'leave it out',
    }))
}

function compileSourceTable(
  { name, path, file }: Named<Source>,
  key: string,
  table: SourceTable,
  settings: unknown,
  naming: Naming,
): CompiledSourceTable {
  const columns = table.columns(settings)
  const { loadedAt, happenedAt } = table
  const where = `${name}.${key}`
  if (loadedAt !== undefined && happenedAt !== undefined)
    throw new Error(`${where}: says loadedAt, so happenedAt judges nothing: leave it out`)
  if (loadedAt !== undefined) mustTellTime(`${where}: loadedAt`, { column: loadedAt }, columns)
  if (happenedAt !== undefined) mustTellTime(`${where}: happenedAt`, happenedAt, columns)
  return {
    name: `${name}.${key}`,
    source: name,
    tableKey: key,
    description: table.description,
    columns,
    location: table.location(settings),
    loadedAt,
    happenedAt,
    freshness: table.freshness(settings),
    table: naming.raw(name, key),
    path,
    file,
  }
}

function mustTellTime(where: string, { column, unit }: TimeColumn, columns: CompiledSourceTable['columns']): void {
  const type = columns[column]?.type
  if (type === undefined) {
    const near = nearest(column, Object.keys(columns))
    const meant = near === undefined ? '' : `; did you mean ${near}?`
    throw new Error(`${where} names '${column}', which is no column of the table${meant}`)
  }
  if (unit !== undefined) {
    if (type.kind === 'integer') return
    throw new Error(`${where} names '${column}' in ${unit}, and its values are no whole numbers`)
  }
  if (type.kind === 'date' || (type.kind === 'timestamp' && !type.isLocal)) return
  const hint = type.kind === 'integer' ? '; whole numbers need their unit' : ''
  throw new Error(`${where} names '${column}', which is no timestamp in UTC and no date${hint}`)
}
