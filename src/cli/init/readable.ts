import { compileSourceTables } from '../../compile/compile-source-tables.ts'
import type { CompiledSourceTable } from '../../compile/compiled.ts'
import { naming } from '../../compile/naming.ts'
import { ProblemsError } from '../../problems/problem.ts'
import type { Project } from '../../project/project.ts'
import type { Session, Warehouse } from '../../warehouse/warehouse.ts'
import { locatedIn } from '../workspace.ts'

/** Where raw data is looked for, and with what. */
export interface Around {
  /** The folder of the config. */
  readonly root: string
  readonly project: Project
  /** One in memory. */
  readonly warehouse: Warehouse
  readonly session: Session
}

/** The raw tables of a source by its settings as they would be written; none where they are not all that it asks for. */
export function tablesOf(
  source: string,
  settings: Readonly<Record<string, unknown>>,
  { root, project }: Around,
): readonly CompiledSourceTable[] {
  const parsed = project.sources.get(source)!.value.settings.safeParse(settings)
  if (!parsed.success) return []
  const tables = compileSourceTables({ project, sources: { [source]: parsed.data }, naming: naming(undefined) })
  return [...tables.values()].map(table => locatedIn(root, table))
}

/** Whether the raw table is there, with the columns that the models read. */
export async function isReadable(table: CompiledSourceTable, { warehouse, session }: Around): Promise<boolean> {
  try {
    await warehouse.checkSource(session, table)
    return true
  } catch (error) {
    if (error instanceof ProblemsError) return false
    throw error
  }
}
