import { generateKeyPairSync } from 'node:crypto'
import type { ConnectionOptions } from 'snowflake-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { whyNoFakesnow } from './python.ts'
import { connect, rowsOf } from './server/driver.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

const keys = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

describe.skipIf(whyNoFakesnow() !== undefined)('The local Snowflake', () => {
  const [known, unknown] = [keys(), keys()]
  let server: LocalSnowflake
  beforeAll(async () => {
    // The driver shows what an identity provider attests to hosts of the service alone.
    process.env.SNOWFLAKE_WIF_ALLOWED_HOST_SUFFIXES = '127.0.0.1'
    server = await startLocalSnowflake({
      users: [
        { name: 'ANA', password: 'secret', roles: ['TRANSFORMER'] },
        { name: 'BEN', password: 'secret', passcode: '123456' },
        { name: 'ROBOT', publicKeys: [known.publicKey] },
        {
          name: 'TOKENS',
          programmaticAccessTokens: ['pat-1'],
          oauthTokens: ['oauth-1'],
          expiredOauthTokens: ['oauth-0'],
        },
        { name: 'WORKER', workloads: [{ provider: 'OIDC', token: 'attested' }] },
      ],
    })
  })
  afterAll(() => server?.close())

  const signIn = async (options: Partial<ConnectionOptions>) => {
    const connection = await connect(server, { retryTimeout: 5, sfRetryMaxLoginRetries: 1, ...options })
    return rowsOf(connection, 'select 1 as x')
  }
  const jwt = { authenticator: 'SNOWFLAKE_JWT', username: 'robot' }
  const ways: readonly (readonly [string, Partial<ConnectionOptions>])[] = [
    ['a password', { username: 'ana', password: 'secret' }],
    ['a password and a passcode', { username: 'BEN', passcode: '123456', authenticator: 'USERNAME_PASSWORD_MFA' }],
    ['a key', { ...jwt, privateKey: known.privateKey }],
    ['a programmatic access token', { username: 'TOKENS', authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: 'pat-1' }],
    ['an OAuth token', { username: 'TOKENS', authenticator: 'OAUTH', token: 'oauth-1' }],
    [
      'what an identity provider attests',
      {
        authenticator: 'WORKLOAD_IDENTITY',
        workloadIdentityProvider: 'OIDC',
        token: 'attested',
      } as Partial<ConnectionOptions>,
    ],
    ['a role that the user has', { username: 'ANA', role: 'transformer' }],
  ]
  test.each(ways)('lets in who has %s', async (_, options) => {
    expect(await signIn(options)).toEqual([{ X: 1 }])
  })

  const wrongWays: readonly (readonly [string, string, Partial<ConnectionOptions>])[] = [
    ['a wrong password', '390100', { username: 'ANA', password: 'wrong' }],
    ['a name that nobody has', '390100', { username: 'NOBODY', password: 'secret' }],
    ['no passcode where one is asked for', '394508', { username: 'BEN' }],
    ['a wrong passcode', '390127', { username: 'BEN', passcode: '000000', authenticator: 'USERNAME_PASSWORD_MFA' }],
    ['a key that is not registered', '390144', { ...jwt, privateKey: unknown.privateKey }],
    ["another's key", '390144', { ...jwt, username: 'ANA', privateKey: known.privateKey }],
    [
      'a wrong programmatic access token',
      '394400',
      { username: 'TOKENS', authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: 'pat-2' },
    ],
    ['an OAuth token that has expired', '390318', { username: 'TOKENS', authenticator: 'OAUTH', token: 'oauth-0' }],
    ['a wrong OAuth token', '390303', { username: 'TOKENS', authenticator: 'OAUTH', token: 'oauth-2' }],
    ['a role that the user does not have', '390189', { username: 'ANA', role: 'ACCOUNTADMIN' }],
  ]
  test.each(wrongWays)('refuses who has %s', async (_, code, options) => {
    await expect(signIn(options)).rejects.toMatchObject({ code })
  })

  test('refuses as it is told to, once', async () => {
    const fault = {
      kind: 'failing',
      code: '390420',
      sqlState: '08001',
      message: 'Incoming request with IP 10.0.0.1 is not allowed to access Snowflake.',
    } as const
    server.faults.add({ fault, times: 1, path: /login-request/ })
    await expect(signIn({})).rejects.toMatchObject({ code: '390420' })
    expect(await signIn({})).toEqual([{ X: 1 }])
  })
})
