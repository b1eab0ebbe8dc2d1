import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { type Answer, Connection, type Sent } from '../../../src/warehouse/snowflake/connection.ts'
import type { Connections } from '../../../src/warehouse/snowflake/connections.ts'
import type { Driver } from '../../../src/warehouse/snowflake/driver.ts'
import { SnowflakeError } from '../../../src/warehouse/snowflake/errors.ts'
import { SnowflakeSession } from '../../../src/warehouse/snowflake/session.ts'

/** Connections whose statements fail as `failing` says, and what happened to them, pauses among it. */
function bench(
  failing: (sql: string) => string | undefined,
  { warehouse, ownWarehouse }: { readonly warehouse?: string | undefined; readonly ownWarehouse: string | null } = {
    warehouse: 'WH',
    ownWarehouse: null,
  },
) {
  const did: string[] = []
  let made = 0
  const connect = (): Connection => {
    made += 1
    const name = `c${made}`
    let isUp = true
    return {
      warehouse: undefined,
      get isUp() {
        return isUp
      },
      abandon: () => {
        isUp = false
        did.push(`abandon ${name}`)
      },
      send: async ({ sql }: Sent) => {
        did.push(`${name} ${sql}`)
        const code = failing(sql)
        if (code !== undefined) throw new SnowflakeError('it failed', code, undefined, undefined, undefined)
        async function* rows() {
          yield { name: ownWarehouse }
        }
        return { queryId: '01', columns: [], changedCount: 0, rowCount: 0, rows } as unknown as Answer
      },
    } as unknown as Connection
  }
  const wait = async (milliseconds: number) => {
    did.push(`wait ${milliseconds}`)
    failing(`wait ${milliseconds}`)
  }
  const connections = {
    settings: { warehouse, models: { orders: { warehouse: 'BIG_WH' } } },
    retries: { wait, random: () => 1 },
    renew: async () => connect(),
  } as unknown as Connections
  return { session: new SnowflakeSession(connections, connect()), did }
}

describe('A session of Snowflake', () => {
  it('whose network is gone in a transaction is given up with what it has open, and the next statement has a new one', async () => {
    const { session, did } = bench(sql => (sql === 'second' ? '401001' : undefined))
    await expect(session.transaction(['first', 'second'])).rejects.toMatchObject({ errorKind: 'connection' })
    await session.execute('after')
    expect(did).toEqual(['c1 begin', 'c1 first', 'c1 second', 'abandon c1', 'c2 after'])
  })

  it('that cannot undo a transaction is given up, too', async () => {
    const { session, did } = bench(sql => ({ second: '100038', rollback: '401001' })[sql])
    await expect(session.transaction(['first', 'second'])).rejects.toMatchObject({ errorKind: 'data' })
    await session.execute('after')
    expect(did).toEqual(['c1 begin', 'c1 first', 'c1 second', 'c1 rollback', 'abandon c1', 'c2 after'])
  })

  it('computes in the warehouse of its model, and goes back to that of all', async () => {
    const { session, did } = bench(() => undefined)
    session.begin({ runId: 'r', node: 'model orders', model: 'orders' })
    await session.execute('a')
    await session.execute('b')
    session.begin({ runId: 'r', node: 'model others', model: 'others' })
    await session.execute('c')
    expect(did).toEqual(['c1 use warehouse BIG_WH', 'c1 a', 'c1 b', 'c1 use warehouse WH', 'c1 c'])
  })

  const computing = async ({ session }: ReturnType<typeof bench>, model: string) => {
    session.begin({ runId: 'r', node: `model ${model}`, model })
    await session.execute(model)
  }

  it('goes back to the warehouse of its user where the target names none', async () => {
    const own = bench(() => undefined, { warehouse: undefined, ownWarehouse: 'Small "WH"' })
    for (const model of ['others', 'orders', 'others', 'orders']) await computing(own, model)
    expect(own.did).toEqual([
      'c1 others',
      'c1 select current_warehouse() as name',
      'c1 use warehouse BIG_WH',
      'c1 orders',
      'c1 use warehouse "Small ""WH"""',
      'c1 others',
      'c1 use warehouse BIG_WH',
      'c1 orders',
    ])
  })

  it('signs in anew where there is none to go back to', async () => {
    const none = bench(() => undefined, { warehouse: undefined, ownWarehouse: null })
    for (const model of ['orders', 'others']) await computing(none, model)
    expect(none.did.slice(1)).toEqual(['c1 use warehouse BIG_WH', 'c1 orders', 'c2 others'])
  })

  it('wakes a warehouse that sleeps only once its transaction is undone, and begins it again', async () => {
    let isAsleep = true
    const { session, did } = bench(sql => {
      if (sql.startsWith('alter warehouse')) isAsleep = false
      return sql === 'second' && isAsleep ? '000606' : undefined
    })
    await session.transaction(['first', 'second'])
    const once = ['c1 begin', 'c1 first', 'c1 second']
    const woken = ['c1 alter warehouse WH resume if suspended', 'wait 2000']
    expect(did).toEqual([...once, 'c1 rollback', ...woken, ...once, 'c1 commit'])
  })

  it('that finds its warehouse asleep again does not go on for ever', async () => {
    const { session, did } = bench(sql => (sql === 'first' ? '000606' : undefined))
    await expect(session.transaction(['first'])).rejects.toThrow('name a warehouse in the target')
    expect(did.filter(what => what.includes('resume'))).toHaveLength(1)
    expect(did.filter(what => what === 'c1 begin')).toHaveLength(2)
  })

  it('signs in again where its session is lost while it chooses a warehouse', async () => {
    let isLost = true
    const { session, did } = bench(sql => {
      if (!sql.startsWith('use') || !isLost) return undefined
      isLost = false
      return '390111'
    })
    session.begin({ runId: 'r', node: 'model orders', model: 'orders' })
    await session.execute('a')
    expect(did).toEqual(['c1 use warehouse BIG_WH', 'c2 use warehouse BIG_WH', 'c2 a'])
  })

  it('that is stopped while it chooses a warehouse sends nothing after it', async () => {
    const { session, did } = bench(sql => {
      if (sql.startsWith('use')) session.interrupt()
      return undefined
    })
    session.begin({ runId: 'r', node: 'model orders', model: 'orders' })
    await expect(session.execute('a')).rejects.toMatchObject({ errorKind: 'interrupted' })
    expect(did).toEqual(['c1 use warehouse BIG_WH'])
  })
})

describe('A transaction of Snowflake’s that is stopped', () => {
  /** Stopped while this is sent or waited for, where `first` meets a lock at first. */
  function stoppedAt(moment: string, failing: (sql: string) => string | undefined = () => undefined) {
    const tried = bench(sql => {
      if (sql === moment) tried.session.interrupt()
      return failing(sql)
    })
    return tried
  }
  const locked = (sql: string) => (sql === 'second' ? '000625' : undefined)
  const interrupted = { errorKind: 'interrupted', message: 'the statement was stopped' }

  it('between two of its statements is undone, and what clears away after it runs', async () => {
    // The statement is over when its cancel comes.
    const { session, did } = stoppedAt('first')
    await expect(session.transaction(['first', 'second'])).rejects.toMatchObject(interrupted)
    await session.execute('drop table if exists scratch')
    expect(did).toEqual(['c1 begin', 'c1 first', 'c1 rollback', 'c1 drop table if exists scratch'])
  })

  it('before its commit is undone', async () => {
    const { session, did } = stoppedAt('second')
    await expect(session.transaction(['first', 'second'])).rejects.toMatchObject(interrupted)
    expect(did).toEqual(['c1 begin', 'c1 first', 'c1 second', 'c1 rollback'])
  })

  it.each([
    ['wait 2000', 'in the pause after a lock was met'],
    ['rollback', 'while it is undone since a lock was met'],
  ])('at %s, %s, is not begun again', async moment => {
    const { session, did } = stoppedAt(moment, locked)
    const error = await session.transaction(['first', 'second']).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject(interrupted)
    expect(did).toEqual(['c1 begin', 'c1 first', 'c1 second', 'c1 rollback', 'wait 2000'])
    await session.execute('drop table if exists scratch')
    expect(did.at(-1)).toBe('c1 drop table if exists scratch')
  })

  it('while its warehouse is woken is not begun again', async () => {
    const resume = 'alter warehouse WH resume if suspended'
    const { session, did } = stoppedAt(resume, sql => ({ second: '000606', [resume]: '000604' })[sql])
    await expect(session.transaction(['first', 'second'])).rejects.toMatchObject(interrupted)
    expect(did.filter(what => what === 'c1 begin')).toHaveLength(1)
  })

  it('once it is committed stays so', async () => {
    const { session, did } = stoppedAt('commit')
    await session.transaction(['first'])
    expect(did).toEqual(['c1 begin', 'c1 first', 'c1 commit'])
  })

  it('says where its commit may have been carried out all the same', async () => {
    const { session } = stoppedAt('commit', sql => (sql === 'commit' ? '390111' : undefined))
    await expect(session.transaction(['first'])).rejects.toThrow(/^the session was lost while its transaction/)
  })
})

describe('Rows that are bound', () => {
  it('are not bound to another statement once the one before was stopped', async () => {
    const sql = 'insert into lines (line) values (?)'
    const { session, did } = bench(sent => {
      if (sent === sql) session.interrupt()
      return undefined
    })
    const rows = Array.from({ length: 60_000 }, (_, at) => [String(at)])
    await expect(session.insertRows(sql, rows)).rejects.toMatchObject({ errorKind: 'interrupted' })
    expect(did).toEqual([`c1 ${sql}`])
  })
})

describe('Rows that are fetched', () => {
  /** A session whose answers have as many rows, as the driver streams them; the last `without` of them never come. */
  async function fetching(count: number, without = 0) {
    let next = 0
    const streamed: Readable[] = []
    const statement = {
      getColumns: () => [{ getName: () => 'N', getType: () => 'fixed', getScale: () => 0 }],
      getQueryId: () => '01',
      getNumUpdatedRows: () => 0,
      getNumRows: () => count,
      streamRows: () => {
        const rows = new Readable({
          objectMode: true,
          read() {
            if (next < count - without) this.push([next++])
            else if (without === 0) this.push(null)
          },
        })
        streamed.push(rows)
        return rows
      },
    }
    const driver = {
      createConnection: () => ({
        connectAsync: async (ended: (error: unknown) => void) => ended(null),
        isUp: () => true,
        execute: ({ complete }: { complete: (error: unknown, statement: unknown) => void }) => {
          setImmediate(() => complete(null, statement))
          return statement
        },
      }),
    } as unknown as Driver
    const connections = { settings: { models: {} }, retries: { wait: async () => undefined, random: () => 1 } }
    const connection = await Connection.open(driver, { account: 'a' })
    return { session: new SnowflakeSession(connections as unknown as Connections, connection), streamed }
  }
  const interrupted = { errorKind: 'interrupted', message: 'the statement was stopped' }

  it('come no more once the session is stopped, and the driver fetches none', async () => {
    const { session, streamed } = await fetching(100_000)
    const seen: unknown[] = []
    const reading = async () => {
      for await (const { n } of session.stream('select n from t')) {
        seen.push(n)
        if (seen.length === 10) session.interrupt()
      }
    }
    await expect(reading()).rejects.toMatchObject(interrupted)
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(streamed.map(rows => rows.destroyed)).toEqual([true])
  })

  it('that never come end with the stop', async () => {
    const { session } = await fetching(10, 5)
    const asked = session.query('select n from t')
    setTimeout(() => session.interrupt(), 20)
    await expect(asked).rejects.toMatchObject(interrupted)
  })

  it('are all there where nobody stops it', async () => {
    const { session } = await fetching(3)
    expect(await session.query('select n from t')).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }])
  })
})
