import type { Mistake } from '../authoring/config-mistakes.ts'
import type { Source, SourceTable } from '../authoring/source.ts'
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
  const judged = new Set(tables.filter(({ loadedAt }) => loadedAt !== undefined).map(({ source }) => source))
  const asked = new Set(tables.filter(({ freshness }) => freshness !== undefined).map(({ source }) => source))
  return [...asked]
    .filter(source => !judged.has(source))
    .map(source => ({
      path: ['sources', source, 'freshness'],
      message: `no table of ${source} tells when its rows came in, so nothing can judge their age`,
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
  const { loadedAt } = table
  if (loadedAt !== undefined) mustTellTime(`${name}.${key}`, loadedAt, columns)
  return {
    name: `${name}.${key}`,
    source: name,
    tableKey: key,
    description: table.description,
    columns,
    location: table.location(settings),
    loadedAt,
    freshness: table.freshness(settings),
    table: naming.raw(name, key),
    path,
    file,
  }
}

function mustTellTime(table: string, loadedAt: string, columns: CompiledSourceTable['columns']): void {
  const column = columns[loadedAt]
  if (!column) {
    const near = nearest(loadedAt, Object.keys(columns))
    const meant = near === undefined ? '' : `; did you mean ${near}?`
    throw new Error(`${table}: loadedAt names '${loadedAt}', which is no column of the table${meant}`)
  }
  const { type } = column
  if (type.kind === 'date' || (type.kind === 'timestamp' && !type.isLocal)) return
  throw new Error(`${table}: loadedAt names '${loadedAt}', which is no timestamp in UTC and no date`)
}
