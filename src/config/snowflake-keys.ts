import { z } from 'zod'
import { secretText } from './secret-text.ts'
import { duration, identifierName } from './values.ts'

/** Names are written without quotes in SQL, so that upper and lower case are one. */
const name = (of: string, like: string) =>
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, `is not ${of}, like ${like}: letters, digits and _`)
/** What Snowflake alone has to find: a plain name, or one in quotes. */
const nameOrQuoted = (of: string, like: string) =>
  z.string().regex(/^([A-Za-z_][A-Za-z0-9_$]*|"[^"]+")$/, `is not ${of}, like ${like}`)
const retentionDays = () => z.int().min(0).max(90).optional()
const secret = () => secretText().optional()

/** How one signs in: one of these, or a connection that says it. */
export const signInKeys = [
  'connection',
  'private_key',
  'private_key_file',
  'oauth_token',
  'programmatic_access_token',
  'workload_identity',
  'password',
] as const

/** What belongs to one of them. */
export const besideSignIn = {
  private_key_passphrase: ['private_key', 'private_key_file'],
  mfa_passcode: ['password'],
} as const

const workload = z.union(
  [
    z.enum(['aws', 'azure', 'gcp']),
    z
      .strictObject({
        provider: z.literal('oidc').describe('An OpenID Connect provider, like that of GitHub Actions or Kubernetes.'),
        token: secret().describe('Its token, out of the environment.'),
        token_file: z
          .string()
          .min(1)
          .optional()
          .describe("The file of its token, relative to this file's folder; read at each sign-in."),
      })
      .refine(({ token, token_file }) => (token === undefined) !== (token_file === undefined), {
        error: 'says no token, or two: write token: ${TOKEN} or token_file: and a path',
      }),
  ],
  {
    error:
      'is none of aws, azure and gcp, where the machine vouches for the work, and no { provider: oidc, token_file: … }',
  },
)

/** What a target in Snowflake may say. `schema` and `budget` are other engines' keys, too, and stand in `target-schema.ts`. */
export const snowflakeKeys = {
  account: z
    .string()
    .regex(
      /^(?!.*snowflakecomputing)[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/,
      "is not an account's identifier, like acme-prod (the organization and the account; without snowflakecomputing.com)",
    )
    .optional()
    .describe("Snowflake: the account's identifier, like acme-prod: the organization and the account."),
  user: z.string().min(1).optional().describe('Snowflake: the user who signs in.'),
  connection: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Snowflake: the name of a connection in ~/.snowflake/connections.toml, which says account, user and how to sign in, and the role and warehouse where this target leaves them out.',
    ),
  private_key: secret().describe(
    'Snowflake: a private key (PEM), out of the environment: ${SNOWFLAKE_PRIVATE_KEY}. A key pair is how a service signs in.',
  ),
  private_key_file: z
    .string()
    .min(1)
    .optional()
    .describe("Snowflake: the file of a private key (PEM), relative to this file's folder."),
  private_key_passphrase: secret().describe(
    'Snowflake: what the private key is encrypted with, out of the environment: ${SNOWFLAKE_PRIVATE_KEY_PASSPHRASE}.',
  ),
  oauth_token: secret().describe('Snowflake: an OAuth access token, out of the environment: ${SNOWFLAKE_OAUTH_TOKEN}.'),
  programmatic_access_token: secret().describe(
    'Snowflake: a programmatic access token, out of the environment: ${SNOWFLAKE_TOKEN}.',
  ),
  workload_identity: workload
    .optional()
    .describe(
      'Snowflake: who vouches for the work: aws, azure or gcp, where it runs there, or { provider: oidc, token_file: … }.',
    ),
  password: secret().describe(
    'Snowflake: a password, out of the environment; Snowflake asks for a second factor, and refuses passwords more and more.',
  ),
  mfa_passcode: secret().describe('Snowflake: the passcode of the second factor; without it the phone is asked.'),
  role: nameOrQuoted('a role', 'TRANSFORMER').optional().describe("Snowflake: the role. Default: the user's own."),
  secondary_roles: z
    .enum(['none', 'all'])
    .optional()
    .describe(
      "Snowflake: whether the user's other roles count beside the role. Default: none, where the session may choose.",
    ),
  warehouse: nameOrQuoted('a warehouse', 'TRANSFORM_WH')
    .optional()
    .describe("Snowflake: the warehouse that computes. Default: the user's own."),
  database: name('a database', 'ANALYTICS').optional().describe('Snowflake: the database in which the tables stand.'),
  schemas: z
    .record(
      identifierName(),
      z
        .string()
        .regex(
          /^([A-Za-z_][A-Za-z0-9_]*\.)?[A-Za-z_][A-Za-z0-9_]*$/,
          'is not a schema, like MARKETING, or OTHER_DB.MARKETING',
        ),
    )
    .optional()
    .describe(
      'Snowflake: other schemas for some layers, like { kpis: MARKETING, staging: OTHER_DB.STAGING }. Not taken over by a target that extends this one and names a schema.',
    ),
  transient: z
    .boolean()
    .optional()
    .describe('Snowflake: tables without fail-safe, which cost less and can be built again. Default: true.'),
  retention_days: retentionDays().describe(
    'Snowflake: for how many days the past of a table can be read; of a transient table at most one. Default: what the database says.',
  ),
  tags: z
    .record(
      z
        .string()
        .regex(
          /^([A-Za-z_][A-Za-z0-9_$]*\.){0,2}[A-Za-z_][A-Za-z0-9_$]*$/,
          'is not a tag, like TEAM or GOVERNANCE.TAGS.TEAM',
        ),
      z.string().max(256),
    )
    .optional()
    .describe('Snowflake: tags of every schema and table, which must be there: { GOVERNANCE.TAGS.TEAM: growth }.'),
  statement_timeout: duration()
    .optional()
    .describe('Snowflake: the longest that one statement may run; Snowflake then stops it. Default: 6 hours.'),
  lock_timeout: duration()
    .optional()
    .describe(
      'Snowflake: how long a statement waits for another that changes the same table. Default: 15 minutes; what a killed build held is free after ten at most.',
    ),
  load_by: z
    .enum(['stage', 'binds'])
    .optional()
    .describe(
      'Snowflake: how files get there: by a stage, or, where its storage cannot be reached, as values of statements. Default: stage.',
    ),
  access_url: z
    .string()
    .regex(
      /^https?:\/\/[^\s/]+$/,
      'is not the address of a server, like https://acme.privatelink.snowflakecomputing.com',
    )
    .optional()
    .describe('Snowflake: where the account is reached, where that is not its own address: private link, or a proxy.'),
}

/** What may be said of one model. */
export const snowflakeModelKeys = {
  warehouse: nameOrQuoted('a warehouse', 'BIG_WH').optional().describe('Snowflake: the warehouse that computes it.'),
  retention_days: retentionDays().describe('Snowflake: for how many days its past can be read.'),
}
