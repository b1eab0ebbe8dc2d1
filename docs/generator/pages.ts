import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileProject } from '../../src/compile/compile-project.ts'
import type { CompiledModel } from '../../src/compile/compiled.ts'
import { duckdb } from '../../src/compile/dialect/duckdb.ts'
import { naming } from '../../src/compile/naming.ts'
import { configJsonSchema } from '../../src/config/json-schema.ts'
import * as engine from '../../src/index.ts'
import { describeProblem, type Problem } from '../../src/problems/problem.ts'
import { loadProject } from '../../src/project/load-project.ts'
import { StrippedCache } from '../../src/project/strip-types.ts'
import { configPage } from './config-page.ts'
import type { Schema } from './json-schema.ts'
import { tablePage, tablesIndex } from './table-page.ts'

/** The project's root folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Layers whose tables are not for readers outside the project. */
const unpublished = ['staging', 'seeds']

/** Every generated page of `docs/`, by path from the root: what a test compares with what stands there. */
export function generatedPages(): ReadonlyMap<string, string> {
  const { project, problems } = loadProject([root], engine, new StrippedCache(undefined).strip)
  mustHaveNone(problems)
  const sections = Object.fromEntries(
    [...project.definitions.values()].map(({ value }) => [value.section, value.schema]),
  )
  const systems = [...project.sources.values()]
  const compiled = compileProject({
    project,
    dialect: duckdb,
    naming: naming(undefined),
    definitions: Object.fromEntries(Object.entries(sections).map(([name, schema]) => [name, schema.parse(undefined)])),
    sources: Object.fromEntries(systems.map(({ name, value }) => [name, value.settings.parse(sampleSettings(name))])),
    exclude: [],
    startedAt: '2026-06-01 12:00:00',
  })
  mustHaveNone(compiled.problems)
  const published = [...compiled.compiled.models.values()].filter(isPublished).sort(byLayer)
  const settings = Object.fromEntries(systems.map(({ name, value }) => [name, value.settings]))
  return new Map([
    ['docs/config.md', configPage(configJsonSchema(sections, settings) as Schema)],
    ['docs/tables/README.md', tablesIndex(published)],
    ...published.map(model => [join('docs/tables', `${model.name}.md`), tablePage(model)] as const),
  ])
}

function isPublished({ layer, materialization }: CompiledModel): boolean {
  return materialization !== 'inline' && !unpublished.includes(layer)
}

/** In the order in which the data flows. */
const layers = ['events', 'profiles', 'orders', 'spend', 'journeys', 'attribution', 'funnels', 'kpis']

function byLayer(a: CompiledModel, b: CompiledModel): number {
  const place = ({ layer }: CompiledModel) => (layers.includes(layer) ? layers.indexOf(layer) : layers.length)
  return place(a) - place(b) || (a.name < b.name ? -1 : 1)
}

/** What switches a system on, as a company would write it. */
function sampleSettings(name: string): unknown {
  return name === 'clickstream'
    ? { table: 'raw_web.events', person: 'user_id', event: 'event', time: 'at' }
    : { schema: `raw_${name}` }
}

function mustHaveNone(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'))
}
