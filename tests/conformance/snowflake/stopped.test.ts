import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { throughline } from '../../../src/cli/program.ts'
import { kiosk } from '../../cli/kiosk.ts'
import { effectsOf } from '../../cli/support.ts'
import { folderOf } from '../../support/project.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

describe.skipIf(whyNoFakesnow() !== undefined)('A build in Snowflake', () => {
  let server: LocalSnowflake
  beforeAll(async () => {
    server = await startLocalSnowflake({ answerWithinMilliseconds: 200 })
  })
  afterAll(() => server?.close())

  it('that is stopped by Ctrl-C cancels what it has running there, says which, and leaves nothing half done', async () => {
    const target = `{ engine: snowflake, account: local, access_url: "${server.url}", user: ANA, password: secret, warehouse: WH, database: SHOP, schema: J }`
    const config = kiosk['warehouse.config.yaml']!.replace('targets:\n', `targets:\n  prod: ${target}\n`)
    const { effects, told } = effectsOf(folderOf({ ...kiosk, 'warehouse.config.yaml': config }))
    server.faults.add({
      fault: { kind: 'slow', milliseconds: 60_000 },
      times: 1,
      body: /create or replace[^"]*tl_scratch\.orders/,
    })
    let interrupt = (): void => undefined
    const onInterrupt: typeof effects.onInterrupt = stop => {
      interrupt = stop
      return () => undefined
    }
    const slow = () => server.statements().find(({ sql }) => /^create or replace[^"]*tl_scratch\.orders/.test(sql))
    const watch = setInterval(() => {
      if (slow() === undefined) return
      clearInterval(watch)
      // By now its id is known.
      setTimeout(() => interrupt(), 1000)
    }, 50)
    const exitCode = await throughline(['build', '--target', 'prod'], { ...effects, onInterrupt })
    clearInterval(watch)
    expect(exitCode).toBe(2)
    expect(slow()).toMatchObject({ state: 'failed', error: { code: '000604' } })
    expect(told.stdout).toContain(`stopping Snowflake query ${slow()!.id}`)
    expect(told.stdout).toContain('the run was stopped before')
    await expect(server.query('select 1 from shop.j_shop.orders')).rejects.toThrow()
    const { rows } = await server.query('select status from shop.j_about.runs')
    expect(rows).toEqual([['cancelled']])
  })
})
