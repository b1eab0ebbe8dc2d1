import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { compileProject } from '../src/compile/compile-project.ts'
import type { CompiledModel } from '../src/compile/compiled.ts'
import { duckdb } from '../src/compile/dialect/duckdb.ts'
import { naming, tablePath } from '../src/compile/naming.ts'
import * as engine from '../src/index.ts'
import { buildScratch } from '../src/materialize/build-scratch.ts'
import { describeProblem } from '../src/problems/problem.ts'
import { loadProject } from '../src/project/load-project.ts'
import { StrippedCache } from '../src/project/strip-types.ts'
import { DuckDBWarehouse } from '../src/warehouse/duckdb/duckdb-warehouse.ts'
import type { Session } from '../src/warehouse/warehouse.ts'

/**
 * How long `identity_components` takes over millions of links, beside two things that no way of finding components can do without or
 * could be hoped to beat: counting the links of every identifier in the same database (one scan and one group-by), and union-find over the
 * same links as plain integers in memory. Compared by processor seconds, which do not depend on who else uses the machine.
 * `npx tsx bench/identity.ts [links]`, five million by default.
 */
export interface Shape {
  readonly name: string
  /** Pairs of whole numbers `a < b`, of about so many links. */
  readonly links: (count: number) => string
}

export const shapes: readonly Shape[] = [
  {
    name: 'people with five identifiers each, seen together in twos',
    links: count => `
      select distinct least(a, b) as a, greatest(a, b) as b
      from (
        select (i // 5) * 5 + cast(hash(i) % 5 as bigint) as a, (i // 5) * 5 + cast(hash(i + ${count}) % 5 as bigint) as b
        from range(${Math.ceil(count * 1.6)}) as r(i)
      )
      where a <> b`,
  },
  { name: 'one chain', links: count => `select i as a, i + 1 as b from range(${count}) as r(i)` },
  { name: 'one star', links: count => `select 0 as a, i + 1 as b from range(${count}) as r(i)` },
  {
    name: 'links at random, as many as identifiers',
    links: count => `
      select distinct least(a, b) as a, greatest(a, b) as b
      from (
        select cast(hash(i) % ${count} as bigint) as a, cast(hash(i + ${count}) % ${count} as bigint) as b
        from range(${count}) as r(i)
      )
      where a <> b`,
  },
]

export interface Measured {
  readonly shape: string
  readonly links: number
  readonly identifiers: number
  readonly components: number
  readonly rounds: number
  readonly took: Time
  /** Counting the links of every identifier. */
  readonly scan: Time
  readonly unionFind: Time
  readonly peakMegabytes: number
}

export interface Time {
  readonly seconds: number
  /** Of all cores together. */
  readonly processorSeconds: number
}

/** Throws where the components are not those of union-find. */
export async function measure(shape: Shape, count: number): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-identity-'))
  const path = join(folder, 'identity.duckdb')
  try {
    await makeLinks(path, shape.links(count))
    const expected = await unionFind(path)
    const warehouse = await DuckDBWarehouse.open({ path, memoryLimitBytes: 4e9, threads: 2 })
    const session = await warehouse.connect()
    const scanned = await timed(() => session.execute(`create table scanned as ${scan}`))
    let rounds = -1
    const counting: Session = {
      begin: purpose => session.begin(purpose),
      costs: () => session.costs(),
      execute: statement => session.execute(statement),
      change: statement => session.change(statement),
      describe: statement => session.describe(statement),
      transaction: statements => session.transaction(statements),
      interrupt: () => session.interrupt(),
      close: () => session.close(),
      query: statement => {
        rounds += 1
        return session.query(statement)
      },
    }
    const memory = watchMemory()
    const model = compiled('identity_components')
    const took = await timed(() => buildScratch(counting, warehouse, model, naming(undefined)))
    const peakMegabytes = memory.peak()
    const [found] = await session.query(summary(tablePath(naming(undefined).scratch(model.name))))
    session.close()
    await warehouse.close()
    const is = JSON.stringify([found!.identifiers, found!.components, Number(found!.squares)])
    const shouldBe = JSON.stringify([expected.identifiers, expected.components, expected.squares])
    if (is !== shouldBe) throw new Error(`${shape.name}: found ${is}, and union-find ${shouldBe}`)
    return {
      shape: shape.name,
      links: expected.links,
      identifiers: expected.identifiers,
      components: expected.components,
      rounds,
      took,
      scan: scanned,
      unionFind: expected.took,
      peakMegabytes,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * How long `identity_territories` takes where every component has two user ids: people of five identifiers, in twos, whom one link joins.
 * Throws where an identifier is with another's user id that is not as near.
 */
export async function measureTerritories(count: number) {
  const warehouse = await DuckDBWarehouse.open({ path: ':memory:', memoryLimitBytes: 4e9, threads: 2 })
  const session = await warehouse.connect()
  try {
    await session.execute('create schema profiles; create schema tl_scratch')
    // A star around the first of each five, which is the user id, and a link from the last of one five to the last of the next.
    await session.execute(`
      create table numbered as
      select i - i % 5 as a, i as b from range(${count}) as r(i) where i % 5 <> 0
      union all
      select i as a, i + 5 as b from range(${count}) as r(i) where i % 10 = 4 and i + 5 < ${count}`)
    const kind = (node: string) => `case when ${node} % 5 = 0 then 'user_id' else 'cookie_id' end`
    await session.execute(`
      create table profiles.link_candidates as
      select least(sha256(a::varchar), sha256(b::varchar)) as identifier_id_a,
        greatest(sha256(a::varchar), sha256(b::varchar)) as identifier_id_b, 'same_event' as rule, null::varchar as inactive_reason
      from numbered`)
    await session.execute(`
      create table profiles.identifiers as
      select sha256(i::varchar) as identifier_id, i::varchar as identifier_value, ${kind('i')} as identifier_kind
      from range(${count}) as r(i)`)
    await session.execute('create table profiles.identifier_sets (identifier_id varchar, set_id varchar)')
    await session.execute(`
      create table profiles.identity_components as
      select sha256(i::varchar) as identifier_id, sha256((i - i % 10)::varchar) as component_id from range(${count}) as r(i)`)
    const model = compiled('identity_territories')
    const took = await timed(() => buildScratch(session, warehouse, model, naming(undefined)))
    const [found] = await session.query(`
      select count(*) as identifiers, count(*) filter (where t.seed_id <> sha256((i - i % 5)::varchar)) as astray
      from range(${count}) as r(i)
      inner join ${tablePath(naming(undefined).scratch(model.name))} as t on t.identifier_id = sha256(i::varchar)`)
    if (found!.astray !== 0) throw new Error(`${found!.astray} identifiers are not with the user id that is nearest`)
    return { identifiers: Number(found!.identifiers), took }
  } finally {
    session.close()
    await warehouse.close()
  }
}

const scan = `
  select node, count(*) as link_count
  from (
    select identifier_id_a as node from profiles.link_candidates
    union all
    select identifier_id_b from profiles.link_candidates
  )
  group by node`

const summary = (table: string) => `
  select sum(size) as identifiers, count(*) as components, sum(size * size) as squares
  from (select component_id, count(*) as size from ${table} group by component_id)`

async function makeLinks(path: string, links: string): Promise<void> {
  const warehouse = await DuckDBWarehouse.open({ path })
  const session = await warehouse.connect()
  await session.execute('create schema profiles; create schema tl_scratch')
  await session.execute(`create table numbered as ${links}`)
  await session.execute(`
    create table profiles.link_candidates as
    select least(sha256(a::varchar), sha256(b::varchar)) as identifier_id_a,
      greatest(sha256(a::varchar), sha256(b::varchar)) as identifier_id_b, null::varchar as inactive_reason
    from numbered`)
  session.close()
  await warehouse.close()
}

function compiled(name: string): CompiledModel {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const { project, problems } = loadProject([root], engine, new StrippedCache(undefined).strip)
  const definitions: Record<string, unknown> = {}
  for (const { value } of project.definitions.values()) definitions[value.section] = value.schema.parse(undefined)
  const { compiled: all, problems: more } = compileProject({
    project,
    dialect: duckdb,
    naming: naming(undefined),
    definitions,
    sources: {},
    exclude: [],
    startedAt: '2026-06-01 12:00:00',
  })
  const model = all.models.get(name)
  if (model === undefined) throw new Error([...problems, ...more].map(describeProblem).join('\n'))
  return model
}

/** The components by union-find with path halving and union by size, over the links as integers; reading them is not counted. */
async function unionFind(path: string) {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  const [row] = (await connection.runAndReadAll('select count(*)::integer, max(b)::integer from numbered')).getRows()
  const [links, last] = row as [number, number]
  const lefts = new Int32Array(links)
  const rights = new Int32Array(links)
  const stream = await connection.stream('select a::integer, b::integer from numbered')
  let place = 0
  for (let chunk = await stream.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await stream.fetchChunk()) {
    lefts.set(chunk.getColumnValues(0) as number[], place)
    rights.set(chunk.getColumnValues(1) as number[], place)
    place += chunk.rowCount
  }
  connection.closeSync()
  instance.closeSync()

  const parents = new Int32Array(last + 1).fill(-1)
  const sizes = new Int32Array(last + 1)
  const root = (node: number): number => {
    let at = node
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!
      at = parents[at]!
    }
    return at
  }
  const took = await timed(async () => {
    for (let link = 0; link < links; link++) {
      for (const node of [lefts[link]!, rights[link]!]) {
        if (parents[node] !== -1) continue
        parents[node] = node
        sizes[node] = 1
      }
      const left = root(lefts[link]!)
      const right = root(rights[link]!)
      if (left === right) continue
      const [greater, lesser] = sizes[left]! < sizes[right]! ? [right, left] : [left, right]
      parents[lesser] = greater
      sizes[greater]! += sizes[lesser]!
    }
  })

  let identifiers = 0
  let components = 0
  let squares = 0
  for (let node = 0; node <= last; node++) {
    if (parents[node] === -1) continue
    identifiers += 1
    if (parents[node] !== node) continue
    components += 1
    squares += sizes[node]! ** 2
  }
  return { links, identifiers, components, squares, took }
}

async function timed(work: () => Promise<unknown>): Promise<Time> {
  const startedAt = performance.now()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { seconds: (performance.now() - startedAt) / 1000, processorSeconds: (user + system) / 1e6 }
}

function watchMemory(): { readonly peak: () => number } {
  let peak = 0
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  const timer = setInterval(look, 50)
  return {
    peak: () => {
      look()
      clearInterval(timer)
      return Math.round(peak / 1e6)
    },
  }
}

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 5_000_000)
  for (const shape of shapes) {
    const m = await measure(shape, count)
    const told = ({ processorSeconds }: Time) =>
      `${(m.took.processorSeconds / processorSeconds).toFixed(1)} times (${processorSeconds.toFixed(1)} s)`
    console.log(
      `${m.shape}: ${m.links} links, ${m.identifiers} identifiers, ${m.components} components: ${m.rounds} rounds, ` +
        `${m.took.processorSeconds.toFixed(1)} processor seconds (${m.took.seconds.toFixed(1)} s by the clock), ${m.peakMegabytes} MB; ` +
        `${told(m.scan)} one scan and group-by, ${told(m.unionFind)} union-find in memory`,
    )
  }
  const { identifiers, took } = await measureTerritories(count)
  console.log(
    `people of five identifiers, each linked with another person: ${identifiers} identifiers find the nearest user id in ` +
      `${took.processorSeconds.toFixed(1)} processor seconds (${took.seconds.toFixed(1)} s by the clock)`,
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
