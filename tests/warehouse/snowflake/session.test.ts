import { describe, expect, it } from 'vitest'
import type { Answer, Connection, Sent } from '../../../src/warehouse/snowflake/connection.ts'
import type { Connections } from '../../../src/warehouse/snowflake/connections.ts'
import { SnowflakeError } from '../../../src/warehouse/snowflake/errors.ts'
import { SnowflakeSession } from '../../../src/warehouse/snowflake/session.ts'

/** Connections whose statements fail as `failing` says, and what happened to them. */
function bench(failing: (sql: string) => string | undefined) {
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
        return { queryId: '01', columns: [], changedCount: 0, rowCount: 0 } as unknown as Answer
      },
    } as unknown as Connection
  }
  const connections = {
    settings: { warehouse: 'WH', models: { orders: { warehouse: 'BIG_WH' } } },
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
})
