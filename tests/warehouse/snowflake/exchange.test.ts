import { describe, expect, it } from 'vitest'
import { stoppable } from '../../../src/run/stoppable.ts'
import { takePlace } from '../../../src/warehouse/snowflake/exchange.ts'
import { exchanges } from '../../../src/warehouse/snowflake/left-over.ts'
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

  /** The number of the statement from which on another run has the lease. */
  lostFrom = Number.POSITIVE_INFINITY

  /** How many statements there were. */
  get total(): number {
    return this.count
  }

  /** Those that changed something, with their numbers. */
  readonly numbered: (readonly [number: number, sql: string])[] = []

  override get changes(): readonly string[] {
    return this.numbered.map(([, sql]) => sql)
  }

  override async query(sql: string): Promise<readonly Row[]> {
    if (this.isGone) throw new WarehouseError('the process is gone', { kind: 'connection' })
    const number = this.count
    const isFated = this.fate?.at === this.count++
    if (isFated && this.fate?.is === 'fails') throw new WarehouseError('it failed', { kind: 'other' })
    if (isFated && this.fate?.is === 'is stopped') {
      this.stop.abort()
      throw new WarehouseError('the statement was stopped', { kind: 'interrupted' })
    }
    if (/^select \(select cast\(iff\(/.test(sql) && number >= this.lostFrom)
      throw new WarehouseError('run r1 has lost the lease of its target', { kind: 'lease' })
    const rows = this.carryOut(sql)
    if (!/^(show|select)\b/.test(sql)) this.numbered.push([number, sql])
    if (isFated && this.fate?.is === 'is done, and then the run is stopped') this.stop.abort()
    if (isFated && this.fate?.is === 'is the last before the process is killed') this.isGone = true
    return rows
  }

  private carryOut(sql: string): readonly Row[] {
    if (sql === "show objects like '%__TL_%' in schema d.s")
      return [...this.things].flatMap(([name, kind]) =>
        name.includes('__tl_')
          ? [{ name: name.toUpperCase(), kind: kind.toUpperCase(), comment: '', cluster_by: '' }]
          : [],
      )
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

  it('leaves one name or the other where the process is killed, and the next build puts all in order before anything is built', async () => {
    const plain = new NamedThings(standing())
    await exchange(plain)
    const left: string[] = []
    for (let at = 0; at < plain.total; at++) {
      const session = new NamedThings(standing(), { at, is: 'is the last before the process is killed' })
      await exchange(session).catch(() => undefined)
      const stood = session.things.get('orders')
      if (stood === undefined) left.push([...session.things.keys()].join())
      const next = new NamedThings(session.things)
      expect(await exchanges.isLeftAside(next, table)).toBe(session.things.has('orders__tl_aside'))
      const back = await exchanges.putBack(next, [table], fence)
      expect(back, `statement ${at}`).toEqual(stood === undefined ? [table] : [])
      expect([...next.things], `statement ${at}`).toEqual([['orders', stood ?? 'table']])
    }
    expect(left).toEqual(['orders__tl_next,orders__tl_aside'])
  })
})

describe('A run that has lost the lease', () => {
  const withAnothers = () => new NamedThings(standing().set('orders__tl_aside', 'table'))

  it('takes nothing away that the run which has it has put aside, and exchanges nothing', async () => {
    const session = withAnothers()
    session.lostFrom = 0
    await expect(exchange(session)).rejects.toMatchObject({ errorKind: 'lease' })
    expect(session.changes).toEqual([])
    expect([...session.things.keys()]).toEqual(['orders', 'orders__tl_next', 'orders__tl_aside'])
  })

  it('drops nothing after that, whenever it lost it, and leaves the name to the one or the other', async () => {
    const plain = withAnothers()
    await exchange(plain)
    for (let from = 0; from < plain.total; from++) {
      const session = withAnothers()
      session.lostFrom = from
      await exchange(session).catch(() => undefined)
      expect(session.things.has('orders'), `from statement ${from}`).toBe(true)
      // One that was asked for right before is on its way.
      const dropped = session.numbered.filter(([number, sql]) => number > from && sql.startsWith('drop'))
      expect(dropped, `from statement ${from}`).toEqual([])
    }
  })

  it('gives a name back all the same that nothing has', async () => {
    const gone = new NamedThings(new Map([['orders', 'table']]))
    gone.lostFrom = 2
    await expect(exchange(gone)).rejects.toThrow('refused: alter view d.s.orders__tl_next rename')
    expect([...gone.things]).toEqual([['orders', 'table']])
  })

  it('clears nothing away of what a killed exchange left', async () => {
    const session = withAnothers()
    session.lostFrom = 0
    await expect(exchanges.putBack(session, [table], fence)).rejects.toMatchObject({ errorKind: 'lease' })
    expect(session.changes).toEqual([])
  })
})
