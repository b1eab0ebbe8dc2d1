import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AnalyzerBinder } from '../src/check/analyzer-binder.ts'
import { bindProject } from '../src/check/bind.ts'
import { processEffects } from '../src/cli/process-effects.ts'
import { Terminal } from '../src/cli/terminal.ts'
import { openWorkspace } from '../src/cli/workspace.ts'
import { findGoogleSqlPackage, packageName } from '../src/googlesql/find-package.ts'
import { GoogleSql } from '../src/googlesql/googlesql.ts'
import { measuredCommand } from './measured-command.ts'

// How many statements Google's analyzer types in a second, and `check` of the whole project as the retailer has it, on both engines against
// DuckDB alone. The package is that of the conformance tests, or of the project itself; without it nothing is measured.
// tsx bench/googlesql.ts

const root = fileURLToPath(new URL('..', import.meta.url))
const folders = [join(root, 'tests/conformance/bigquery'), root]
const found = findGoogleSqlPackage(folders)
if (found === undefined) {
  console.log(`skipped: ${packageName} is not installed; npm ci --prefix tests/conformance/bigquery installs it`)
} else {
  // Where the package is found from, as a user's project finds it.
  const beside = mkdtempSync(join(folders.find(folder => findGoogleSqlPackage([folder]) !== undefined)!, '.bench-'))
  try {
    writeRetailer(beside)
    await analyzed(beside)
    await checked(beside)
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

/** Every query of the project, as check has it analysed. */
async function analyzed(folder: string): Promise<void> {
  const terminal = new Terminal({ ...processEffects(), cwd: folder }, 'text', false)
  const { compiled } = openWorkspace({ target: 'prod' }, terminal)
  const started = performance.now()
  const google = await GoogleSql.start(found!)
  const startedWithin = performance.now() - started
  try {
    const binder = new AnalyzerBinder(google)
    await bindProject(compiled, binder)
    const before = binder.statementCount
    const warm = performance.now()
    await bindProject(compiled, binder)
    const seconds = (performance.now() - warm) / 1000
    const count = binder.statementCount - before
    console.log(`${packageName} ${found!.version}, ready in ${(startedWithin / 1000).toFixed(2)} s`)
    console.log(
      `  ${count} statements of ${compiled.models.size} models in ${seconds.toFixed(2)} s: ${Math.round(count / seconds)} a second`,
    )
  } finally {
    google.stop()
  }
}

/** `check` in a process of its own, each the best of three. */
async function checked(folder: string): Promise<void> {
  const check = async (target: string) => {
    const args = ['--import', import.meta.resolve('tsx'), join(root, 'src/cli/main.ts'), 'check', '--target', target]
    const runs = []
    for (let run = 0; run < 3; run++) runs.push(await measuredCommand(process.execPath, args, { cwd: folder }))
    return runs.reduce((a, b) => (a.wallSeconds < b.wallSeconds ? a : b))
  }
  const alone = await check('local')
  const both = await check('prod')
  if (!both.output.includes("Google's analyzer")) throw new Error(both.output)
  for (const [name, { wallSeconds, cpuSeconds }] of Object.entries({ 'DuckDB alone': alone, 'both engines': both }))
    console.log(`  check, ${name}   wall ${wallSeconds.toFixed(2)} s   CPU ${cpuSeconds.toFixed(2)} s`)
  const ratio = (of: 'wallSeconds' | 'cpuSeconds') => (both[of] / alone[of]).toFixed(2)
  console.log(
    `check on both engines takes ${ratio('wallSeconds')} times as long, ${ratio('cpuSeconds')} times by processor`,
  )
}

/** The retailer's config with a target in BigQuery; checking needs no data. */
function writeRetailer(folder: string): void {
  const retailer = join(root, 'examples/retailer')
  const target = 'targets:\n  prod: { engine: bigquery, project: acme, location: EU, dataset: journeys }\n'
  const config = readFileSync(join(retailer, 'warehouse.config.yaml'), 'utf8').replace('targets:\n', target)
  writeFileSync(join(folder, 'warehouse.config.yaml'), config)
  cpSync(join(retailer, 'seeds'), join(folder, 'seeds'), { recursive: true })
}
