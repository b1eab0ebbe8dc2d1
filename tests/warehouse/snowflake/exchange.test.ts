import { describe, expect, it } from 'vitest'
import { stoppable } from '../../../src/run/stoppable.ts'
import { putBackAside, takePlace } from '../../../src/warehouse/snowflake/exchange.ts'
import { type Row, WarehouseError } from '../../../src/warehouse/warehouse.ts'
import { ScriptedSession } from './scripted-session.ts'

const table = { database: 'd', schema: 's', name: 'orders' }
const fence = { lease: { database: 'd', schema: 'a', name: 'lease' }, runId: 'r1' }

type Fate = 'fails' | 'is stopped' | 'is done, and then the run is stopped' | 'is the last before the process is killed'

/** A schema of named tables and views, whose statement of one number has a fate. */
class NamedThings extends ScriptedSession {
  readonly stop = new AbortController()
  private count = 0
  private isGone = false

  constructor(
    readonly things: Map<string, string>,
    private readonly fate?: { readonly at: number; readonly is: Fate },
  ) {
    super()
  }

  /** How many statements there were. */
  get total(): number {
    return this.count
  }

  override async query(sql: string): Promise<readonly Row[]> {
    if (this.isGone) throw new WarehouseError('the process is gone', { kind: 'connection' })
    const isFated = this.fate?.at === this.count++
    if (isFated && this.fate?.is === 'fails') throw new WarehouseError('it failed', { kind: 'other' })
    if (isFated && this.fate?.is === 'is stopped') {
      this.stop.abort()
      throw new WarehouseError('the statement was stopped', { kind: 'interrupted' })
    }
    const rows = this.carryOut(sql)
    if (isFated && this.fate?.is === 'is done, and then the run is stopped') this.stop.abort()
    if (isFated && this.fate?.is === 'is the last before the process is killed') this.isGone = true
    return rows
  }

  private carryOut(sql: string): readonly Row[] {
    const [, asked] = /^show objects like '(\w+)'/.exec(sql) ?? []
    if (asked !== undefined) {
      const kind = this.things.get(asked.toLowerCase())
      return kind === undefined ? [] : [{ name: asked, kind: kind.toUpperCase(), comment: '', cluster_by: '' }]
    }
    const [, kind, from, to] = /^alter (\w+) d\.s\.(\w+) rename to d\.s\.(\w+)$/.exec(sql) ?? []
    if (kind !== undefined) {
      const found = this.things.get(from!)
      if (found === undefined || this.things.has(to!)) throw new WarehouseError(`refused: ${sql}`, { kind: 'name' })
      this.things.delete(from!)
      this.things.set(to!, found)
    }
    const [, dropped] = /^drop \w+ if exists d\.s\.(\w+)$/.exec(sql) ?? []
    if (dropped !== undefined) this.things.delete(dropped)
    return []
  }
}

const standing = () =>
  new Map([
    ['orders', 'table'],
    ['orders__tl_next', 'view'],
  ])
const exchange = (session: NamedThings) =>
  takePlace(stoppable(session, session.stop.signal), table, { from: 'table', to: 'view' }, fence)

describe('A view that takes the place of a table', () => {
  it('has its name in the end, and the table is gone', async () => {
    const session = new NamedThings(standing())
    await exchange(session)
    expect([...session.things]).toEqual([['orders', 'view']])
  })

  const fates: readonly Fate[] = ['fails', 'is stopped', 'is done, and then the run is stopped']
  it.each(fates)('leaves the name to the one or the other, whichever statement %s', async is => {
    const plain = new NamedThings(standing())
    await exchange(plain)
    for (let at = 0; at < plain.total; at++) {
      const session = new NamedThings(standing(), { at, is })
      await exchange(session).catch(() => undefined)
      expect(session.things.has('orders'), `statement ${at}`).toBe(true)
    }
  })

  it('leaves the table aside where the process is killed in between, and the next build gives it its name back', async () => {
    let putBack = 0
    for (let at = 0; at < 5; at++) {
      const session = new NamedThings(standing(), { at, is: 'is the last before the process is killed' })
      await exchange(session).catch(() => undefined)
      if (session.things.has('orders')) continue
      const next = new NamedThings(session.things)
      expect(await putBackAside(next, table, fence)).toBe(true)
      expect(next.things.get('orders')).toBe('table')
      putBack += 1
    }
    expect(putBack).toBe(1)
  })
})
