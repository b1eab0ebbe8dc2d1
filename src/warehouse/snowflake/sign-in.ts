import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'snowflake-sdk'
import { ProblemsError } from '../../problems/problem.ts'
import type { SignIn, SnowflakeSettings, Token, Workload } from './settings.ts'

/** What the driver signs in with. Reads the files that the settings name; throws `ProblemsError` where what they hold cannot be a sign-in. */
export function signInOptions({ user, signIn }: Pick<SnowflakeSettings, 'user' | 'signIn'>): ConnectionOptions {
  const username = user === undefined ? {} : { username: user }
  switch (signIn.kind) {
    case 'key pair':
      return { ...username, authenticator: 'SNOWFLAKE_JWT', privateKey: privateKeyOf(signIn) }
    case 'OAuth token':
      return { ...username, authenticator: 'OAUTH', token: textOfToken(signIn.token) }
    case 'programmatic access token':
      return { ...username, authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: textOfToken(signIn.token) }
    case 'workload identity':
      return { ...username, authenticator: 'WORKLOAD_IDENTITY', ...workloadOptions(signIn.workload) }
    case 'password': {
      const passcode = signIn.passcode === undefined ? {} : { passcode: signIn.passcode }
      // Several connections are one sign-in: the answer to the second factor is asked for once, where the account allows that.
      const mfa = { authenticator: 'USERNAME_PASSWORD_MFA', clientRequestMFAToken: true }
      return { ...username, ...mfa, password: signIn.password, ...passcode }
    }
  }
}

/** How one is signed in, in words, without a secret. */
export function describeSignIn({ signIn }: Pick<SnowflakeSettings, 'signIn'>): string {
  if (signIn.kind === 'key pair') {
    const locked = signIn.passphrase === undefined ? '' : ', encrypted'
    return 'file' in signIn.key ? `key pair, ${signIn.key.file}${locked}` : `key pair of the config${locked}`
  }
  if (signIn.kind === 'workload identity') return `workload identity, ${signIn.workload.provider}`
  if (signIn.kind === 'password')
    return signIn.passcode === undefined ? 'password, and a second factor on the phone' : 'password and passcode'
  return signIn.kind
}

/** What is said to who signs in with a password. */
export const passwordWarning =
  'signs in with a password, which Snowflake refuses more and more: a person who builds from a laptop takes a programmatic access token, a service a key pair or workload identity'

/** What is most often wrong with a sign-in of its kind. */
export function hintsOfSignIn({ signIn, user }: Pick<SnowflakeSettings, 'signIn' | 'user'>): string {
  switch (signIn.kind) {
    case 'key pair':
      return `the public key belongs to the user: alter user ${user} set rsa_public_key = '…'; and the clock of this machine must be right`
    case 'OAuth token':
      return 'an OAuth token lasts minutes: get a new one; the role must be among its scopes'
    case 'programmatic access token':
      return 'a programmatic access token ends with its day, is of a user with a network policy, and of one role where it was made for one'
    case 'workload identity':
      return `the user in Snowflake is made for this identity: create user … type = service workload_identity = (type = ${signIn.workload.provider} …)`
    case 'password':
      return 'Snowflake asks for a second factor: mfa_passcode in the target is that of the authenticator; a programmatic access token needs none'
  }
}

/** The key as the driver takes it: PEM, not encrypted. */
function privateKeyOf({ key, passphrase }: Extract<SignIn, { kind: 'key pair' }>): string {
  const from = 'file' in key ? key.file : 'private_key of the target'
  const pem = 'file' in key ? textOf(key.file, 'private_key_file') : key.text.replaceAll('\\n', '\n')
  try {
    return createPrivateKey({ key: pem, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) })
      .export({ format: 'pem', type: 'pkcs8' })
      .toString()
  } catch {
    // OpenSSL's own words say less, and may hold what was read.
    const isLocked = pem.includes('ENCRYPTED')
    if (isLocked && passphrase === undefined) {
      const message = `${from}: the private key is encrypted, and there is no passphrase`
      const hint =
        'private_key_passphrase: ${SNOWFLAKE_PRIVATE_KEY_PASSPHRASE} in the target takes it out of the environment'
      throw new ProblemsError([{ kind: 'warehouse', message, hint }])
    }
    const message = isLocked
      ? `${from}: the private key cannot be opened with this passphrase`
      : `${from}: is not a private key`
    const expected = isLocked
      ? 'the passphrase that the key was encrypted with'
      : 'PEM, from -----BEGIN PRIVATE KEY----- on'
    throw new ProblemsError([{ kind: 'warehouse', message, expected }])
  }
}

function workloadOptions(workload: Workload): ConnectionOptions {
  if (workload.provider !== 'oidc')
    return { workloadIdentityProvider: workload.provider.toUpperCase() as 'AWS' | 'AZURE' | 'GCP' }
  return { workloadIdentityProvider: 'OIDC', token: textOfToken(workload.token) }
}

function textOfToken(token: Token): string {
  return 'text' in token ? token.text : textOf(token.file, 'the path of the token').trim()
}

function textOf(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const message = code === 'ENOENT' ? `there is no file ${file}` : `${file} cannot be read (${code})`
    throw new ProblemsError(
      [{ kind: 'warehouse', message, hint: `mend ${what} in the target, or in its connection of connections.toml` }],
      { cause },
    )
  }
}
