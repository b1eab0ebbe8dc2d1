import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { compileProject } from '../../src/compile/compile-project.ts'
import { duckdb } from '../../src/compile/dialect/duckdb.ts'
import { graphOf } from '../../src/compile/graph-of.ts'
import { naming, tablePath } from '../../src/compile/naming.ts'
import { buildScratch } from '../../src/materialize/build-scratch.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { ancestors, topologicalOrder } from '../../src/project/graph.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import type { Row } from '../../src/warehouse/warehouse.ts'
import { stockProject } from '../support/world.ts'

export interface BuiltFile {
  readonly rawRows: number
  rows(query: string): Promise<readonly Row[]>
  close(): Promise<void>
}

/** An example project's config over a file of events: the file as it is, landed, and these models with all that they read. */
export async function buildFile(example: string, file: string, models: readonly string[]): Promise<BuiltFile> {
  const config = parse(
    readFileSync(fileURLToPath(new URL(`../../examples/${example}/warehouse.config.yaml`, import.meta.url)), 'utf8'),
  )
  const project = stockProject()
  const definitions: Record<string, unknown> = {}
  for (const { value } of project.definitions.values()) {
    definitions[value.section] = value.schema.parse(config[value.section])
  }
  const source = project.sources.get('clickstream')!.value
  const { compiled, problems } = compileProject({
    project,
    dialect: duckdb,
    naming: naming(undefined),
    definitions,
    sources: { clickstream: source.settings.parse({ ...config.sources.clickstream, file }) },
    exclude: [],
    startedAt: '2026-06-01 12:00:00',
  })
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'))

  const warehouse = await DuckDBWarehouse.open({ path: ':memory:' })
  const session = await warehouse.connect()
  await session.execute('create schema raw; create schema tl_scratch')
  const { rowCount } = await warehouse.land(session, compiled.sourceTables.get('clickstream.events')!)
  const graph = graphOf(compiled)
  const wanted = new Set([...models, ...ancestors(graph, models)])
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
    rawRows: rowCount,
    rows: query => session.query(query),
    close: async () => {
      session.close()
      await warehouse.close()
    },
  }
}
