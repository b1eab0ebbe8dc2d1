import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Effects } from '../../../src/cli/effects.ts'
import { throughline } from '../../../src/cli/program.ts'
import { kiosk } from '../../cli/kiosk.ts'
import { effectsOf } from '../../cli/support.ts'
import { folderOf } from '../../support/project.ts'
import { whyNoFakesnow } from './python.ts'
import { serviceErrors } from './server/faults.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'
import { newPlace } from './small-shop.ts'

describe.skipIf(whyNoFakesnow() !== undefined)('A build in Snowflake', () => {
  let server: LocalSnowflake
  beforeAll(async () => {
    server = await startLocalSnowflake({ answerWithinMilliseconds: 200 })
  })
  afterAll(() => server?.close())

  const project = (schema: string) => {
    const target = `{ engine: snowflake, account: local, access_url: "${server.url}", user: ANA, password: secret, warehouse: WH, database: SHOP, schema: ${schema} }`
    const config = kiosk['warehouse.config.yaml']!.replace('targets:\n', `targets:\n  prod: ${target}\n`)
    return { ...kiosk, 'warehouse.config.yaml': config }
  }

  /** The exit code of a build in which Ctrl-C is pressed so long after it has come so far. */
  async function buildStopped(effects: Effects, hasCome: () => boolean, milliseconds: number): Promise<number> {
    let interrupt = (): void => undefined
    const onInterrupt: Effects['onInterrupt'] = stop => {
      interrupt = stop
      return () => undefined
    }
    const watch = setInterval(() => {
      if (!hasCome()) return
      clearInterval(watch)
      setTimeout(() => interrupt(), milliseconds)
    }, 20)
    try {
      return await throughline(['build', '--target', 'prod'], { ...effects, onInterrupt })
    } finally {
      clearInterval(watch)
    }
  }

  it('that is stopped by Ctrl-C cancels what it has running there, says which, and leaves nothing half done', async () => {
    const { effects, told } = effectsOf(folderOf(project('j')))
    server.faults.add({
      fault: { kind: 'slow', milliseconds: 60_000 },
      times: 1,
      body: /create or replace[^"]*tl_scratch\.orders/,
    })
    const slow = () => server.statements().find(({ sql }) => /^create or replace[^"]*tl_scratch\.orders/.test(sql))
    // By then its id is known.
    const exitCode = await buildStopped(effects, () => slow() !== undefined, 1000)
    expect(exitCode).toBe(2)
    expect(slow()).toMatchObject({ state: 'failed', error: { code: '000604' } })
    expect(told.stdout).toContain(`stopping Snowflake query ${slow()!.id}`)
    expect(told.stdout).toContain('the run was stopped before')
    await expect(server.query('select 1 from shop.j_shop.orders')).rejects.toThrow()
    const { rows } = await server.query('select status from shop.j_about.runs')
    expect(rows).toEqual([['cancelled']])
  })

  it('that is stopped while it waits for a table leaves the rows that readers had', async () => {
    const { prefix } = newPlace(server)
    const folder = folderOf(project(prefix))
    const { effects, told } = effectsOf(folder)
    expect(await throughline(['build', '--target', 'prod'], effects), told.stdout + told.stderr).toBe(0)
    const rows = async () => (await server.query(`select * from shop.${prefix}_shop.orders order by 1`)).rows
    const before = await rows()
    writeFileSync(join(folder, 'data/orders.csv'), 'order_id,customer,amount,placed_at\no9,zoe,9,2026-06-01 09:00:00\n')
    const overwrite = new RegExp(`insert overwrite into shop\\.${prefix}_shop\\.orders`)
    server.faults.add({
      fault: { kind: 'failing', ...serviceErrors.lockTimeout },
      times: 1,
      body: overwrite,
    })
    const from = server.statements().length
    const sent = () => server.statements().slice(from)
    // Then it waits for a second at least before it begins the transaction again.
    const exitCode = await buildStopped(effects, () => sent().some(({ sql }) => sql === 'rollback'), 200)
    expect(exitCode, told.stdout + told.stderr).toBe(2)
    expect(sent().filter(({ sql }) => overwrite.test(sql))).toHaveLength(1)
    expect(await rows()).toEqual(before)
    const { rows: statuses } = await server.query(`select status from shop.${prefix}_about.runs order by started_at`)
    expect(statuses.at(-1)).toEqual(['cancelled'])
  })
})
