import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Problem, ProblemsError } from '../../../src/problems/problem.ts'
import { connectionsFile, readConnection } from '../../../src/warehouse/snowflake/connections-toml.ts'
import { openSettings, secretsOfConnection, secretsOfSignIn } from '../../../src/warehouse/snowflake/open-settings.ts'
import type { AskedSettings } from '../../../src/warehouse/snowflake/settings.ts'
import { folderOf } from '../../support/project.ts'

const asked: AskedSettings = {
  connection: 'c',
  database: 'SHOP',
  schema: 'JOURNEYS',
  schemas: {},
  transient: true,
  tags: {},
  secondaryRoles: 'none',
  statementTimeoutSeconds: 3600,
  lockTimeoutSeconds: 600,
  loadBy: 'stage',
  models: {},
}

const homeWith = (toml: string, more: Readonly<Record<string, string>> = {}) =>
  folderOf({ 'connections.toml': toml, ...more })
const open = (toml: string, more: Partial<AskedSettings> = {}, env: Readonly<Record<string, string>> = {}) =>
  openSettings({ ...asked, ...more }, { SNOWFLAKE_HOME: homeWith(toml), ...env })

function problemOf(work: () => unknown): Problem {
  try {
    work()
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems[0]!
    throw error
  }
  throw new Error('it should have failed')
}

describe('A connection of connections.toml', () => {
  it('says account, user, role, warehouse, host and how to sign in; what the target says counts for more', () => {
    const toml = `[c]
account = "acme-prod"
user = "ANA"
role = "ANALYST"
warehouse = "WH"
database = "IGNORED"
host = "acme.privatelink.snowflakecomputing.com"
authenticator = "SNOWFLAKE_JWT"
private_key_file = "keys/ana.p8"
private_key_file_pwd = "hush-hush"
`
    const home = homeWith(toml)
    expect(openSettings({ ...asked, role: 'TRANSFORMER' }, { SNOWFLAKE_HOME: home })).toEqual({
      ...asked,
      connection: undefined,
      account: 'acme-prod',
      user: 'ANA',
      role: 'TRANSFORMER',
      warehouse: 'WH',
      database: 'SHOP',
      accessUrl: 'https://acme.privatelink.snowflakecomputing.com',
      signIn: { kind: 'key pair', key: { file: join(home, 'keys/ana.p8') }, passphrase: 'hush-hush' },
    })
  })

  it.each([
    ['authenticator = "oauth"\ntoken = "t"', { kind: 'OAuth token', token: { text: 't' } }],
    [
      'authenticator = "PROGRAMMATIC_ACCESS_TOKEN"\ntoken = "t"',
      { kind: 'programmatic access token', token: { text: 't' } },
    ],
    ['private_key = "pem"', { kind: 'key pair', key: { text: 'pem' }, passphrase: undefined }],
    ['password = "p"\npasscode = "1"', { kind: 'password', password: 'p', passcode: '1' }],
    [
      'authenticator = "WORKLOAD_IDENTITY"\nworkload_identity_provider = "AWS"',
      { kind: 'workload identity', workload: { provider: 'aws' } },
    ],
    [
      'authenticator = "WORKLOAD_IDENTITY"\nworkload_identity_provider = "OIDC"\ntoken = "t"',
      { kind: 'workload identity', workload: { provider: 'oidc', token: { text: 't' } } },
    ],
  ])('signs in as it says: %s', (keys, signIn) => {
    expect(open(`[c]\naccount = "a"\nuser = "u"\n${keys}\n`).signIn).toEqual(signIn)
  })

  it.each([
    ['authenticator = "oauth"', (token: object) => ({ kind: 'OAuth token', token })],
    ['authenticator = "PROGRAMMATIC_ACCESS_TOKEN"', (token: object) => ({ kind: 'programmatic access token', token })],
    [
      'authenticator = "WORKLOAD_IDENTITY"\nworkload_identity_provider = "OIDC"',
      (token: object) => ({ kind: 'workload identity', workload: { provider: 'oidc', token } }),
    ],
  ])('names the file of a token, which each sign-in reads: %s', (keys, signIn) => {
    const home = homeWith(`[c]\naccount = "a"\n${keys}\ntoken_file_path = "token.txt"\n`)
    const file = join(home, 'token.txt')
    expect(openSettings(asked, { SNOWFLAKE_HOME: home }).signIn).toEqual(signIn({ file }))
  })

  it('takes a passphrase out of the environment', () => {
    const locked = '[c]\naccount = "a"\nauthenticator = "SNOWFLAKE_JWT"\nprivate_key_path = "/k.p8"\n'
    expect(open(locked, {}, { PRIVATE_KEY_PASSPHRASE: 'hush' }).signIn).toMatchObject({ passphrase: 'hush' })
  })

  it.each([
    ['[prod]\naccount = "a"\n', /connections\.toml: there is no connection c$/],
    ['[c]\naccount = "a"\nauthenticator = "externalbrowser"\n', /authenticator externalbrowser cannot be used here$/],
    ['[c]\npassword = "p"\n', /^connection c of .*connections\.toml names no account$/],
    ['[c]\naccount = "a"\n', /has no password$/],
    ['[c]\naccount = "a"\nauthenticator = "oauth"\n', /has no token$/],
    ['[c\naccount = "p"\n', /connections\.toml: line 1 is no TOML$/],
  ])('of which something is wrong is told without what may be secret: %s', (toml, message) => {
    expect(problemOf(() => open(toml)).message).toMatch(message)
  })

  it('that is spelled otherwise is suggested', () => {
    expect(problemOf(() => open('[prod]\n[dev]\n', { connection: 'prd' }))).toMatchObject({
      expected: 'prod, dev',
      suggestion: 'prod',
    })
  })

  it('is looked for where Snowflake looks', () => {
    expect(connectionsFile({ SNOWFLAKE_HOME: '/etc/snow', HOME: '/home/ann' })).toBe('/etc/snow/connections.toml')
    expect(connectionsFile({ HOME: '/home/ann' })).toBe('/home/ann/.snowflake/connections.toml')
    const home = folderOf({ '.config/snowflake/connections.toml': '' })
    expect(connectionsFile({ HOME: home })).toBe(join(home, '.config/snowflake/connections.toml'))
    const nowhere = join(folderOf({}), 'nowhere')
    expect(problemOf(() => openSettings(asked, { SNOWFLAKE_HOME: nowhere })).message).toBe(
      `there is no ${join(nowhere, 'connections.toml')}`,
    )
  })

  it('says what must not be printed of it', () => {
    const toml = '[c]\naccount = "a"\npassword = "p4ssword"\ntoken = "t0ken"\nprivate_key_file_pwd = "hush"\n'
    const connection = readConnection('c', { SNOWFLAKE_HOME: homeWith(toml) })
    expect(secretsOfConnection(connection)).toEqual(['p4ssword', 't0ken', 'hush'])
  })

  it('says the token in its file as well, where there is one', () => {
    const home = homeWith('[c]\naccount = "a"\ntoken_file_path = "token.txt"\n')
    const connection = readConnection('c', { SNOWFLAKE_HOME: home })
    expect(secretsOfConnection(connection)).toEqual([])
    writeFileSync(join(home, 'token.txt'), '')
    expect(secretsOfConnection(connection)).toEqual([])
    writeFileSync(join(home, 'token.txt'), 'of-the-file\n')
    expect(secretsOfConnection(connection)).toEqual(['of-the-file'])
    const workload = { provider: 'oidc', token: { file: join(home, 'token.txt') } } as const
    expect(secretsOfSignIn({ kind: 'workload identity', workload })).toEqual(['of-the-file'])
    expect(secretsOfSignIn({ kind: 'workload identity', workload: { provider: 'aws' } })).toEqual([])
  })
})
