import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { generateRetailer } from '../examples/retailer/generate.ts'
import { measuredCommand } from './measured-command.ts'

// The whole stack over the generated retailer, landing included, against DuckDB copying and sorting the site's events once.
// tsx bench/stack.ts [events, 1000000]

const events = Number(process.argv[2] ?? 1_000_000)
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'throughline-stack-'))
try {
  for (const name of ['warehouse.config.yaml', 'seeds'])
    cpSync(join(root, 'examples/retailer', name), join(folder, name), { recursive: true })
  const startedAt = performance.now()
  await generateRetailer({ seed: 'stack', events, folder: join(folder, '.throughline') })
  console.log(`${events} events made up in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)

  const config = join(folder, 'warehouse.config.yaml')
  const command = ['--import', 'tsx', join(root, 'src/cli/main.ts'), 'build', '--config', config]
  const build = await measuredCommand(process.execPath, command, { cwd: root })
  const sorted = await copiedAndSorted(join(folder, '.throughline/retailer.duckdb'))
  console.log(
    `  throughline build    wall ${build.wallSeconds.toFixed(1)} s   CPU ${build.cpuSeconds.toFixed(1)} s   peak ${build.peakMegabytes} MB`,
  )
  console.log(`  copied and sorted    wall ${sorted.wall.toFixed(1)} s   CPU ${sorted.cpu.toFixed(1)} s`)
  console.log(
    `The build takes ${(build.wallSeconds / sorted.wall).toFixed(1)} times as long; its slowest steps:\n${slowest(build.output)}`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** The landed events into a table of their own, in the order of browser and time. */
async function copiedAndSorted(path: string): Promise<{ readonly wall: number; readonly cpu: number }> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  const startedAt = performance.now()
  const before = process.cpuUsage()
  await connection.run(
    'create table tl_bench as select * from raw.ga4__events order by user_pseudo_id, event_timestamp, tl_row_id',
  )
  const { user, system } = process.cpuUsage(before)
  connection.closeSync()
  instance.closeSync()
  return { wall: (performance.now() - startedAt) / 1000, cpu: (user + system) / 1e6 }
}

function slowest(output: string): string {
  const seconds = (line: string) => Number(/([\d.]+) s( |$)/.exec(line)?.[1] ?? 0)
  const steps = output.split('\n').filter(line => /^\s*\d+\/\d+ +(ok|warn)/.test(line))
  return steps
    .sort((a, b) => seconds(b) - seconds(a))
    .slice(0, 6)
    .join('\n')
}
