import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileProject } from '../../src/compile/compile-project.ts'
import { duckdb } from '../../src/compile/dialect/duckdb.ts'
import { graphOf } from '../../src/compile/graph-of.ts'
import { naming, tablePath } from '../../src/compile/naming.ts'
import { buildScratch } from '../../src/materialize/build-scratch.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { ancestors, topologicalOrder } from '../../src/project/graph.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import type { Landed, Row } from '../../src/warehouse/warehouse.ts'
import { folderOf } from '../support/project.ts'
import { stockProject } from '../support/world.ts'

/** The folder of a system's extracts: real raw tables, which are not part of this repository. */
export function extractOf(system: string): { readonly folder: string; readonly isThere: boolean } {
  const data = process.env.THROUGHLINE_SHARED_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))
  const folder = join(data, 'raw', system)
  return { folder, isThere: existsSync(folder) }
}

/** A file of the extract that stands for a raw table; `mended` puts right what whoever made the extract broke. */
interface ExtractFile {
  readonly file: string
  readonly mended?: (text: string) => string
}

export interface BuiltExtract {
  /** What landed of each raw table, by its name. */
  readonly landed: Readonly<Record<string, Landed>>
  /** The rows of a model, whether inline or not, or of a query, in order. */
  rows(query: string): Promise<readonly Row[]>
  close(): Promise<void>
}

export type ExtractFiles = Readonly<Record<string, string | ExtractFile>>

/** The same rows from the last to the first, and then once more: loaders promise no order, and bring rows again. For files with a line a row. */
export function inAnotherOrder(files: ExtractFiles): ExtractFiles {
  return Object.fromEntries(
    Object.entries(files).map(([table, given]) => {
      const { file, mended } = fileOf(given)
      const again = (text: string) => {
        const [header, ...lines] = mended(text).trimEnd().split('\n')
        return [header, ...lines.toReversed(), ...lines].join('\n')
      }
      return [table, { file, mended: again }]
    }),
  )
}

function fileOf(given: string | ExtractFile): Required<ExtractFile> {
  return typeof given === 'string' ? { file: given, mended: text => text } : { mended: text => text, ...given }
}

/** One system switched on over its extract, landed from a folder of files of the tables' names; staging, and these models with all that they read. */
export async function buildExtract({
  system,
  files,
  settings = {},
  definitions: sections = {},
  models,
}: {
  readonly system: string
  readonly files: ExtractFiles
  readonly settings?: Readonly<Record<string, unknown>>
  /** Sections of the config, as a user writes them; those left out have their defaults. */
  readonly definitions?: Readonly<Record<string, unknown>>
  readonly models: readonly string[]
}): Promise<BuiltExtract> {
  const project = stockProject()
  const definitions: Record<string, unknown> = {}
  for (const { value } of project.definitions.values())
    definitions[value.section] = value.schema.parse(sections[value.section])
  const source = project.sources.get(system)!.value
  const { compiled, problems } = compileProject({
    project,
    dialect: duckdb,
    naming: naming(undefined),
    definitions,
    sources: { [system]: source.settings.parse({ ...settings, folder: landingFolder(system, files) }) },
    exclude: [],
    startedAt: '2026-06-01 12:00:00',
  })
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'))

  const warehouse = await DuckDBWarehouse.open({ path: ':memory:' })
  const session = await warehouse.connect()
  await session.execute('create schema raw; create schema tl_scratch')
  const landed: Record<string, Landed> = {}
  for (const table of compiled.sourceTables.values()) landed[table.tableKey] = await warehouse.land(session, table)

  const graph = graphOf(compiled)
  const staging = [...compiled.models.keys()].filter(name => name.startsWith(`stg_${system}__`))
  const asked = [...models, ...staging]
  const wanted = new Set([...asked, ...ancestors(graph, asked)])
  for (const name of topologicalOrder(graph)) {
    const model = compiled.models.get(name)
    if (model === undefined || model.materialization === 'inline' || !wanted.has(name)) continue
    await session.execute(`create schema if not exists ${model.table.schema}`)
    if (model.materialization === 'view') {
      await session.execute(`create view ${tablePath(model.table)} as ${model.query!.text}`)
      continue
    }
    const scratch = await buildScratch(session, warehouse, model, naming(undefined))
    await session.execute(`create table ${tablePath(model.table)} as select * from ${tablePath(scratch)}`)
  }
  return {
    landed,
    rows: query => {
      const model = compiled.models.get(query)
      if (model === undefined) return session.query(query)
      const relation = model.materialization === 'inline' ? `(${model.query!.text})` : tablePath(model.table)
      return session.query(`select * from ${relation} order by all`)
    },
    close: async () => {
      session.close()
      await warehouse.close()
    },
  }
}

/** A folder with the files under the names that landing looks for, removed when the tests of the file are done. */
function landingFolder(system: string, files: ExtractFiles): string {
  const { folder } = extractOf(system)
  const into = folderOf({})
  for (const [table, given] of Object.entries(files)) {
    const { file, mended } = fileOf(given)
    const path = join(into, `${table}${/[.][^/]*$/.exec(file)![0]}`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, mended(readFileSync(join(folder, file), 'utf8')))
  }
  return into
}
