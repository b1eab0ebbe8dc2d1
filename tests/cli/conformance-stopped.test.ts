import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { colorsFor } from '../../src/cli/colors.ts'
import { buildDoomed } from '../../src/cli/conformance/doomed-build.ts'
import { loadShop } from '../../src/cli/conformance/kit-projects.ts'
import { checkLines, summaryLines } from '../../src/cli/conformance/words.ts'
import { naming } from '../../src/compile/naming.ts'
import { Findings } from '../../src/conformance/findings.ts'
import type { Kit } from '../../src/conformance/kit.ts'
import { Meter } from '../../src/conformance/meter.ts'
import type { KitReport } from '../../src/conformance/report.ts'
import { runKit } from '../../src/conformance/run-kit.ts'
import { checkReaders } from '../../src/conformance/shop/check-readers.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { type Session, WarehouseError } from '../../src/warehouse/warehouse.ts'
import { folderOf } from '../support/project.ts'
import { effectsOf } from './support.ts'

const budget = { bytes: undefined, minutes: 10 }

/** What the checks of DuckDB in memory need; `watch` is told of every session. */
function kitOf(stop: AbortController, watch: (session: Session) => void): Kit {
  let runs = 0
  const kit: Partial<Kit> = {
    engine: 'duckdb',
    open: async () => {
      const warehouse = await DuckDBWarehouse.open({ path: ':memory:' })
      const connect = warehouse.connect.bind(warehouse)
      vi.spyOn(warehouse, 'connect').mockImplementation(async () => {
        const session = await connect()
        watch(session)
        return session
      })
      return warehouse
    },
    naming: place => naming(place),
    threads: 1,
    signal: stop.signal,
    meter: new Meter(budget, stop),
    shopFolder: fileURLToPath(new URL('../../examples/small-shop', import.meta.url)),
    loadShop,
    every: () => () => undefined,
    newRunId: () => {
      runs += 1
      return `run-${runs}`
    },
  }
  return kit as Kit
}

describe('A kit that is stopped', () => {
  test('tells what it had found by then, the differences in its last lines too', async () => {
    const stop = new AbortController()
    let sessions = 0
    const kit = kitOf(stop, session => {
      sessions += 1
      if (sessions === 2)
        vi.spyOn(session, 'query').mockRejectedValueOnce(new WarehouseError('no such thing here', { kind: 'name' }))
    })
    const mustGoOn = kit.meter.mustGoOn.bind(kit.meter)
    let asked = 0
    vi.spyOn(kit.meter, 'mustGoOn').mockImplementation(() => {
      asked += 1
      if (asked === 6) stop.abort()
      mustGoOn()
    })
    const outcome = await runKit(kit, ['core'], { begun: () => undefined, ended: () => undefined })
    const [check] = outcome.checks
    expect(outcome.stoppedBecause).toBe('it was stopped by hand')
    expect(check).toMatchObject({ status: 'stopped', agreed: 3, skipped: [] })
    expect(check!.differences.map(({ got }) => got)).toEqual(['no such thing here'])
    const { effects } = effectsOf('/')
    const colors = colorsFor(effects.stdout, {}, false)
    const lines = checkLines(check!, colors)
    expect(lines.at(-1)).toBe(
      '  stopped, after 3 constructs of the portable core as they should be, 1 not: it was stopped by hand',
    )
    expect(lines.join('\n')).not.toContain('not tried')
    const report = { status: 'stopped', cost: undefined, ...outcome } as KitReport
    expect(summaryLines(report, colors).slice(0, 3)).toEqual([
      '',
      'Stopped before its end: it was stopped by hand',
      'Not as it should be: core',
    ])
  })

  test('kills the build in the other process', { timeout: 30_000 }, async () => {
    const order = {
      target: { name: 'x', engine: 'duckdb', path: ':memory:' },
      folder: join(folderOf({}), 'nowhere'),
      runId: 'run-1',
      threads: 1,
      killAfterEvents: 1_000_000,
      thenMilliseconds: 0,
    } as const
    const env = { ...process.env, NODE_OPTIONS: `--import ${import.meta.resolve('tsx')}` }
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 200)
    // Left alone, it comes to its end: there is nothing to build.
    expect(await buildDoomed(order, env, stop.signal)).toBe('killed')
  })

  test('has no reader left when a build throws while they read', { timeout: 30_000 }, async () => {
    let [isOpen, loads] = [0, 0]
    const kit = kitOf(new AbortController(), session => {
      isOpen += 1
      const close = session.close.bind(session)
      vi.spyOn(session, 'close').mockImplementation(() => {
        isOpen -= 1
        close()
      })
    })
    const failing: Kit = {
      ...kit,
      loadShop: folder => {
        loads += 1
        if (loads > 2) throw new Error('the disk is full')
        return loadShop(folder)
      },
    }
    await expect(checkReaders(failing, new Findings())).rejects.toThrow('the disk is full')
    expect(loads).toBe(3)
    expect(isOpen).toBe(0)
  })
})
