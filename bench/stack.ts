import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { parseDocument } from 'yaml'
import { generateRetailer } from '../examples/retailer/generate.ts'
import { measuredCommand } from './measured-command.ts'

// The whole stack over the generated retailer, landing included, against DuckDB copying and sorting the site's events once.
// tsx bench/stack.ts [events, 1000000] [DuckDB's memory, like '8 GB'; without it DuckDB's own limit, four fifths of the machine's]

const events = Number(process.argv[2] ?? 1_000_000)
const memoryLimit = process.argv[3]
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'throughline-stack-'))
try {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
  })
  for (const name of ['warehouse.config.yaml', 'seeds'])
    cpSync(join(root, 'examples/retailer', name), join(folder, name), { recursive: true })
  const config = join(folder, 'warehouse.config.yaml')
  if (memoryLimit !== undefined) {
    const written = parseDocument(readFileSync(config, 'utf8'))
    written.setIn(['targets', 'local', 'memory_limit'], memoryLimit)
    writeFileSync(config, String(written))
  }
  const startedAt = performance.now()
  await generateRetailer({ seed: 'stack', events, folder: join(folder, '.throughline') })
  console.log(`${events} events made up in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)

  const ownMemory = join(folder, 'own-memory')
  const preloaded = ['--import', join(root, 'bench/own-memory.mjs')]
  const command = [...preloaded, join(root, 'dist/cli/main.js'), 'build', '--config', config, '--output', 'json']
  const build = await measuredCommand(process.execPath, command, { cwd: root, env: { OWN_MEMORY_FILE: ownMemory } })
  const sorted = await copiedAndSorted(join(folder, '.throughline/retailer.duckdb'), memoryLimit)
  const steps = stepsOf(build.output)
  const landing = steps.filter(({ kind }) => kind === 'source').reduce((sum, { seconds }) => sum + seconds, 0)
  console.log(
    `  throughline build    wall ${build.wallSeconds.toFixed(1)} s   CPU ${build.cpuSeconds.toFixed(1)} s   peak ${build.peakMegabytes} MB, of which Node's own at most ${Math.round(Number(readFileSync(ownMemory, 'utf8')) / 1e6)} MB; DuckDB's limit ${sorted.memoryLimit}`,
  )
  console.log(`  copied and sorted    wall ${sorted.wall.toFixed(1)} s   CPU ${sorted.cpu.toFixed(1)} s`)
  console.log(
    `The build takes ${(build.wallSeconds / sorted.wall).toFixed(1)} times as long, ${(build.cpuSeconds / sorted.cpu).toFixed(1)} times by processor; raw files were landed in ${landing.toFixed(1)} s, steps beside each other counted each. The slowest steps:`,
  )
  for (const { name, seconds } of steps.slice(0, 8)) console.log(`  ${seconds.toFixed(1).padStart(6)} s  ${name}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** The landed events into a table of their own, in the order of browser and time. */
async function copiedAndSorted(
  path: string,
  limit: string | undefined,
): Promise<{
  readonly wall: number
  readonly cpu: number
  readonly memoryLimit: string
}> {
  const instance = await DuckDBInstance.create(path, limit === undefined ? {} : { memory_limit: limit })
  const connection = await instance.connect()
  const settings = await connection.runAndReadAll("select current_setting('memory_limit')")
  const startedAt = performance.now()
  const before = process.cpuUsage()
  await connection.run(
    'create table tl_bench as select * from raw.ga4__events order by user_pseudo_id, event_timestamp, tl_row_id',
  )
  const { user, system } = process.cpuUsage(before)
  connection.closeSync()
  instance.closeSync()
  const wall = (performance.now() - startedAt) / 1000
  return { wall, cpu: (user + system) / 1e6, memoryLimit: String(settings.getRows()[0]?.[0]) }
}

interface Step {
  readonly name: string
  readonly kind: string
  readonly seconds: number
}

/** What a build says as JSON of its steps, the slowest first. */
function stepsOf(output: string): readonly Step[] {
  const told = output
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line) as Readonly<Record<string, unknown>>)
  return told
    .filter(line => line.type === 'node_finished')
    .map(line => line.result as Step)
    .sort((a, b) => b.seconds - a.seconds)
}
