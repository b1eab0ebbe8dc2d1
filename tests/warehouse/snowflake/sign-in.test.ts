import { generateKeyPairSync } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SnowflakeError } from '../../../src/warehouse/snowflake/errors.ts'
import type { SignIn, SnowflakeSettings } from '../../../src/warehouse/snowflake/settings.ts'
import { describeSignIn, signInOptions } from '../../../src/warehouse/snowflake/sign-in.ts'
import { signInHint } from '../../../src/warehouse/snowflake/sign-in-hints.ts'
import { folderOf } from '../../support/project.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const plain = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const locked = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'hush' }).toString()
const optionsOf = (signIn: SignIn) => signInOptions({ user: 'ANA', signIn })

describe('A sign-in to Snowflake', () => {
  it('by a key pair gives the driver the key opened, and no passphrase', () => {
    const folder = folderOf({ 'key.p8': locked })
    const key = { kind: 'key pair', key: { file: join(folder, 'key.p8') }, passphrase: 'hush' } as const
    expect(optionsOf(key)).toEqual({ username: 'ANA', authenticator: 'SNOWFLAKE_JWT', privateKey: plain })
    expect(describeSignIn({ signIn: key })).toBe(`key pair, ${join(folder, 'key.p8')}, encrypted`)
    expect(describeSignIn({ signIn: { kind: 'key pair', key: { text: plain } } })).toBe('key pair of the config')
  })

  it('by a token or a workload names who vouches for it', () => {
    expect(optionsOf({ kind: 'OAuth token', token: { text: 't' } })).toMatchObject({
      authenticator: 'OAUTH',
      token: 't',
    })
    expect(
      signInOptions({ user: undefined, signIn: { kind: 'programmatic access token', token: { text: 't' } } }),
    ).toEqual({
      authenticator: 'PROGRAMMATIC_ACCESS_TOKEN',
      token: 't',
    })
    for (const provider of ['aws', 'azure', 'gcp'] as const) {
      expect(optionsOf({ kind: 'workload identity', workload: { provider } })).toMatchObject({
        authenticator: 'WORKLOAD_IDENTITY',
        workloadIdentityProvider: provider.toUpperCase(),
      })
    }
    const folder = folderOf({ token: 'of-the-job\n' })
    const workload = { provider: 'oidc', token: { file: join(folder, 'token') } } as const
    expect(optionsOf({ kind: 'workload identity', workload })).toMatchObject({
      workloadIdentityProvider: 'OIDC',
      token: 'of-the-job',
    })
  })

  it('by a token in a file has what is in it then', () => {
    const file = join(folderOf({ token: 'first\n' }), 'token')
    const signIn: SignIn = { kind: 'OAuth token', token: { file } }
    const ofPerson: SignIn = { kind: 'programmatic access token', token: { file } }
    expect([optionsOf(signIn), optionsOf(ofPerson)]).toMatchObject([{ token: 'first' }, { token: 'first' }])
    writeFileSync(file, 'second\n')
    expect([optionsOf(signIn), optionsOf(ofPerson)]).toMatchObject([{ token: 'second' }, { token: 'second' }])
    rmSync(file)
    expect(() => optionsOf(signIn)).toThrow(`there is no file ${file}`)
  })

  it('by a password always asks for the second factor', () => {
    expect(optionsOf({ kind: 'password', password: 'p' })).toEqual({
      username: 'ANA',
      authenticator: 'USERNAME_PASSWORD_MFA',
      clientRequestMFAToken: true,
      password: 'p',
    })
    const signIn: SignIn = { kind: 'password', password: 'p', passcode: '123456' }
    expect(optionsOf(signIn)).toMatchObject({ passcode: '123456' })
    expect(describeSignIn({ signIn })).toBe('password and passcode')
  })

  it('that is refused for a role says what grants it, or that none was asked for', () => {
    const refused = new SnowflakeError('role not granted', '390189', undefined, undefined, undefined)
    const hint = (settings: Partial<SnowflakeSettings>) => signInHint(refused, settings as SnowflakeSettings)
    expect(hint({ role: 'BUILDER', user: 'ANA' })).toBe('grant role BUILDER to user ANA')
    expect(hint({ role: 'BUILDER' })).toBe('grant role BUILDER to user …')
    expect(hint({ user: 'ANA' })).toMatch(/write role: in the target$/)
  })
})
