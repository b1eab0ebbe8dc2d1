import { resolve } from 'node:path'
import type { z } from 'zod'
import { type besideSignIn, signInKeys } from './snowflake-keys.ts'
import type { targetSchema } from './target-schema.ts'

/** Where tables are built in Snowflake. What a connection of `connections.toml` says is read when the account is reached. */
export interface SnowflakeTarget {
  readonly name: string
  readonly engine: 'snowflake'
  /** Undefined where the connection says it; so are `user` and `signIn`. */
  readonly account?: string | undefined
  readonly user?: string | undefined
  readonly connection?: string | undefined
  readonly signIn?: SnowflakeSignIn | undefined
  readonly role?: string | undefined
  /** Undefined: none, where the session may choose. */
  readonly secondaryRoles?: 'none' | 'all' | undefined
  readonly warehouse?: string | undefined
  readonly database: string
  /** Each layer's schema is `<schema>_<layer>`, unless `schemas` has the layer. */
  readonly schema: string
  /** By layer: `MARKETING` or `OTHER_DB.MARKETING`. */
  readonly schemas: Readonly<Record<string, string>>
  readonly transient: boolean
  readonly retentionDays?: number | undefined
  readonly tags: Readonly<Record<string, string>>
  readonly statementTimeoutSeconds: number
  readonly lockTimeoutSeconds: number
  readonly loadBy: 'stage' | 'binds'
  readonly accessUrl?: string | undefined
  /** A run whose queries are estimated to scan more is refused. */
  readonly budget?: { readonly bytes?: number | undefined } | undefined
  /** What holds for one model, by its name. */
  readonly models: Readonly<Record<string, SnowflakeModel>>
}

export interface SnowflakeModel {
  readonly warehouse?: string | undefined
  readonly retentionDays?: number | undefined
}

/** Files by their absolute paths. */
export type SnowflakeSignIn =
  | {
      readonly kind: 'key pair'
      readonly key: { readonly text: string } | { readonly file: string }
      readonly passphrase?: string | undefined
    }
  | { readonly kind: 'OAuth token' | 'programmatic access token'; readonly token: { readonly text: string } }
  | {
      readonly kind: 'workload identity'
      readonly workload:
        | { readonly provider: 'aws' | 'azure' | 'gcp' }
        | { readonly provider: 'oidc'; readonly token: { readonly text: string } | { readonly file: string } }
    }
  | { readonly kind: 'password'; readonly password: string; readonly passcode?: string | undefined }

type ParsedTarget = z.output<typeof targetSchema>

/** A target out of the parsed ones: `merged` is it with all that it inherits, `chain` it and those it extends, itself first. */
export function snowflakeTarget(
  name: string,
  merged: ParsedTarget,
  chain: readonly ParsedTarget[],
  folder: string,
): SnowflakeTarget {
  // Who signs in otherwise than the target that it extends has nothing of how that one does.
  const own = chain.find(target => signInKeys.some(key => target[key] !== undefined)) ?? merged
  return {
    name,
    engine: 'snowflake',
    account: merged.account,
    user: merged.user,
    connection: own.connection,
    signIn: signInOf(own, besides(own, merged), folder),
    role: merged.role,
    secondaryRoles: merged.secondary_roles,
    warehouse: merged.warehouse,
    database: merged.database!,
    schema: merged.schema!,
    schemas: schemasOf(chain),
    transient: merged.transient ?? true,
    retentionDays: merged.retention_days,
    tags: merged.tags ?? {},
    statementTimeoutSeconds: merged.statement_timeout ?? 6 * 3600,
    lockTimeoutSeconds: merged.lock_timeout ?? 900,
    loadBy: merged.load_by ?? 'stage',
    accessUrl: merged.access_url,
    budget: merged.budget,
    models: Object.fromEntries(
      Object.entries(merged.models ?? {}).map(([model, { warehouse, retention_days: retentionDays }]) => [
        model,
        { warehouse, retentionDays },
      ]),
    ),
  }
}

type Beside = Pick<ParsedTarget, keyof typeof besideSignIn>

/** A passphrase or passcode that is said elsewhere in the chain belongs to the sign-in all the same. */
function besides(own: ParsedTarget, merged: ParsedTarget): Beside {
  return {
    private_key_passphrase: own.private_key_passphrase ?? merged.private_key_passphrase,
    mfa_passcode: own.mfa_passcode ?? merged.mfa_passcode,
  }
}

function signInOf(own: ParsedTarget, beside: Beside, folder: string): SnowflakeSignIn | undefined {
  const { private_key: text, private_key_file: file, workload_identity: workload } = own
  if (text !== undefined || file !== undefined) {
    const key = text === undefined ? { file: resolve(folder, file!) } : { text }
    return { kind: 'key pair', key, passphrase: beside.private_key_passphrase }
  }
  if (own.oauth_token !== undefined) return { kind: 'OAuth token', token: { text: own.oauth_token } }
  if (own.programmatic_access_token !== undefined)
    return { kind: 'programmatic access token', token: { text: own.programmatic_access_token } }
  if (workload !== undefined) return { kind: 'workload identity', workload: workloadOf(workload, folder) }
  if (own.password !== undefined) return { kind: 'password', password: own.password, passcode: beside.mfa_passcode }
  return undefined
}

function workloadOf(workload: NonNullable<ParsedTarget['workload_identity']>, folder: string) {
  if (typeof workload === 'string') return { provider: workload }
  const { token, token_file: file } = workload
  return {
    provider: workload.provider,
    token: token === undefined ? { file: resolve(folder, file!) } : { text: token },
  }
}

/** Who names a schema of its own builds beside the target that it extends, and not into the schemas that are named there. */
function schemasOf(chain: readonly ParsedTarget[]): Readonly<Record<string, string>> {
  return chain.find(({ schema, schemas }) => schema !== undefined || schemas !== undefined)?.schemas ?? {}
}
