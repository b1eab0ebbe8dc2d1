import { spawnSync } from 'node:child_process'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import color from 'picocolors'
import { generateShop, sampleShop } from './generate.ts'
import { report } from './report.ts'

const folder = dirname(fileURLToPath(import.meta.url))
const config = relative(process.cwd(), join(folder, 'warehouse.config.yaml'))
const state = join(folder, '.throughline')

console.log(color.bold('A small shop for lamps is made up: its visitors, campaigns and orders of one summer'))
const { file, rowCount } = await generateShop({ ...sampleShop, folder: join(state, 'raw') })
console.log(`  ${rowCount.toLocaleString('en-GB')} rows in ${relative(process.cwd(), file)}\n`)

console.log(color.bold(`throughline build --config ${config}`))
const command = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const built = spawnSync(process.execPath, ['--import', 'tsx', command, 'build', '--config', config], {
  stdio: 'inherit',
})
if (built.status !== 0) process.exit(built.status ?? 2)

console.log(`\n${await report(join(state, 'shop.duckdb'))}\n`)
console.log(color.bold('Where to look next'))
const next = [
  ['the rows behind a number', `npx throughline show kpis --config ${config}`],
  ['where a column comes from', `npx throughline lineage attribution_credits --config ${config}`],
  ['what else is built', `npx throughline ls --config ${config}`],
  ['the SQL of a table', `npx throughline compile --select sessions --config ${config}`],
  ['everything, in your own tool', relative(process.cwd(), join(state, 'shop.duckdb'))],
  ['what the shop says about itself', config],
]
for (const [what, how] of next) console.log(`  ${what!.padEnd(34)}${how}`)
