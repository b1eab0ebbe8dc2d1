import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { compileProject } from '../src/compile/compile-project.ts'
import { duckdb } from '../src/compile/dialect/duckdb.ts'
import { naming } from '../src/compile/naming.ts'
import * as engine from '../src/index.ts'
import { loadProject } from '../src/project/load-project.ts'
import { StrippedCache } from '../src/project/strip-types.ts'
import { runProject } from '../src/run/run-project.ts'
import { DuckDBWarehouse } from '../src/warehouse/duckdb/duckdb-warehouse.ts'
import { type Recorded, recording } from './recorded.ts'
import { writeModels } from './thousand-models.ts'

// What the engine adds to each model of a build, over the same statements sent straight to DuckDB on one connection.
// tsx bench/overhead.ts [models, 200]

const count = Number(process.argv[2] ?? 200)
const folder = mkdtempSync(join(tmpdir(), 'throughline-overhead-'))
try {
  writeModels(folder, count)
  const { project, problems } = loadProject([folder], engine, new StrippedCache(undefined).strip)
  const clock = { startedAt: '2026-06-01 12:00:00', exclude: [], definitions: {}, sources: {} }
  const compiled = compileProject({ project, dialect: duckdb, naming: naming(undefined), ...clock })
  const wrong = [...problems, ...compiled.problems][0]
  if (wrong) throw new Error(wrong.message)
  const tests = [...compiled.compiled.models.values()].reduce((sum, { tests }) => sum + tests.length, 0)

  const builds = []
  const replays = []
  let statements = 0
  for (const round of [1, 2, 3]) {
    const recorded: Recorded[] = []
    builds.push(await built(compiled.compiled, join(folder, `built-${round}.duckdb`), recorded))
    replays.push(await replayed(recorded, join(folder, `replayed-${round}.duckdb`)))
    statements = recorded.reduce((sum, { statements }) => sum + statements.length, 0)
  }
  const [build, replay] = [least(builds), least(replays)]
  const overhead = (of: keyof Took) => ((build[of] - replay[of]) * 1000) / count
  console.log(`${count} models, ${tests} tests, ${statements} statements, one at a time`)
  console.log(`  throughline build           wall ${build.wall.toFixed(2)} s   CPU ${build.cpu.toFixed(2)} s`)
  console.log(`  the same sent to DuckDB     wall ${replay.wall.toFixed(2)} s   CPU ${replay.cpu.toFixed(2)} s`)
  console.log(
    `The engine adds ${overhead('wall').toFixed(1)} ms a model (${overhead('cpu').toFixed(1)} ms of processor), ${(build.wall / replay.wall).toFixed(2)} times in all; ` +
      `its memory at the end ${Math.round(process.memoryUsage.rss() / 1e6)} MB, of which Node's own ${Math.round((process.memoryUsage().heapUsed + process.memoryUsage().external) / 1e6)} MB`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

interface Took {
  readonly wall: number
  readonly cpu: number
}

async function built(
  compiled: ReturnType<typeof compileProject>['compiled'],
  path: string,
  into: Recorded[],
): Promise<Took> {
  const warehouse = await DuckDBWarehouse.open({ path })
  const took = await timed(async () => {
    const result = await runProject({
      runId: 'bench',
      owner: 'bench',
      every: () => () => undefined,
      command: 'build',
      startedAt: '2026-06-01 12:00:00',
      target: 'local',
      compiled,
      naming: naming(undefined),
      warehouse: recording(warehouse, into),
      selected: new Set(compiled.models.keys()),
      dataTests: new Set(),
      unitTests: [],
      threads: 1,
      failFast: true,
      storeFailures: undefined,
      signal: new AbortController().signal,
      emit: () => {},
    })
    const failed = result.results.find(({ status }) => status !== 'success')
    if (failed) throw new Error(`${failed.name}: ${failed.status}`)
  })
  await warehouse.close()
  return took
}

async function replayed(recorded: readonly Recorded[], path: string): Promise<Took> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  const took = await timed(async () => {
    for (const { statements, isTransaction } of recorded) {
      if (isTransaction) await connection.run('begin')
      for (const statement of statements) await (await connection.run(statement)).getRows()
      if (isTransaction) await connection.run('commit')
    }
  })
  connection.closeSync()
  instance.closeSync()
  return took
}

async function timed(work: () => Promise<unknown>): Promise<Took> {
  const startedAt = performance.now()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { wall: (performance.now() - startedAt) / 1000, cpu: (user + system) / 1e6 }
}

function least(took: readonly Took[]): Took {
  return took.reduce((a, b) => (a.wall <= b.wall ? a : b))
}
