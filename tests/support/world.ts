import { fileURLToPath } from 'node:url'
import type { ClickstreamSettings } from '../../sources/clickstream.ts'
import type { CompileInput } from '../../src/compile/compile-input.ts'
import { compileProject } from '../../src/compile/compile-project.ts'
import type { CompiledProject } from '../../src/compile/compiled.ts'
import { duckdb } from '../../src/compile/dialect/duckdb.ts'
import { graphOf } from '../../src/compile/graph-of.ts'
import { naming, tablePath } from '../../src/compile/naming.ts'
import * as engine from '../../src/index.ts'
import { buildScratch } from '../../src/materialize/build-scratch.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { ancestors, topologicalOrder } from '../../src/project/graph.ts'
import { loadProject } from '../../src/project/load-project.ts'
import type { Project } from '../../src/project/project.ts'
import { StrippedCache } from '../../src/project/strip-types.ts'
import type { Row, Session } from '../../src/warehouse/warehouse.ts'
import { inMemory } from './in-memory.ts'

/** One raw row of a world's clickstream, under the raw names that `worldSettings` maps. What is left out is NULL. */
export interface RawEvent {
  readonly event_id?: string
  readonly at: string
  readonly event: string
  readonly user?: string | null
  readonly device?: string | null
  readonly loaded_at?: string | null
  readonly channel?: string | null
  readonly order_id?: string | null
  readonly revenue?: string | null
  readonly currency?: string | null
  readonly country?: string | null
  readonly device_category?: string | null
  readonly page?: string | null
  readonly referrer?: string | null
  readonly utm_source?: string | null
  readonly utm_medium?: string | null
  readonly utm_campaign?: string | null
}

const rawColumns = [
  'event_id',
  'at',
  'event',
  'user',
  'device',
  'loaded_at',
  'channel',
  'order_id',
  'revenue',
  'currency',
  'country',
  'device_category',
  'page',
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
] as const

const worldSettings = {
  table: 'not.read',
  person: 'user',
  event: 'event',
  time: 'at',
  columns: Object.fromEntries(
    rawColumns.filter(name => !['at', 'event', 'user'].includes(name)).map(name => [name, name]),
  ),
} satisfies Readonly<Record<string, unknown>> & { readonly columns: ClickstreamSettings['columns'] }

export interface World {
  readonly session: Session
  readonly compiled: CompiledProject
  /** All rows of a model, or of a query over `schema.table` names. */
  rows(query: string): Promise<readonly Row[]>
}

const root = fileURLToPath(new URL('../..', import.meta.url))
let loaded: Project | undefined
/** The project's own stock layer, loaded once. */
export function stockProject(): Project {
  loaded ??= projectOf([])
  return loaded
}

/** The stock layer under these folders. */
export function projectOf(layers: readonly string[]): Project {
  const { project, problems } = loadProject([...layers, root], engine, new StrippedCache(undefined).strip)
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'))
  return project
}

/** The stock layer compiled for DuckDB with these sections of the config; those left out have their defaults. */
export function compileStock(
  definitions: Readonly<Record<string, unknown>>,
  startedAt = '2026-06-01 12:00:00',
  project = stockProject(),
  otherSources: Readonly<Record<string, unknown>> = {},
): CompiledProject {
  const values: Record<string, unknown> = {}
  for (const { value } of project.definitions.values())
    values[value.section] = value.schema.parse(definitions[value.section])
  const settings = project.sources.get('clickstream')!.value.settings.parse(worldSettings)
  const input: CompileInput = {
    project,
    dialect: duckdb,
    naming: naming(undefined),
    definitions: values,
    sources: { clickstream: settings, ...otherSources },
    exclude: [],
    startedAt,
  }
  const { compiled, problems } = compileProject(input)
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'))
  return compiled
}

/**
 * Builds the stock models over these raw events in a database in memory: all of them, or those of `models` with all that they read.
 * `definitions` are sections of the config as a user writes them.
 */
export async function worldOf(
  events: readonly RawEvent[],
  {
    definitions = {},
    models,
  }: { readonly definitions?: Readonly<Record<string, unknown>>; readonly models?: readonly string[] } = {},
): Promise<World> {
  return builtWorld(compileStock(definitions), [rawTable(events)], models)
}

/** Builds compiled models, all of them or these with all that they read, over raw tables that the statements make in the schema `raw`. */
export async function builtWorld(
  compiled: CompiledProject,
  rawTables: readonly string[],
  models?: readonly string[],
): Promise<World> {
  const { warehouse, session } = await inMemory()
  await session.execute('create schema raw; create schema tl_scratch')
  for (const statement of rawTables) await session.execute(statement)
  const graph = graphOf(compiled)
  const wanted = models === undefined ? undefined : new Set([...models, ...ancestors(graph, models)])
  for (const name of topologicalOrder(graph)) {
    const model = compiled.models.get(name)
    if (model === undefined || model.materialization === 'inline' || (wanted !== undefined && !wanted.has(name)))
      continue
    await session.execute(`create schema if not exists ${model.table.schema}`)
    if (model.materialization === 'view') {
      await session.execute(`create view ${tablePath(model.table)} as ${model.query!.text}`)
      continue
    }
    const scratch = await buildScratch(session, warehouse, model, naming(undefined))
    await session.execute(`create table ${tablePath(model.table)} as select * from ${tablePath(scratch)}`)
  }
  const rows = (query: string): Promise<readonly Row[]> => {
    const model = compiled.models.get(query)
    return session.query(model === undefined ? query : `select * from ${tablePath(model.table)} order by all`)
  }
  return { session, compiled, rows }
}

/** The statement that makes the clickstream's raw table of these rows. */
export function rawTable(events: readonly RawEvent[]): string {
  const types: Readonly<Record<string, string>> = { at: 'timestamp', loaded_at: 'timestamp', revenue: 'decimal(38, 9)' }
  const shape = JSON.stringify([Object.fromEntries(rawColumns.map(name => [name, 'varchar']))])
  const rows = JSON.stringify(
    events.map(event => Object.fromEntries(rawColumns.map(name => [name, event[name] ?? null]))),
  )
  const typed = rawColumns.map(name => `cast(r."${name}" as ${types[name] ?? 'varchar'}) as "${name}"`)
  return `
    create table raw.clickstream__events as
    select ${typed.join(', ')}, sha256(cast(to_json(r) as varchar)) as tl_row_id, row_number() over () as tl_row_number
    from (select unnest(from_json(${duckdb.text(rows)}, ${duckdb.text(shape)})) as r)`
}
