import { createHash, createPublicKey, verify } from 'node:crypto'

/** Who may sign in, and with what. */
export interface User {
  readonly name: string
  readonly password?: string
  /** What an authenticator app shows now: asked beside the password. */
  readonly passcode?: string
  /** In PEM; the token that the driver signs has to fit one of them. */
  readonly publicKeys?: readonly string[]
  readonly programmaticAccessTokens?: readonly string[]
  readonly oauthTokens?: readonly string[]
  readonly expiredOauthTokens?: readonly string[]
  /** What an identity provider attests: `{ provider: 'OIDC', token: '…' }`. */
  readonly workloads?: readonly { readonly provider: string; readonly token: string }[]
  /** Roles that may be asked for; any where they are left out. */
  readonly roles?: readonly string[]
}

/** What the driver sends to sign in. */
export interface SignIn {
  readonly ACCOUNT_NAME?: string
  readonly LOGIN_NAME?: string
  readonly AUTHENTICATOR?: string
  readonly PASSWORD?: string
  readonly PASSCODE?: string
  readonly TOKEN?: string
  readonly PROVIDER?: string
  readonly SESSION_PARAMETERS?: Readonly<Record<string, unknown>>
}

/** A sign-in that is refused: code and words as the service gives them. */
export class SignInError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

const wrongPassword = () => new SignInError('390100', 'Incorrect username or password was specified.')
const invalidJwt = () => new SignInError('390144', 'JWT token is invalid.')

/** The user who signs in. Throws `SignInError`. */
export function signedIn(data: SignIn, role: string | null, users: readonly User[]): User {
  const user = byKind(data, users)
  if (role !== null && user.roles !== undefined && !user.roles.some(each => isSame(each, role)))
    throw new SignInError(
      '390189',
      `Role '${role}' specified in the connect string does not exist or not authorized. Contact your local system administrator, or attempt to login with another role, e.g. PUBLIC.`,
    )
  return user
}

function byKind(data: SignIn, users: readonly User[]): User {
  const named = users.find(({ name }) => isSame(name, data.LOGIN_NAME))
  const token = data.TOKEN ?? ''
  switch (data.AUTHENTICATOR?.toUpperCase() ?? 'SNOWFLAKE') {
    case 'SNOWFLAKE':
    case 'USERNAME_PASSWORD_MFA':
      return byPassword(data, named)
    case 'SNOWFLAKE_JWT':
      if (named === undefined || !isSignedBy(named, data)) throw invalidJwt()
      return named
    case 'PROGRAMMATIC_ACCESS_TOKEN': {
      if (!named?.programmaticAccessTokens?.includes(token))
        throw new SignInError('394400', 'Programmatic access token is invalid.')
      return named
    }
    case 'OAUTH': {
      if (users.some(user => user.expiredOauthTokens?.includes(token)))
        throw new SignInError('390318', 'OAuth access token expired.')
      const owner = users.find(user => user.oauthTokens?.includes(token))
      if (owner === undefined || (named !== undefined && named !== owner))
        throw new SignInError('390303', 'Invalid OAuth access token.')
      return owner
    }
    case 'WORKLOAD_IDENTITY': {
      const owner = users.find(user =>
        user.workloads?.some(workload => workload.provider === data.PROVIDER && workload.token === token),
      )
      if (owner === undefined)
        throw new SignInError(
          '390144',
          'Workload identity federation authentication failed: the attestation is not that of a user.',
        )
      return owner
    }
    default:
      throw new SignInError('390137', `The authenticator ${data.AUTHENTICATOR} is not supported.`)
  }
}

function byPassword({ PASSWORD, PASSCODE }: SignIn, user: User | undefined): User {
  if (user?.password === undefined || user.password !== PASSWORD) throw wrongPassword()
  if (user.passcode !== undefined && PASSCODE === undefined)
    throw new SignInError(
      '394508',
      'Failed to authenticate: MFA with TOTP is required. To authenticate, provide both your password and a current TOTP passcode.',
    )
  if (user.passcode !== PASSCODE) throw new SignInError('390127', 'Incorrect passcode was specified.')
  return user
}

/** https://docs.snowflake.com/en/developer-guide/sql-api/authenticating#using-key-pair-authentication */
function isSignedBy(user: User, { TOKEN = '', ACCOUNT_NAME = '' }: SignIn): boolean {
  const [header = '', payload = '', signature = ''] = TOKEN.split('.')
  const subject = `${ACCOUNT_NAME}.${user.name}`.toUpperCase()
  return (user.publicKeys ?? []).some(pem => {
    const key = createPublicKey(pem)
    const signed = Buffer.from(`${header}.${payload}`)
    if (!verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))) return false
    const { iss, sub, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const fingerprint = createHash('sha256')
      .update(key.export({ type: 'spki', format: 'der' }))
      .digest('base64')
    return iss === `${subject}.SHA256:${fingerprint}` && sub === subject && !isPast(Number(exp))
  })
}

/** The driver writes milliseconds, the documentation seconds. */
const isPast = (instant: number): boolean => (instant > 100_000_000_000 ? instant : instant * 1000) < Date.now()

const isSame = (one: string, other: string | undefined): boolean => one.toUpperCase() === other?.toUpperCase()
