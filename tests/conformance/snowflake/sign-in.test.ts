import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProblemsError } from '../../../src/problems/problem.ts'
import { checks } from '../../../src/warehouse/snowflake/checks.ts'
import { Connections } from '../../../src/warehouse/snowflake/connections.ts'
import { openSettings } from '../../../src/warehouse/snowflake/open-settings.ts'
import { SnowflakeSession } from '../../../src/warehouse/snowflake/session.ts'
import type { SignIn } from '../../../src/warehouse/snowflake/settings.ts'
import { openConnections, pauses, settingsOf } from './client-support.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

const passphrase = 'a long passphrase'
const keyPair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const lockedKeyPair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase },
})
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })

const signInOf = (text: string, given?: string): SignIn => ({ kind: 'key pair', key: { text }, passphrase: given })

describe.skipIf(whyNoFakesnow() !== undefined)('Signing in to Snowflake', () => {
  let server: LocalSnowflake
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sign-in-'))
    server = await startLocalSnowflake({
      users: [
        {
          name: 'ANA',
          publicKeys: [keyPair.publicKey, lockedKeyPair.publicKey],
          programmaticAccessTokens: ['pat-of-ana'],
          oauthTokens: ['oauth-of-ana'],
          expiredOauthTokens: ['oauth-of-yesterday'],
          workloads: [{ provider: 'OIDC', token: 'token-of-the-job' }],
          roles: ['TRANSFORMER'],
        },
        { name: 'BEN', password: 'hush-hush', passcode: '123456' },
        { name: 'CIA', password: 'hush-hush' },
      ],
    })
    // The driver attests a workload to Snowflake's own hosts alone, and to those that are named here.
    process.env.SNOWFLAKE_WIF_ALLOWED_HOST_SUFFIXES = '127.0.0.1'
  })
  afterAll(async () => {
    delete process.env.SNOWFLAKE_WIF_ALLOWED_HOST_SUFFIXES
    rmSync(folder, { recursive: true, force: true })
    await server?.close()
  })

  const inFile = (name: string, text: string): string => {
    const file = join(folder, name)
    writeFileSync(file, text, { mode: 0o600 })
    return file
  }
  /** The error that a first session meets, or undefined. */
  const refusal = async (signIn: SignIn, more: { readonly user?: string; readonly role?: string } = {}) => {
    const connections = await openConnections(server, { signIn, ...more })
    try {
      const session = await SnowflakeSession.open(connections)
      await session.query('select 1 as one')
      session.close()
      return undefined
    } catch (error) {
      return (error as Error).message
    } finally {
      await connections.close()
    }
  }

  describe('is done', () => {
    it.each<[string, () => SignIn]>([
      ['by a key pair', () => signInOf(keyPair.privateKey)],
      ['by a key in one line, as environments hold it', () => signInOf(keyPair.privateKey.replaceAll('\n', '\\n'))],
      ['by an encrypted key and its passphrase', () => signInOf(lockedKeyPair.privateKey, passphrase)],
      [
        'by an encrypted key in a file',
        () => ({ kind: 'key pair', key: { file: inFile('key.p8', lockedKeyPair.privateKey) }, passphrase }),
      ],
      ['by an OAuth token', () => ({ kind: 'OAuth token', token: { text: 'oauth-of-ana' } })],
      ['by a programmatic access token', () => ({ kind: 'programmatic access token', token: { text: 'pat-of-ana' } })],
      [
        'by the identity of a workload, its token in a file',
        () => ({
          kind: 'workload identity',
          workload: { provider: 'oidc', token: { file: inFile('token', 'token-of-the-job\n') } },
        }),
      ],
    ])('%s', async (_, signIn) => {
      expect(await refusal(signIn())).toBeUndefined()
    })

    it('by a password and the passcode of the second factor', async () => {
      const signIn: SignIn = { kind: 'password', password: 'hush-hush', passcode: '123456' }
      expect(await refusal(signIn, { user: 'BEN' })).toBeUndefined()
    })
  })

  describe('is refused', () => {
    it.each<[string, SignIn, string]>([
      ['with the key of another', signInOf(String(stranger)), 'JWT token is invalid.'],
      [
        'with an OAuth token that has expired',
        { kind: 'OAuth token', token: { text: 'oauth-of-yesterday' } },
        'OAuth access token expired.',
      ],
      [
        'with another access token',
        { kind: 'programmatic access token', token: { text: 'pat-of-ben' } },
        'Programmatic access token is invalid.',
      ],
      ['without the second factor', { kind: 'password', password: 'hush-hush' }, 'MFA with TOTP is required'],
    ])('%s', async (_, signIn, words) => {
      expect(await refusal(signIn, signIn.kind === 'password' ? { user: 'BEN' } : {})).toContain(words)
    })

    it('with a role that the user has not', async () => {
      const message = await refusal({ kind: 'OAuth token', token: { text: 'oauth-of-ana' } }, { role: 'ACCOUNTADMIN' })
      expect(message).toContain("Role 'ACCOUNTADMIN' specified in the connect string does not exist or not authorized")
    })

    it('before anything is sent, where the key cannot be read', async () => {
      const problemOf = async (signIn: SignIn) => {
        const error = await openConnections(server, { signIn }).catch((thrown: unknown) => thrown)
        if (!(error instanceof ProblemsError)) throw error
        return error.problems[0]
      }
      const before = server.requests.length
      expect(await problemOf(signInOf(lockedKeyPair.privateKey))).toMatchObject({
        message: 'private_key of the target: the private key is encrypted, and there is no passphrase',
        hint: expect.stringContaining('private_key_passphrase'),
      })
      expect(await problemOf(signInOf(lockedKeyPair.privateKey, 'wrong'))).toMatchObject({
        message: 'private_key of the target: the private key cannot be opened with this passphrase',
      })
      expect(await problemOf(signInOf('no key at all'))).toMatchObject({
        message: 'private_key of the target: is not a private key',
      })
      const missing = join(folder, 'missing.p8')
      expect(await problemOf({ kind: 'key pair', key: { file: missing } })).toMatchObject({
        message: `there is no file ${missing}`,
      })
      expect(server.requests.length).toBe(before)
    })
  })

  describe('by a named connection', () => {
    const {
      account: _a,
      signIn: _s,
      user: _u,
      accessUrl: _h,
      role: _r,
      warehouse: _w,
      ...rest
    } = settingsOf({ url: '' })
    const open = (toml: string, name: string, env: Record<string, string> = {}) => {
      inFile('connections.toml', toml)
      return openSettings({ ...rest, connection: name }, { SNOWFLAKE_HOME: folder, ...env })
    }

    it('takes account, user, role, warehouse and how to sign in from connections.toml', async () => {
      inFile('ana.p8', lockedKeyPair.privateKey)
      const settings = open(
        `[prod]
account = "acme-prod"
user = "ANA"
authenticator = "SNOWFLAKE_JWT"
private_key_file = "ana.p8"
role = "TRANSFORMER"
warehouse = "WH"
host = "${server.host}"
port = ${server.port}
protocol = "${server.protocol}"
`,
        'prod',
        { PRIVATE_KEY_PASSPHRASE: passphrase },
      )
      expect(settings).toMatchObject({ account: 'acme-prod', user: 'ANA', role: 'TRANSFORMER', warehouse: 'WH' })
      const connections = await Connections.open(settings)
      const session = await SnowflakeSession.open(connections)
      expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
      session.close()
      await connections.close()
    })
  })

  it('by a named connection reads the token’s file each time', async () => {
    const file = inFile('token-of-ana', 'oauth-of-yesterday\n')
    const keys = `account = "local"\nauthenticator = "oauth"\nuser = "ANA"\ntoken_file_path = "token-of-ana"\n`
    inFile('connections.toml', `[ana]\n${keys}`)
    const { account: _a, signIn: _s, user: _u, ...rest } = settingsOf(server)
    const connections = await Connections.open(
      openSettings({ ...rest, connection: 'ana' }, { SNOWFLAKE_HOME: folder }),
      pauses().retries,
    )
    await expect(SnowflakeSession.open(connections)).rejects.toThrow('OAuth access token expired.')
    writeFileSync(file, 'oauth-of-ana\n')
    const session = await SnowflakeSession.open(connections)
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
    session.close()
    await connections.close()
  })

  it('says what to do where it is refused', async () => {
    const hintOf = async (signIn: SignIn, more: { readonly user?: string; readonly role?: string } = {}) => {
      const connections = await openConnections(server, { signIn, ...more })
      const found = []
      for await (const check of checks(connections, [])) found.push(check)
      expect(found).toMatchObject([{ what: 'sign-in', isGood: false }])
      return found[0]!.hint
    }
    expect(await hintOf(signInOf(String(stranger)))).toContain('alter user ANA set rsa_public_key')
    expect(await hintOf({ kind: 'OAuth token', token: { text: 'oauth-of-yesterday' } })).toContain('lasts minutes')
    expect(await hintOf({ kind: 'OAuth token', token: { text: 'oauth-of-ana' } }, { role: 'X' })).toBe(
      'grant role X to user ANA',
    )
    expect(await hintOf({ kind: 'password', password: 'hush-hush' }, { user: 'BEN' })).toContain('mfa_passcode')
  })

  it('opens several sessions with one sign-in after the other where a second factor is asked for', async () => {
    const connections = await openConnections(server, {
      user: 'CIA',
      signIn: { kind: 'password', password: 'hush-hush' },
    })
    const sessions = await Promise.all([1, 2, 3].map(() => SnowflakeSession.open(connections)))
    expect(await Promise.all(sessions.map(session => session.query('select 1 as one')))).toHaveLength(3)
    for (const session of sessions) session.close()
    await connections.close()
  })
})
