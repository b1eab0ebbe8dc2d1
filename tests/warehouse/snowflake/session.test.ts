import { describe, expect, it } from 'vitest'
import type { Answer, Connection, Sent } from '../../../src/warehouse/snowflake/connection.ts'
import type { Connections } from '../../../src/warehouse/snowflake/connections.ts'
import { SnowflakeError } from '../../../src/warehouse/snowflake/errors.ts'
import { SnowflakeSession } from '../../../src/warehouse/snowflake/session.ts'

/** Connections whose statements fail as `failing` says, and what happened to them. */
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
  const connections = {
    settings: { warehouse, models: { orders: { warehouse: 'BIG_WH' } } },
    retries: { wait: async () => undefined, random: () => 1 },
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
    expect(did).toEqual([...once, 'c1 rollback', 'c1 alter warehouse WH resume if suspended', ...once, 'c1 commit'])
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
