import type { SourceTable } from '../authoring/source.ts'
import type { Project } from '../project/project.ts'
import type { CompiledSourceTable, Naming } from './compiled.ts'

/** The raw tables of the sources that are on, by name: `clickstream.events`. */
export function compileSourceTables({
  project,
  sources,
  naming,
}: {
  readonly project: Project
  readonly sources: Readonly<Record<string, unknown>>
  readonly naming: Naming
}): ReadonlyMap<string, CompiledSourceTable> {
  const tables = new Map<string, CompiledSourceTable>()
  for (const { name, value, path, file } of project.sources.values()) {
    const settings = sources[name]
    if (settings === undefined) continue
    for (const [key, table] of Object.entries<SourceTable>(value.tables)) {
      tables.set(`${name}.${key}`, {
        name: `${name}.${key}`,
        source: name,
        tableKey: key,
        description: table.description,
        columns: table.columns(settings),
        location: table.location(settings),
        table: naming.raw(name, key),
        path,
        file,
      })
    }
  }
  return tables
}
