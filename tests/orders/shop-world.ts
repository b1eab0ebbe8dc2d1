import { fileURLToPath } from 'node:url'
import type { CompileInput } from '../../src/compile/compile-input.ts'
import { compileProject } from '../../src/compile/compile-project.ts'
import { duckdb } from '../../src/compile/dialect/duckdb.ts'
import { naming } from '../../src/compile/naming.ts'
import * as engine from '../../src/index.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { loadProject } from '../../src/project/load-project.ts'
import type { Project } from '../../src/project/project.ts'
import { StrippedCache } from '../../src/project/strip-types.ts'
import type { Row } from '../../src/warehouse/warehouse.ts'
import { inMemory } from '../support/in-memory.ts'
import { folderOf, type TestProject } from '../support/project.ts'
import { runIn } from '../support/run.ts'
import { stockProject } from '../support/world.ts'

/** The stock project under a company's folder that has nothing but exchange rates: lines like `CHF,2026-03-01,1.05`. */
export function projectWithRates(...lines: readonly string[]): Project {
  const folder = folderOf({ 'seeds/exchange_rates.csv': ['currency,rate_date,rate', ...lines, ''].join('\n') })
  const { project, problems } = loadProject([folder, root], engine, new StrippedCache(undefined).strip)
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'))
  return project
}

const root = fileURLToPath(new URL('../..', import.meta.url))

type RawRow = Readonly<Record<string, string | number | boolean | null>>

/** The raw tables of a shop on Shopify, and the clicks on its site. Columns that no row names are empty. */
export interface RawShop {
  readonly clicks?: readonly RawRow[]
  readonly order?: readonly RawRow[]
  readonly order_line?: readonly RawRow[]
  readonly refund?: readonly RawRow[]
  readonly transaction?: readonly RawRow[]
  readonly customer?: readonly RawRow[]
}

const shopTables = ['order', 'order_line', 'refund', 'transaction', 'customer'] as const

const clickColumns = ['event_id', 'at', 'event', 'user', 'order_id', 'revenue', 'currency'] as const

/** Builds and tests the models over a shop and its site, landed from files, with all that they read, in a database in memory. */
export async function shopWorld(
  shop: RawShop,
  {
    definitions,
    models,
    project,
  }: {
    readonly definitions: Readonly<Record<string, unknown>>
    readonly models: readonly string[]
    readonly project?: Project
  },
): Promise<(query: string) => Promise<readonly Row[]>> {
  const { warehouse, session } = await inMemory()
  const { result } = await runIn(warehouse, shopProject(shop, definitions, project), {
    select: models.map(name => `+${name}`),
  })
  const broken = result.results.filter(({ status }) => status === 'error')
  if (broken.length > 0) {
    throw new Error(broken.flatMap(({ name, problems }) => [name, ...problems.map(describeProblem)]).join('\n'))
  }
  return query => session.query(query)
}

/** The stock project compiled over the files of a shop and its site. */
export function shopProject(
  shop: RawShop,
  sections: Readonly<Record<string, unknown>>,
  project = stockProject(),
): TestProject {
  const definitions: Record<string, unknown> = {}
  for (const { value } of project.definitions.values())
    definitions[value.section] = value.schema.parse(sections[value.section])
  const clickstream = project.sources.get('clickstream')!.value
  const shopify = project.sources.get('shopify')!.value
  const columns = (table: string) => Object.keys(shopify.tables[table]!.columns(undefined))
  const folder = folderOf({
    'clicks.csv': csv(clickColumns, shop.clicks ?? []),
    ...Object.fromEntries(shopTables.map(table => [`${table}.csv`, csv(columns(table), shop[table] ?? [])])),
  })
  const input: CompileInput = {
    project,
    dialect: duckdb,
    naming: naming(undefined),
    definitions,
    sources: {
      clickstream: clickstream.settings.parse({
        file: `${folder}/clicks.csv`,
        person: 'user',
        event: 'event',
        time: 'at',
        columns: { event_id: 'event_id', order_id: 'order_id', revenue: 'revenue', currency: 'currency' },
      }),
      shopify: shopify.settings.parse({
        folder,
        without: Object.keys(shopify.tables).filter(table => !(shopTables as readonly string[]).includes(table)),
      }),
    },
    exclude: [],
    startedAt: '2026-06-01 12:00:00',
  }
  const { compiled, problems } = compileProject(input)
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'))
  return { folder, project, compiled, problems, input }
}

function csv(columns: readonly string[], rows: readonly RawRow[]): string {
  const lines = rows.map(row => columns.map(name => row[name] ?? '').join(','))
  return `${[columns.join(','), ...lines].join('\n')}\n`
}
