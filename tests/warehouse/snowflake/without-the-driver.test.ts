import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { kiosk } from '../../cli/kiosk.ts'
import { typeBare } from '../../cli/support.ts'
import { folderOf } from '../../support/project.ts'

const program = fileURLToPath(new URL('../../cli/bare-main.ts', import.meta.url))
const loader = import.meta.resolve?.('tsx') ?? 'tsx'

/** Makes a process find no driver, as where only Throughline is installed. */
const hooks = `export function resolve(name, context, next) {
  if (!name.startsWith('snowflake-sdk')) return next(name, context)
  throw Object.assign(new Error('Cannot find package ' + name), { code: 'ERR_MODULE_NOT_FOUND' })
}`
const dataUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`
const without = dataUrl(`import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hooks))})`)

const configFor = (url: string) =>
  kiosk['warehouse.config.yaml']!.replace(
    'targets:\n',
    `targets:\n  prod: { engine: snowflake, account: acme-prod, oauth_token: t0ken, database: SHOP, schema: J, access_url: "${url}" }\n`,
  )

function runWithout(...args: string[]) {
  const folder = folderOf({ ...kiosk, 'warehouse.config.yaml': configFor('http://127.0.0.1:9') })
  const env = { ...process.env, ORDERS_FILE: 'data/orders.csv', NO_COLOR: '1' }
  const options = { cwd: folder, env, encoding: 'utf8' } as const
  return spawnSync(process.execPath, ['--import', loader, '--import', without, program, ...args], options)
}

describe("Where Snowflake's driver is not installed", () => {
  it('a target in DuckDB is built as ever', () => {
    const { status, stdout } = runWithout('build')
    expect(stdout).toContain('Done in')
    expect(status).toBe(0)
  }, 60_000)

  it('a target in Snowflake says how to install it', () => {
    const { status, stderr } = runWithout('build', '--target', 'prod')
    expect(stderr).toContain('the target builds in Snowflake, and the package snowflake-sdk is not installed')
    expect(stderr).toContain('npm install snowflake-sdk@3')
    expect(status).toBe(2)
  }, 60_000)
})

describe("Where Snowflake's driver is installed", () => {
  it('it writes no log, and nothing of its own to the console', async () => {
    const refusal = { success: false, code: '390303', message: 'Invalid OAuth access token.', data: null }
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(refusal))
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const folder = folderOf({ ...kiosk, 'warehouse.config.yaml': configFor(`http://127.0.0.1:${port}`) })
    const { stdout, stderr, exitCode } = await typeBare(folder, ['debug', '--target', 'prod'])
    server.close()
    expect(stdout).toMatch(/^FAIL {2}sign-in +OAuth token: Invalid OAuth access token\.$/m)
    expect(stderr).toBe('')
    expect(exitCode).toBe(1)
    expect(readdirSync(folder)).not.toContain('snowflake.log')
  }, 60_000)
})
