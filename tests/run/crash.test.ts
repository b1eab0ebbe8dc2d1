import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, type TestContext, vi } from 'vitest'
import { kiosk, kioskAlone } from '../cli/kiosk.ts'
import { rowsIn, typeBare } from '../cli/support.ts'
import { folderOf } from '../support/project.ts'

const customers =
  'select customer, order_count, cast(amount as varchar) as amount from shop.customers order by customer'
const tables = "select schema_name || '.' || table_name as name from duckdb_tables() order by 1"
const build = ['build', ...kioskAlone]

/** Orders of many more customers than there were. */
function manyOrders(count: number): string {
  const rows = Array.from(
    { length: count },
    (_, number) => `m${number},customer number ${number},1.50,2026-05-01 10:00:00`,
  )
  return `order_id,customer,amount,placed_at\n${rows.join('\n')}\n`
}

// Each starts several processes, on machines that have other things to do.
vi.setConfig({ testTimeout: 120_000 })

describe('A build that is killed', () => {
  it('at whatever line it stands, leaves whole tables, and the same command then ends as if nothing had been', async () => {
    const clean = folderOf(kiosk)
    expect(await typeBare(clean, build)).toMatchObject({ exitCode: 0 })
    const folder = folderOf(kiosk)
    const database = join(folder, 'kiosk.duckdb')
    let killedRuns = 0
    for (const lineNumber of [2, 4, 5, 6, 7]) {
      let lines = 0
      const killed = await typeBare(folder, build, (text, kill) => {
        lines += text.split('\n').length - 1
        if (lines >= lineNumber) kill('SIGKILL')
      })
      // The last lines may all be out before the signal arrives.
      expect([-1, 0]).toContain(killed.exitCode)
      if (killed.exitCode === -1) killedRuns += 1
      for (const { name } of (await rowsIn(database, tables)).filter(({ name }) => String(name).startsWith('shop.'))) {
        const [row] = await rowsIn(database, `select count(*) as row_count from ${name}`)
        expect(Number(row?.row_count), `${name} after line ${lineNumber}`).toBeGreaterThan(0)
      }
    }
    expect(killedRuns).toBeGreaterThanOrEqual(2)
    expect(await typeBare(folder, build)).toMatchObject({ exitCode: 0 })
    expect(await rowsIn(database, customers)).toEqual(await rowsIn(join(clean, 'kiosk.duckdb'), customers))
    expect(await rowsIn(database, tables)).toEqual(await rowsIn(join(clean, 'kiosk.duckdb'), tables))
  })
})

/** Takes minutes. */
const slow = `
import { integer, model, rows, sql } from 'throughline'

const many = rows({ n: integer('A number') }, Array.from({ length: 300 }, (_, n) => ({ n })))

export const slow = model({
  description: 'Takes minutes.',
  grain: ['total'],
  columns: { total: integer('A sum') },
  materialize: { kind: 'table' },
  query: () => sql\`
    select cast(sum(a.n * b.n - c.n * d.n) as bigint) as total
    from \${many} as a cross join \${many} as b cross join \${many} as c cross join \${many} as d
  \`,
})
`

describe('A build that was killed', () => {
  it('is gone on with by retry, with its clock, whatever the run before it was', async () => {
    const folder = folderOf(kiosk)
    expect(await typeBare(folder, ['build'])).toMatchObject({ exitCode: 0 })
    const slowModel = join(folder, 'models/shop/slow.ts')
    writeFileSync(slowModel, slow)
    let begun = ''
    await typeBare(folder, ['build'], (text, kill) => {
      begun += text
      if (/as of .* UTC/.test(begun)) kill('SIGKILL')
    })
    rmSync(slowModel)
    const clock = /as of (.*) UTC/.exec(begun)![1]
    const retry = await typeBare(folder, ['retry'])
    expect(retry).toMatchObject({ exitCode: 0, stderr: '' })
    expect(retry.stdout).toContain(`5 steps, 4 at a time, as of ${clock} UTC`)
    expect((await typeBare(folder, ['retry'])).stdout).toMatch(/^Nothing to retry/)
  })
})

describe('A database that another process has', () => {
  it('is told with that process, and nothing is built', async () => {
    const folder = folderOf(kiosk)
    const database = join(folder, 'kiosk.duckdb')
    const hold = `
      const { DuckDBInstance } = await import('@duckdb/node-api')
      await DuckDBInstance.create(${JSON.stringify(database)})
      console.log('held')
      setTimeout(() => undefined, 60_000)`
    const other = spawn(process.execPath, ['--input-type=module', '-e', hold], { cwd: process.cwd() })
    try {
      await new Promise(resolve => other.stdout.once('data', resolve))
      const { exitCode, stderr, stdout } = await typeBare(folder, build)
      expect(exitCode).toBe(2)
      expect(stdout + stderr).toContain(`kiosk.duckdb is in use by another process (PID ${other.pid})`)
      expect(stdout + stderr).toContain('one build at a time writes a DuckDB file')
    } finally {
      other.kill('SIGKILL')
    }
  })
})

describe('A disk', () => {
  const mounted: string[] = []
  afterEach(() => {
    for (const folder of mounted.splice(0)) execFileSync('umount', ['-l', folder])
  })

  /** A small disk at `disk/` of a kiosk whose database is there; skips where this user may not mount one. */
  function kioskOnDisk(context: TestContext, options: string): string {
    const folder = folderOf({
      ...kiosk,
      'warehouse.config.yaml': kiosk['warehouse.config.yaml']!.replace(
        'path: kiosk.duckdb, publish_to: readers/kiosk.duckdb',
        'path: disk/kiosk.duckdb',
      ),
    })
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk], { stdio: 'ignore' })
      mounted.push(disk)
    } catch {
      context.skip(true, 'this user may not mount a small disk')
    }
    return folder
  }

  it('that cannot be written is told with what is needed', async context => {
    const { exitCode, stderr } = await typeBare(kioskOnDisk(context, 'ro'), build)
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/cannot open .*disk\/kiosk\.duckdb: /)
    expect(stderr).toContain('the folder must exist or be creatable and be writable by this user')
  })

  it('that is full keeps what was published; it is said what to do, and a build goes on when there is room', async context => {
    const folder = kioskOnDisk(context, 'size=8m')
    const disk = join(folder, 'disk')
    const database = join(disk, 'kiosk.duckdb')
    expect(await typeBare(folder, build)).toMatchObject({ exitCode: 0 })
    const before = await rowsIn(database, customers)
    expect(before.length).toBeGreaterThan(0)

    writeFileSync(join(folder, 'data/orders.csv'), manyOrders(400_000))
    const full = await typeBare(folder, build)
    expect(full.exitCode).toBe(1)
    expect(full.stdout + full.stderr).toContain('make room on the disk')
    expect(await rowsIn(database, customers)).toEqual(before)

    execFileSync('mount', ['-o', 'remount,size=400m', disk])
    expect(await typeBare(folder, build)).toMatchObject({ exitCode: 0 })
    expect(await rowsIn(database, 'select count(*) as row_count from shop.customers')).toEqual([{ row_count: 400_000 }])
  })
})
