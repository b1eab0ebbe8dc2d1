import { describe, expect, it } from 'vitest'
import { brief, load, problemsOf } from './support.ts'

const env = { KEY: '-----BEGIN PRIVATE KEY-----\nAAAABBBBCCCC\n-----END PRIVATE KEY-----', PASS: 'correct horse' }
const prod = [
  'default_target: prod',
  'targets:',
  '  prod:',
  '    engine: snowflake',
  '    account: acme-prod',
  '    user: BUILDER',
  '    private_key: ${KEY}',
  '    private_key_passphrase: ${PASS}',
  '    role: TRANSFORMER',
  '    warehouse: TRANSFORM_WH',
  '    database: ANALYTICS',
  '    schema: JOURNEYS',
  '    schemas: { kpis: MARKETING, staging: OTHER_DB.STAGING }',
  '    tags: { GOVERNANCE.TAGS.TEAM: growth }',
  '    secondary_roles: all',
  '    statement_timeout: 2 hours',
  '    load_by: binds',
  '    budget: { bytes: 2 TB }',
  '    models: { events: { warehouse: BIG_WH, retention_days: 0 } }',
].join('\n')
const signedIn = '{ engine: snowflake, account: a-b, database: D, schema: S, user: U, password: hush-hush'
const only = (keys: string) => brief(problemsOf(`targets:\n  t: { ${keys} }\n`))

describe('A target in Snowflake', () => {
  it('says where it builds, with which role and warehouse, and how it signs in', () => {
    expect(load(prod, { env }).target).toEqual({
      name: 'prod',
      engine: 'snowflake',
      account: 'acme-prod',
      user: 'BUILDER',
      connection: undefined,
      signIn: { kind: 'key pair', key: { text: env.KEY }, passphrase: 'correct horse' },
      role: 'TRANSFORMER',
      secondaryRoles: 'all',
      warehouse: 'TRANSFORM_WH',
      database: 'ANALYTICS',
      schema: 'JOURNEYS',
      schemas: { kpis: 'MARKETING', staging: 'OTHER_DB.STAGING' },
      transient: true,
      retentionDays: undefined,
      tags: { 'GOVERNANCE.TAGS.TEAM': 'growth' },
      statementTimeoutSeconds: 7200,
      lockTimeoutSeconds: 900,
      loadBy: 'binds',
      accessUrl: undefined,
      budget: { bytes: 2e12 },
      models: { events: { warehouse: 'BIG_WH', retentionDays: 0 } },
    })
  })

  it('signs in by a key file, a token, the machine it runs on, or a password with its passcode', () => {
    const signInOf = (keys: string) =>
      load(`targets:\n  t: { engine: snowflake, account: a-b, user: U, database: D, schema: S, ${keys} }\n`).target
    expect(signInOf('private_key_file: keys/k.p8')).toMatchObject({
      signIn: { kind: 'key pair', key: { file: '/shop/keys/k.p8' }, passphrase: undefined },
    })
    expect(signInOf('oauth_token: t0ken')).toMatchObject({ signIn: { kind: 'OAuth token', token: { text: 't0ken' } } })
    expect(signInOf('programmatic_access_token: t0ken')).toMatchObject({
      signIn: { kind: 'programmatic access token', token: { text: 't0ken' } },
    })
    expect(signInOf('workload_identity: aws')).toMatchObject({
      signIn: { kind: 'workload identity', workload: { provider: 'aws' } },
    })
    expect(signInOf('workload_identity: { provider: oidc, token_file: /run/token }')).toMatchObject({
      signIn: { kind: 'workload identity', workload: { provider: 'oidc', token: { file: '/run/token' } } },
    })
    expect(signInOf('password: hush-hush, mfa_passcode: "123456"')).toMatchObject({
      signIn: { kind: 'password', password: 'hush-hush', passcode: '123456' },
    })
  })

  it('may leave account, user and sign-in to a connection', () => {
    const { target } = load('targets:\n  t: { engine: snowflake, connection: prod, database: D, schema: S }\n')
    expect(target).toMatchObject({ connection: 'prod', account: undefined, signIn: undefined, database: 'D' })
  })

  it('needs a database, a schema, an account and one way to sign in, each missing one told', () => {
    expect(only('engine: snowflake')).toEqual([
      '2:3 targets.t.schema: missing',
      '2:3 targets.t.database: missing',
      '2:3 targets.t.account: missing',
      '2:6 targets.t: does not say how to sign in',
    ])
    expect(only('engine: snowflake, account: a, database: D, schema: S, private_key_file: k')).toEqual([
      '2:3 targets.t.user: missing',
    ])
    expect(only('engine: snowflake, account: a, database: D, schema: S, oauth_token: t, connection: c')).toEqual([
      '2:63 targets.t: says connection and oauth_token',
    ])
    expect(only('engine: snowflake, connection: c, database: D, schema: S, mfa_passcode: "1"')).toEqual([
      '2:66 targets.t.mfa_passcode: belongs to password, which the target does not say',
    ])
  })

  it('signs in as the target says that names a way, not as the one that it extends', () => {
    const text = `${prod}\n  dev: { extends: prod, connection: laptop, schema: DEV_ANN }\n`
    expect(load(text, { env, target: 'dev' }).target).toMatchObject({
      connection: 'laptop',
      signIn: undefined,
      warehouse: 'TRANSFORM_WH',
      schema: 'DEV_ANN',
      schemas: {},
    })
  })

  it('names nothing that Snowflake would refuse', () => {
    const briefOf = (keys: string) => brief(problemsOf(`targets:\n  t: ${signedIn}, ${keys} }\n`))
    expect(briefOf('warehouse: "a b"')).toEqual(['2:106 targets.t.warehouse: is not a warehouse, like TRANSFORM_WH'])
    expect(briefOf('schemas: { kpis: a.b.c }')[0]).toMatch(/schemas\.kpis: is not a schema, like MARKETING/)
    expect(briefOf('retention_days: 7')).toEqual([
      '2:111 targets.t.retention_days: a transient table keeps its past for one day at most',
    ])
    expect(briefOf('transient: false, retention_days: 7')).toEqual([])
    expect(briefOf('models: { a: { retention_days: 2 } }')[0]).toMatch(/models\.a\.retention_days: a transient table/)
    expect(briefOf('budget: { usd: 5 }')[0]).toMatch(/budget\.usd: a warehouse is paid by the time that it is awake/)
    expect(briefOf('schemas: { tl_scratch: s }')[0]).toMatch(/every build empties the schema of scratch/)
    expect(
      only('engine: snowflake, account: x.snowflakecomputing.com, database: D, schema: S, oauth_token: t')[0],
    ).toMatch(/^2:36 targets\.t\.account: is not an account's identifier/)
  })

  it('keeps no longer a past than a transient table can, whichever of the two a target has from another', () => {
    const parent = `default_target: t\ntargets:\n  p: ${signedIn}, transient: false, retention_days: 30, models: { a: { retention_days: 9 } } }\n`
    const extending = (keys: string) => brief(problemsOf(`${parent}  t: { extends: p${keys} }\n`))
    expect(extending(', transient: true')).toEqual([
      '4:20 targets.t.retention_days: a transient table keeps its past for one day at most',
      '4:20 targets.t.models.a.retention_days: a transient table keeps its past for one day at most',
    ])
    expect(extending(', transient: true, retention_days: 1, models: { a: { retention_days: 0 } }')).toEqual([])
    expect(extending('')).toEqual([])
  })

  it('takes no other roles beside its own, and says itself where it has to be so', () => {
    const roles = (keys: string) => load(`targets:\n  t: ${signedIn}${keys} }\n`).target
    expect(roles('')).toMatchObject({ secondaryRoles: undefined })
    expect(roles(', secondary_roles: none')).toMatchObject({ secondaryRoles: 'none' })
  })

  it('keeps its secrets out of what is printed', () => {
    const { secrets } = load(prod, { env })
    const text = `${env.KEY} ${env.PASS} AAAABBBBCCCC TRANSFORMER`
    expect(secrets.mask(text)).toBe('*** *** *** TRANSFORMER')
    const keys = `private_key_file: "\${HOME}/k.p8", user: "\${WHO}" }`
    const inHome = load(`targets:\n  t: { engine: snowflake, account: a, database: D, schema: S, ${keys}\n`, {
      env: { HOME: '/home/ann', WHO: 'BUILDER' },
    })
    expect(inHome.secrets.mask('/home/ann/k.p8 of BUILDER')).toBe('/home/ann/k.p8 of BUILDER')
    const code = load(`targets:\n  t: ${signedIn.replace('hush-hush', 'p')}, mfa_passcode: "\${CODE}" }\n`, {
      env: { CODE: '123456' },
    })
    expect(code.secrets.mask('code 123456')).toBe('code ***')
  })

  it('has no keys of other engines, and they none of its', () => {
    expect(only('engine: duckdb, warehouse: W')).toEqual([
      '2:24 targets.t.warehouse: is a key of snowflake, and this target is of duckdb',
    ])
    expect(brief(problemsOf(`targets:\n  t: ${signedIn}, dataset: d }\n`))).toEqual([
      '2:95 targets.t.dataset: is a key of bigquery, and this target is of snowflake',
    ])
    expect(only('engine: duckdb, schema: Dev')).toEqual([
      '2:32 targets.t.schema: "Dev" is not a name of lower-case letters, digits and _',
    ])
  })
})
