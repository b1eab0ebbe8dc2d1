import { compileSourceTables } from '../../compile/compile-source-tables.ts'
import type { CompiledSourceTable } from '../../compile/compiled.ts'
import { naming } from '../../compile/naming.ts'
import { ProblemsError } from '../../problems/problem.ts'
import type { Project } from '../../project/project.ts'
import { fieldsOfLines } from '../../warehouse/duckdb/json-lines.ts'
import { findTableFiles } from '../../warehouse/duckdb/table-files.ts'
import type { Session, Warehouse } from '../../warehouse/warehouse.ts'
import { listed } from '../report/words.ts'
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
  { root, project }: Pick<Around, 'root' | 'project'>,
): readonly CompiledSourceTable[] {
  const parsed = project.sources.get(source)!.value.settings.safeParse(settings)
  if (!parsed.success) return []
  const tables = compileSourceTables({ project, sources: { [source]: parsed.data }, naming: naming(undefined) })
  return [...tables.values()].map(table => locatedIn(root, table))
}

/** Why the raw table cannot be read with the columns that the models read; nothing where it can. */
export async function faultsOf(
  table: CompiledSourceTable,
  { root, warehouse, session }: Around,
): Promise<readonly string[]> {
  try {
    await warehouse.checkSource(session, table)
    return []
  } catch (error) {
    if (error instanceof ProblemsError)
      return error.problems.map(({ message }) => fromFolder(message.replace(`${table.name}: `, ''), root))
    throw error
  }
}

/**
 * Why a table's lines of JSON are hardly its own, though its files have its name: most of the columns that the models read are in none of the
 * first. Undefined where they are, or where the files are no JSON or have no lines.
 */
export async function foreignLines(
  { location, columns }: CompiledSourceTable,
  { root, session }: Around,
): Promise<string | undefined> {
  if (location.folder === undefined) return undefined
  const { format, files } = findTableFiles(location)
  if (format !== 'json') return undefined
  const fields = await fieldsOfLines(session, files)
  const wanted = Object.entries(columns).flatMap(([name, { isOptional }]) => (isOptional ? [] : [name]))
  const missing = wanted.filter(name => !fields.includes(name))
  if (fields.length === 0 || wanted.length === 0 || missing.length * 2 < wanted.length) return undefined
  return fromFolder(`the first lines of ${files[0]} have no ${listed(missing)}`, root)
}

/** What an engine says names files by their whole paths. */
export function fromFolder(message: string, root: string): string {
  return message.replaceAll(`${root}/`, '')
}
