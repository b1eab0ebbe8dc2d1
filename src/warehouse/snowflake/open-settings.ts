import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { ProblemsError } from '../../problems/problem.ts'
import { type NamedConnection, readConnection } from './connections-toml.ts'
import type { AskedSettings, SignIn, SnowflakeSettings, Token } from './settings.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The settings of a target, what it leaves to a connection read from `connections.toml`. Throws `ProblemsError` where that does not say enough. */
export function openSettings({ connection, ...asked }: AskedSettings, env: Environment): SnowflakeSettings {
  if (connection === undefined) return whole(asked, 'the target')
  const named = readConnection(connection, env)
  const { values, file } = named
  const source = `connection ${connection} of ${file}`
  return whole(
    {
      ...asked,
      account: asked.account ?? values.account,
      user: asked.user ?? values.user ?? values.username,
      role: asked.role ?? values.role,
      warehouse: asked.warehouse ?? values.warehouse,
      accessUrl: asked.accessUrl ?? accessUrlOf(values),
      signIn: signInOf(named, source, env),
    },
    source,
  )
}

/** What must never be printed of a connection. */
export function secretsOfConnection(connection: NamedConnection): readonly string[] {
  const said = secretKeys.flatMap(key => connection.values[key] ?? [])
  const file = tokenFileOf(connection)
  return file === undefined ? said : [...said, ...secretsInFile(file)]
}

/** What must never be printed of how a target says to sign in, and stands in a file. */
export function secretsOfSignIn(signIn: SignIn): readonly string[] {
  const token = tokenOf(signIn)
  return token !== undefined && 'file' in token ? secretsInFile(token.file) : []
}

/** What one signs in with where that is a token. */
export function tokenOf(signIn: SignIn): Token | undefined {
  if (signIn.kind === 'workload identity')
    return signIn.workload.provider === 'oidc' ? signIn.workload.token : undefined
  return 'token' in signIn ? signIn.token : undefined
}

/** Nothing where it cannot be read: whoever signs in says so. */
function secretsInFile(file: string): readonly string[] {
  try {
    const text = readFileSync(file, 'utf8').trim()
    return text === '' ? [] : [text]
  } catch {
    return []
  }
}

const secretKeys = [
  'password',
  'token',
  'passcode',
  'private_key',
  'private_key_passphrase',
  'private_key_file_pwd',
  'private_key_pass',
]

function whole(asked: Omit<AskedSettings, 'connection'>, source: string): SnowflakeSettings {
  const { account, signIn } = asked
  if (account !== undefined && signIn !== undefined) return { ...asked, account, signIn }
  const message = account === undefined ? `${source} names no account` : `${source} does not say how to sign in`
  throw new ProblemsError([{ kind: 'warehouse', message }])
}

function accessUrlOf({ host, protocol = 'https', port }: Readonly<Record<string, string>>): string | undefined {
  return host === undefined ? undefined : `${protocol}://${host}${port === undefined ? '' : `:${port}`}`
}

/** By the connection's authenticator; where it names none, by what is there. */
function signInOf(connection: NamedConnection, source: string, env: Environment): SignIn {
  const { values, file } = connection
  const authenticator = (values.authenticator ?? guessed(values)).toUpperCase()
  const needed = (value: string | undefined, what: string): string => {
    if (value !== undefined) return value
    throw new ProblemsError([{ kind: 'warehouse', message: `${source} has no ${what}` }])
  }
  const token = (text = values.token): Token =>
    text === undefined ? { file: needed(tokenFileOf(connection), 'token') } : { text }
  switch (authenticator) {
    case 'SNOWFLAKE_JWT':
      return { kind: 'key pair', key: keyOf(values, file, needed), passphrase: passphraseOf(values, env) }
    case 'OAUTH':
      return { kind: 'OAuth token', token: token() }
    case 'PROGRAMMATIC_ACCESS_TOKEN':
      return { kind: 'programmatic access token', token: token(values.token ?? values.password) }
    case 'WORKLOAD_IDENTITY':
      return {
        kind: 'workload identity',
        workload: workloadOf(needed(values.workload_identity_provider, 'workload_identity_provider'), token),
      }
    case 'SNOWFLAKE':
    case 'USERNAME_PASSWORD_MFA':
      return { kind: 'password', password: needed(values.password, 'password'), passcode: values.passcode }
    default: {
      const message = `${source}: authenticator ${authenticator.toLowerCase()} cannot be used here`
      const expected =
        'SNOWFLAKE_JWT (a key pair), OAUTH, PROGRAMMATIC_ACCESS_TOKEN, WORKLOAD_IDENTITY or USERNAME_PASSWORD_MFA: a build opens several sessions, and cannot answer a browser'
      throw new ProblemsError([{ kind: 'warehouse', message, expected }])
    }
  }
}

function guessed(values: Readonly<Record<string, string>>): string {
  const hasKey = ['private_key', 'private_key_file', 'private_key_path'].some(key => values[key] !== undefined)
  return hasKey ? 'SNOWFLAKE_JWT' : 'SNOWFLAKE'
}

function keyOf(
  values: Readonly<Record<string, string>>,
  file: string,
  needed: (value: string | undefined, what: string) => string,
): Extract<SignIn, { kind: 'key pair' }>['key'] {
  if (values.private_key !== undefined) return { text: values.private_key }
  const path = needed(values.private_key_file ?? values.private_key_path, 'private_key_file')
  return { file: resolve(dirname(file), path) }
}

function tokenFileOf({ values: { token_file_path: path }, file }: NamedConnection): string | undefined {
  return path === undefined ? undefined : resolve(dirname(file), path)
}

/** Snowflake's own programs take it out of the environment, too. */
function passphraseOf(values: Readonly<Record<string, string>>, env: Environment): string | undefined {
  return (
    values.private_key_passphrase ??
    values.private_key_file_pwd ??
    values.private_key_pass ??
    env.PRIVATE_KEY_PASSPHRASE ??
    env.SNOWFLAKE_PRIVATE_KEY_PASSPHRASE
  )
}

function workloadOf(provider: string, token: () => Token): Extract<SignIn, { kind: 'workload identity' }>['workload'] {
  const name = provider.toLowerCase()
  if (name === 'aws' || name === 'azure' || name === 'gcp') return { provider: name }
  return { provider: 'oidc', token: token() }
}
