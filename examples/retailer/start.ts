import { spawnSync } from 'node:child_process'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import color from 'picocolors'
import { generateRetailer, sampleRetailer } from './generate.ts'
import { report } from './report.ts'

const folder = dirname(fileURLToPath(import.meta.url))
const config = relative(process.cwd(), join(folder, 'warehouse.config.yaml'))
const state = join(folder, '.throughline')

console.log(color.bold('A retailer for lamps is made up: twelve weeks of its site, stores, letters, chats and calls'))
const { rawFolder, eventCount, personCount } = await generateRetailer({ ...sampleRetailer, folder: state })
const count = (number: number) => number.toLocaleString('en-GB')
console.log(
  `  ${count(eventCount)} events on the site by ${count(personCount)} people, and the other systems: ${relative(process.cwd(), rawFolder)}\n`,
)

console.log(color.bold(`throughline build --config ${config}`))
const command = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const built = spawnSync(process.execPath, ['--import', 'tsx', command, 'build', '--config', config], {
  stdio: 'inherit',
})
if (built.status !== 0) process.exit(built.status ?? 2)

console.log(`\n${await report(join(state, 'retailer.duckdb'))}\n`)
console.log(color.bold('Where to look next'))
const next = [
  ['the rows behind a number', `npx throughline show journeys --config ${config}`],
  ['where a column comes from', `npx throughline lineage attribution_credits --config ${config}`],
  ['what else is built', `npx throughline ls --config ${config}`],
  ['the SQL of a table', `npx throughline compile --select sessions --config ${config}`],
  ['everything, in your own tool', relative(process.cwd(), join(state, 'retailer.duckdb'))],
  ['what the retailer says about itself', config],
]
for (const [what, how] of next) console.log(`  ${what!.padEnd(36)}${how}`)
