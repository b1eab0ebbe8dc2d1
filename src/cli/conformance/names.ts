import { homedir } from 'node:os'
import { dirname } from 'node:path'
import type { Target } from '../../config/targets.ts'
import { readConnection } from '../../warehouse/snowflake/connections-toml.ts'
import { openSettings, tokenOf } from '../../warehouse/snowflake/open-settings.ts'
import type { SignIn } from '../../warehouse/snowflake/settings.ts'
import type { Effects } from '../effects.ts'

/** Something that tells whose account it is. */
export interface AccountName {
  /** What stands in its place: `<role>`. */
  readonly key: string
  readonly value: string
  /** An address is long and strange enough to be nothing else; a word may be a part of something else, like an address of the web. */
  readonly kind: 'address' | 'word'
}

interface Surroundings {
  readonly target: Target
  /** The folder of the user's project. */
  readonly folder: string
  readonly grantee: string | undefined
}

/** What names the account of a target, with what a named connection says of it. Throws `ProblemsError` where that cannot be read. */
export function namesOf({ target, folder, grantee }: Surroundings, env: Effects['env']): readonly AccountName[] {
  return [
    ...named('address', { folder, home: env.HOME || homedir() }),
    ...granteeNames(grantee),
    ...targetNames(target, env),
  ]
}

function targetNames(target: Target, env: Effects['env']): readonly AccountName[] {
  if (target.engine === 'duckdb') return named('address', { database: target.path, publish_to: target.publishTo })
  if (target.engine === 'bigquery') {
    const { project, impersonate, apiEndpoint, keyFile, policyTags } = target
    return [
      ...named('address', { project, impersonate, api_endpoint: apiEndpoint, key_file: keyFile }),
      ...Object.values(policyTags).flatMap(tag => named('address', { policy_tag: tag })),
    ]
  }
  const { account, user, role, warehouse, database, accessUrl, signIn, tags } = openSettings(target, env)
  return [
    ...spellings(account).flatMap(spelling => named('address', { account: spelling })),
    ...named('address', {
      access_url: accessUrl,
      host: accessUrl?.replace(/^\w+:\/\//, ''),
      key_file: keyFileOf(signIn),
    }),
    ...named('word', { user, role, warehouse, database }),
    ...Object.keys(tags).flatMap(tag => named('word', { tag })),
    ...(target.connection === undefined ? [] : connectionNames(target.connection, env)),
  ]
}

/** Its file, and what is said there besides; the target may say another role, but the user has this one as well. */
function connectionNames(connection: string, env: Effects['env']): readonly AccountName[] {
  const { file, values } = readConnection(connection, env)
  const { account, user, username, role, warehouse, database } = values
  return [
    ...named('address', { connections: dirname(file), key_file: values.private_key_file ?? values.private_key_path }),
    ...named('address', { token_file: values.token_file_path }),
    ...(account === undefined ? [] : spellings(account)).flatMap(spelling => named('address', { account: spelling })),
    ...named('word', { user: user ?? username, role, warehouse, database, connection }),
  ]
}

/** `acme-prod` stands in Snowflake's own words as `ACME.PROD` too, and `xy12345.eu-central-1` as `XY12345`. */
function spellings(account: string): readonly string[] {
  const locator = /^[a-z]{2,4}\d{4,}(?=\.)/i.exec(account)?.[0]
  const others = [account.replace('-', '.'), account.replaceAll('_', '-'), ...(locator === undefined ? [] : [locator])]
  return [...new Set([account, ...others])]
}

function keyFileOf(signIn: SignIn): string | undefined {
  const from = signIn.kind === 'key pair' ? signIn.key : tokenOf(signIn)
  return from !== undefined && 'file' in from ? from.file : undefined
}

/** `user:ben@example.com` is told as `ben@example.com` too; a role is a word like any other. */
function granteeNames(grantee: string | undefined): readonly AccountName[] {
  if (grantee === undefined) return []
  const who = grantee.replace(/^\w+:/, '')
  return named(/[@.:]/.test(who) ? 'address' : 'word', { grantee: who })
}

function named(
  kind: AccountName['kind'],
  values: Readonly<Record<string, string | undefined>>,
): readonly AccountName[] {
  return Object.entries(values).flatMap(([key, value]) => (value ? [{ key, value, kind }] : []))
}
