import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { kiosk } from '../../cli/kiosk.ts'
import { folderOf } from '../../support/project.ts'

const program = fileURLToPath(new URL('../../cli/bare-main.ts', import.meta.url))
const loader = import.meta.resolve?.('tsx') ?? 'tsx'

/** Makes a process find no package of Google's, as where only Throughline is installed. */
const hooks = `export function resolve(name, context, next) {
  if (!name.startsWith('@google-cloud/')) return next(name, context)
  throw Object.assign(new Error('Cannot find package ' + name), { code: 'ERR_MODULE_NOT_FOUND' })
}`
const dataUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`
const without = dataUrl(`import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hooks))})`)

function run(...args: string[]) {
  const config = kiosk['warehouse.config.yaml']!.replace(
    'targets:\n',
    'targets:\n  prod: { engine: bigquery, project: acme, location: EU, dataset: j }\n',
  )
  const folder = folderOf({ ...kiosk, 'warehouse.config.yaml': config })
  const env = { ...process.env, ORDERS_FILE: 'data/orders.csv', NO_COLOR: '1' }
  const options = { cwd: folder, env, encoding: 'utf8' } as const
  return spawnSync(process.execPath, ['--import', loader, '--import', without, program, ...args], options)
}

describe("Where Google's client is not installed", () => {
  it('a target in DuckDB is built as ever', () => {
    const { status, stdout } = run('build')
    expect(stdout).toContain('Done in')
    expect(status).toBe(0)
  }, 60_000)

  it('a target in BigQuery says how to install it', () => {
    const { status, stderr } = run('build', '--target', 'prod')
    expect(stderr).toContain('the target builds in BigQuery, and the package @google-cloud/bigquery is not installed')
    expect(stderr).toContain('npm install @google-cloud/bigquery@8')
    expect(status).toBe(2)
  }, 60_000)

  it('debug says so as well', () => {
    const { status, stdout } = run('debug', '--target', 'prod')
    expect(stdout).toMatch(/^FAIL {2}client .*is not installed/m)
    expect(status).toBe(1)
  }, 60_000)
})
