import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateRetailer, tinyRetailer } from '../examples/retailer/generate.ts'
import { findGoogleSqlPackage, packageName } from '../src/googlesql/find-package.ts'
import { GoogleSql } from '../src/googlesql/googlesql.ts'
import { type LocalBigQuery, startLocalBigQuery } from '../tests/conformance/bigquery/server/server.ts'
import { measuredCommand } from './measured-command.ts'
import { askedOf } from './requests-asked.ts'

// Requests that a build sends to BigQuery, for a model, by what they are for: the tiny retailer built for the first time and once more in the
// local BigQuery. Each job takes a while there, as it does in Google's, so that none is over before it is asked about.
// tsx bench/requests.ts [a selector, as of throughline build --select]

const root = fileURLToPath(new URL('..', import.meta.url))
const selector = process.argv[2]
const found = findGoogleSqlPackage([join(root, 'tests/conformance/bigquery'), root])
if (found === undefined) {
  console.log(`skipped: ${packageName} is not installed; npm ci --prefix tests/conformance/bigquery installs it`)
} else {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-requests-'))
  const google = await GoogleSql.start(found)
  const server = await startLocalBigQuery({ google })
  try {
    const path = /\/jobs$/
    server.faults.add({ fault: { kind: 'slow-job', asked: 1 }, times: Number.POSITIVE_INFINITY, method: 'POST', path })
    await writeRetailer(folder, server)
    for (const which of ['first', 'second']) {
      const before = { requests: server.requests.length, jobs: server.jobs().length }
      const seconds = await build(folder)
      const requests = server.requests.slice(before.requests)
      report(`The ${which} build`, seconds, askedOf(requests, server.jobs().slice(before.jobs)))
    }
  } finally {
    google.stop()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function writeRetailer(folder: string, { address }: LocalBigQuery): Promise<void> {
  const retailer = join(root, 'examples/retailer')
  const target = `targets:\n  proof: { engine: bigquery, project: proof, location: EU, dataset: journeys, api_endpoint: "${address}" }\n`
  const config = readFileSync(join(retailer, 'warehouse.config.yaml'), 'utf8').replace('targets:\n', target)
  writeFileSync(join(folder, 'warehouse.config.yaml'), config)
  cpSync(join(retailer, 'seeds'), join(folder, 'seeds'), { recursive: true })
  await generateRetailer({ ...tinyRetailer, folder: join(folder, '.throughline') })
}

async function build(folder: string): Promise<number> {
  const selected = selector === undefined ? [] : ['--select', selector]
  const args = ['--import', import.meta.resolve('tsx'), join(root, 'src/cli/main.ts'), 'build', '--target', 'proof']
  const env = { METADATA_SERVER_DETECTION: 'none' }
  return (await measuredCommand(process.execPath, [...args, ...selected], { cwd: folder, env })).wallSeconds
}

function report(title: string, seconds: number, { modelCount, jobCount, lines }: ReturnType<typeof askedOf>): void {
  const kinds = [...new Set(lines.flatMap(({ byKind }) => [...byKind.keys()]))]
  const total = (of: (line: (typeof lines)[number]) => number) => lines.reduce((sum, line) => sum + of(line), 0)
  const requests = total(({ count }) => count)
  const aModel = (count: number) => (count / modelCount).toFixed(1)
  console.log(
    `${title}: ${modelCount} models in ${seconds.toFixed(0)} s, ${requests} requests, ${jobCount} jobs: ${aModel(requests)} requests and ${aModel(jobCount)} jobs a model`,
  )
  const table = [
    ['', ...kinds, 'all', 'a model'],
    ...lines.map(({ purpose, byKind, count }) => [
      purpose,
      ...kinds.map(kind => String(byKind.get(kind) ?? '')),
      String(count),
      aModel(count),
    ]),
    [
      'all',
      ...kinds.map(kind => String(total(({ byKind }) => byKind.get(kind) ?? 0))),
      String(requests),
      aModel(requests),
    ],
  ]
  const widths = table[0]!.map((_, column) => Math.max(...table.map(row => row[column]!.length)))
  for (const [purpose = '', ...counts] of table) {
    const cells = counts.map((cell, index) => cell.padStart(widths[index + 1]!))
    console.log(`  ${purpose.padEnd(widths[0]!)}  ${cells.join('  ')}`)
  }
}
