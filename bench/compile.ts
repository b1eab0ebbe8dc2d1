import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtEngine } from './built-engine.ts'
import { writeDataformModels } from './dataform-models.ts'
import { type Measured, measuredCommand } from './measured-command.ts'
import { writeModels } from './thousand-models.ts'

// Load and compile of generated models in a process of its own, cold, against Dataform's `compile` of the same graph.
// tsx bench/compile.ts [counts, 1000,5000]

const counts = (process.argv[2] ?? '1000,5000').split(',').map(Number)
const peer = fileURLToPath(new URL('dataform', import.meta.url))
if (!existsSync(join(peer, 'node_modules'))) {
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: peer, stdio: 'inherit' })
}
const engine = builtEngine()

for (const count of counts) {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-compile-'))
  try {
    const [ours, theirs] = [join(folder, 'ours'), join(folder, 'theirs')]
    writeModels(ours, count)
    writeDataformModels(theirs, count)
    cpSync(join(peer, 'node_modules/@dataform/core'), join(theirs, 'node_modules/@dataform/core'), { recursive: true })

    const script = fileURLToPath(new URL('measure-loading.mjs', import.meta.url))
    const cache = (run: number) => join(folder, `stripped-${run}.json`)
    const throughline = await least([1, 2, 3], run =>
      measuredCommand(process.execPath, [script, engine, ours, cache(run), 'compile']),
    )
    const dataform = await least(count > 1000 ? [1] : [1, 2], () =>
      measuredCommand(join(peer, 'node_modules/.bin/dataform'), ['compile', theirs, '--json', '--timeout', '600s']),
    )
    const compiled = (JSON.parse(dataform.output) as { tables: unknown[] }).tables.length
    if (compiled !== count) throw new Error(`Dataform compiled ${compiled} tables of ${count}`)

    console.log(`${count} models of 13 columns, from start to end of the process`)
    console.log(line('throughline load + compile', throughline))
    console.log(line('dataform compile', dataform))
    const times = (of: 'wallSeconds' | 'cpuSeconds') => (dataform[of] / throughline[of]).toFixed(1)
    console.log(
      `Dataform takes ${times('wallSeconds')} times as long, and ${times('cpuSeconds')} times the processor\n`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function least(runs: readonly number[], measure: (run: number) => Promise<Measured>): Promise<Measured> {
  const measured: Measured[] = []
  for (const run of runs) measured.push(await measure(run))
  return measured.reduce((a, b) => (a.wallSeconds <= b.wallSeconds ? a : b))
}

function line(what: string, { wallSeconds, cpuSeconds, peakMegabytes }: Measured): string {
  return `  ${what.padEnd(28)} wall ${wallSeconds.toFixed(2).padStart(7)} s   CPU ${cpuSeconds.toFixed(2).padStart(7)} s   peak ${String(peakMegabytes).padStart(5)} MB`
}
