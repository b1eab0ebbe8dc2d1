import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SessionPool } from '../../../src/run/session-pool.ts'
import { Connections } from '../../../src/warehouse/snowflake/connections.ts'
import type { Driver } from '../../../src/warehouse/snowflake/driver.ts'
import { openSettings } from '../../../src/warehouse/snowflake/open-settings.ts'
import { SnowflakeSession } from '../../../src/warehouse/snowflake/session.ts'
import type { SnowflakeSettings } from '../../../src/warehouse/snowflake/settings.ts'
import { folderOf } from '../../support/project.ts'

const settings: SnowflakeSettings = {
  account: 'a',
  database: 'D',
  schema: 'S',
  schemas: {},
  signIn: { kind: 'OAuth token', token: { text: 't' } },
  transient: true,
  tags: {},
  statementTimeoutSeconds: 1,
  lockTimeoutSeconds: 1,
  loadBy: 'stage',
  models: {},
}

interface Sending {
  readonly sqlText: string
  readonly complete: (error: unknown, statement: unknown) => void
}

/** Connections whose sign-ins and statements fail as `refusing` says, what was sent, and the tokens of the sign-ins; a sign-in is the text `sign-in`. */
function connectionsOf(
  more: Partial<SnowflakeSettings> = {},
  atMost = 64,
  refusing: (what: string) => object | undefined = () => undefined,
) {
  const sent: string[] = []
  const tokens: unknown[] = []
  const statement = { getColumns: () => [], getQueryId: () => 'q', getNumUpdatedRows: () => 0, getNumRows: () => 0 }
  const createConnection = ({ token }: { readonly token?: string }) => ({
    connectAsync: async (ended: (error: unknown) => void) => {
      tokens.push(token)
      ended(refusing('sign-in') ?? null)
    },
    isUp: () => true,
    destroy: (ended: () => void) => ended(),
    execute: ({ sqlText, complete }: Sending) => {
      sent.push(sqlText)
      setImmediate(() => complete(refusing(sqlText) ?? null, statement))
    },
  })
  const driver = { createConnection } as unknown as Driver
  const retries = { wait: async () => undefined, random: () => 0 }
  return { connections: new Connections(driver, { ...settings, ...more }, retries, atMost), sent, tokens }
}

describe('The connections of a process', () => {
  it('do for more threads than there may be of them, beside the one that keeps the lease', async () => {
    const { connections, sent } = connectionsOf({}, 3)
    const lease = await SnowflakeSession.open(connections)
    const pool = new SessionPool({
      warehouse: { connect: () => SnowflakeSession.open(connections) },
      signal: new AbortController().signal,
      runId: 'r',
      owner: 'o',
      emit: () => undefined,
    } as unknown as ConstructorParameters<typeof SessionPool>[0])
    const work = Array.from({ length: 20 }, (_, at) => pool.use(`n${at}`, session => session.execute(`work ${at}`)))
    await Promise.all(work)
    expect(sent.filter(sql => sql.startsWith('work'))).toHaveLength(20)
    expect(sent.filter(sql => sql.startsWith('alter session'))).toHaveLength(3)
    pool.close()
    lease.close()
    await connections.close()
  })

  it('let the next one sign in where a sign-in was refused', async () => {
    let signIns = 0
    const { connections } = connectionsOf({}, 1, what => {
      if (what !== 'sign-in') return undefined
      signIns += 1
      return signIns === 1 ? { code: '390100', message: 'Incorrect username or password was specified.' } : undefined
    })
    const [first, second] = await Promise.allSettled([
      SnowflakeSession.open(connections),
      SnowflakeSession.open(connections),
    ])
    expect(first.status).toBe('rejected')
    expect(second.status).toBe('fulfilled')
  })

  it('of a connection of connections.toml sign in with the token that its file has then', async () => {
    const toml = '[c]\naccount = "a"\nauthenticator = "oauth"\ntoken_file_path = "token"\n'
    const home = folderOf({ 'connections.toml': toml, token: 'first\n' })
    const { signIn: _, ...asked } = settings
    const opened = openSettings({ ...asked, connection: 'c' }, { SNOWFLAKE_HOME: home })
    const { connections, tokens } = connectionsOf({ signIn: opened.signIn })
    const first = await connections.take()
    writeFileSync(join(home, 'token'), 'second\n')
    await connections.take()
    writeFileSync(join(home, 'token'), 'third\n')
    await connections.renew(first)
    expect(tokens).toEqual(['first', 'second', 'third'])
  })

  it('that are closed refuse whoever still waits for one', async () => {
    const { connections } = connectionsOf({}, 1)
    await SnowflakeSession.open(connections)
    const waiting = SnowflakeSession.open(connections)
    await connections.close()
    await expect(waiting).rejects.toThrow('the connections to Snowflake are closed')
  })
})

describe('A session that may not choose its secondary roles', () => {
  const refusal = { code: '003001', sqlState: '42501', message: 'Secondary roles cannot be set in this session.' }
  const refusing = (what: string) => (what.startsWith('use secondary roles') ? refusal : undefined)

  it('goes on with those that it was given, and says so to who asks', async () => {
    const { connections, sent } = connectionsOf({}, 1, refusing)
    const session = await SnowflakeSession.open(connections)
    await session.execute('select 1')
    expect(sent.slice(1)).toEqual(['use secondary roles none', 'select 1'])
    expect(session.secondaryRolesRefusal).toBe('Secondary roles cannot be set in this session.')
  })

  it.each(['none', 'all'] as const)('is refused where the target asks for %s, which is named', async secondaryRoles => {
    const { connections } = connectionsOf({ secondaryRoles }, 1, refusing)
    await expect(SnowflakeSession.open(connections)).rejects.toThrow(
      `secondary_roles: ${secondaryRoles} in the target cannot be had in this session: Secondary roles cannot be set in this session. Leave secondary_roles out`,
    )
  })
})
