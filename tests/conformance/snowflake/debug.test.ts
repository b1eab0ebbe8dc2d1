import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { kiosk } from '../../cli/kiosk.ts'
import { type } from '../../cli/support.ts'
import { folderOf } from '../../support/project.ts'
import { whyNoFakesnow } from './python.ts'
import { serviceErrors } from './server/faults.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'
import { account, answerAs } from './service-answers.ts'

describe.skipIf(whyNoFakesnow() !== undefined)('A target in Snowflake, looked at by debug', () => {
  let server: LocalSnowflake
  beforeEach(async () => {
    await server?.close()
    server = await startLocalSnowflake({
      users: [
        { name: 'ANA', password: 'secret' },
        { name: 'SVC', programmaticAccessTokens: ['pat-of-svc'] },
      ],
    })
  })
  afterAll(() => server?.close())

  const token = 'user: SVC, programmatic_access_token: "${TOKEN}"'
  const debug = (keys = '', env: Readonly<Record<string, string>> = { TOKEN: 'pat-of-svc' }, signIn = token) => {
    const target = [
      `engine: snowflake, account: acme-prod, access_url: "${server.url}", ${signIn}, role: TRANSFORMER, warehouse: WH`,
      `database: SHOP, schema: J${keys}`,
    ]
    const config = kiosk['warehouse.config.yaml']!.replace('targets:\n', `targets:\n  prod: { ${target.join(', ')} }\n`)
    return type(folderOf({ ...kiosk, 'warehouse.config.yaml': config }), ['debug', '--target', 'prod'], { env })
  }
  /** From the driver's line on, and before the sources'. */
  const lines = (stdout: string) => {
    const all = stdout.split('\n')
    const from = all.findIndex(line => / driver /.test(line))
    return all.slice(
      from,
      all.findIndex((line, index) => index > from && /source till/.test(line)),
    )
  }

  it('tells in one line each who is signed in, with which role, warehouse and database, and what a build may do', async () => {
    answerAs(server, account)
    const { exitCode, stdout } = await debug()
    expect(lines(stdout).map(line => line.replace(/ {2,}/g, '  '))).toEqual([
      'ok  driver  snowflake-sdk is installed',
      'ok  sign-in  programmatic access token, as ANA',
      'ok  account  acme-prod (XY12345), AWS_EU_CENTRAL_1, Snowflake 10.2.0',
      'ok  role  TRANSFORMER, and no secondary roles',
      'ok  warehouse  WH, X-Small, started',
      'ok  database  SHOP',
      'ok  schema j_raw  is not there yet; the first build makes it',
      'ok  schema j_shop  is not there yet; the first build makes it',
      'ok  schema j_tl_scratch  is not there yet; the first build makes it',
      'ok  schema j_about  is not there yet; the first build makes it',
      'ok  session  timezone UTC, timestamp_type_mapping TIMESTAMP_NTZ, week_start 0, week_of_year_policy 0, two_digit_century_start 1970, quoted_identifiers_ignore_case false, default_null_ordering LAST, date_input_format AUTO, timestamp_input_format AUTO, date_output_format YYYY-MM-DD, time_output_format HH24:MI:SS.FF6, timestamp_ntz_output_format YYYY-MM-DD HH24:MI:SS.FF6, timestamp_tz_output_format YYYY-MM-DD HH24:MI:SS.FF6 TZHTZM, strict_json_output true, json_indent 0, rows_per_resultset 0, autocommit true, abort_detached_query true, transaction_abort_on_error false, error_on_nondeterministic_merge true, error_on_nondeterministic_update true, binary_output_format HEX, statement_timeout_in_seconds 21600, lock_timeout 900',
    ])
    expect(exitCode).toBe(0)
    expect(server.statements().filter(({ sql }) => /^create|^grant|^alter warehouse/.test(sql))).toEqual([])
  })

  it('names the privilege that is missing, and the grant that gives it', async () => {
    await server.query('create schema shop.j_raw')
    await server.query('create schema shop.j_shop')
    await server.query('create schema shop.j_tl_scratch')
    answerAs(server, {
      ...account,
      grants: {
        TRANSFORMER: [
          ['USAGE', 'DATABASE', 'SHOP'],
          ['USAGE', 'SCHEMA', 'SHOP.J_RAW'],
          ['CREATE TABLE', 'SCHEMA', 'SHOP.J_RAW'],
          ['USAGE', 'SCHEMA', 'SHOP.J_TL_SCRATCH'],
          ['CREATE TABLE', 'SCHEMA', 'SHOP.J_TL_SCRATCH'],
          ['CREATE VIEW', 'SCHEMA', 'SHOP.J_TL_SCRATCH'],
          ['USAGE', 'ROLE', 'WRITER'],
        ],
        WRITER: [['OWNERSHIP', 'SCHEMA', 'SHOP.J_SHOP']],
      },
    })
    const { exitCode, stdout } = await debug()
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^FAIL {2}schema j_raw +TRANSFORMER has not CREATE VIEW on it$/m)
    expect(stdout).toContain('grant create view on schema shop.j_raw to role TRANSFORMER')
    expect(stdout).toMatch(/^FAIL {2}schema j_tl_scratch +TRANSFORMER has not CREATE STAGE on it$/m)
    expect(stdout).toContain('grant create stage on schema shop.j_tl_scratch to role TRANSFORMER')
    expect(stdout).toMatch(/^ok {4}schema j_shop +is there, and tables can be made in it$/m)
    expect(stdout).toMatch(
      /^FAIL {2}schema j_about +is not there, and TRANSFORMER may not make it: CREATE SCHEMA is missing$/m,
    )
    expect(stdout).toContain('grant create schema on database shop to role TRANSFORMER')
  })

  it('looks whether the other databases of its layers may be used', async () => {
    answerAs(server, account)
    const other = await debug(', schemas: { shop: OTHER_DB.STAGING }')
    expect(other.stdout).toMatch(/^FAIL {2}database other_db +TRANSFORMER has not USAGE on it$/m)
    expect(other.stdout).toContain('grant usage on database other_db to role TRANSFORMER')
    const grants = { TRANSFORMER: [...account.grants.TRANSFORMER!, ['USAGE', 'DATABASE', 'OTHER_DB']] as const }
    answerAs(server, { ...account, grants })
    const granted = await debug(', schemas: { shop: OTHER_DB.STAGING }')
    expect(granted.stdout).toMatch(/^ok {4}database other_db +TRANSFORMER may use it$/m)
  })

  it('says that the session keeps the secondary roles that it was given, or that the target asks for others', async () => {
    answerAs(server, account)
    const restricted = { kind: 'failing', ...serviceErrors.restrictedSession } as const
    server.faults.add({ fault: restricted, times: 99, body: /use secondary roles/ })
    const { stdout, exitCode } = await debug()
    expect(stdout).toMatch(
      /^ok {4}role +TRANSFORMER; its secondary roles are those that the session was given, it may not choose them: /m,
    )
    expect(exitCode).toBe(0)
    const asked = await debug(', secondary_roles: none')
    expect(asked.stdout).toMatch(
      /^FAIL {2}sign-in .*secondary_roles: none in the target cannot be had in this session: /m,
    )
  })

  it('names the warehouse, the database and the role that may not be used', async () => {
    answerAs(server, { ...account, role: 'PUBLIC', warehouse: null, database: null })
    const { exitCode, stdout } = await debug()
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^FAIL {2}role +TRANSFORMER is not the session's role, which is PUBLIC$/m)
    expect(stdout).toContain('grant role TRANSFORMER to user ANA')
    expect(stdout).toMatch(/^FAIL {2}warehouse +WH cannot be used$/m)
    expect(stdout).toContain('grant usage on warehouse WH to role PUBLIC')
    expect(stdout).toMatch(/^FAIL {2}database +SHOP is not there, or PUBLIC may not use it$/m)
    expect(stdout).not.toContain('schema j_raw')
  })

  it('looks at the warehouses of single models too, and says which does not resume by itself', async () => {
    answerAs(server, account)
    const { stdout } = await debug(', models: { orders: { warehouse: BIG_WH }, best: { warehouse: GONE_WH } }')
    expect(stdout).toMatch(
      /^ok {4}warehouse BIG_WH +BIG_WH, X-Small, suspended, and does not resume by itself: alter warehouse BIG_WH set auto_resume = true/m,
    )
    expect(stdout).toMatch(/^FAIL {2}warehouse GONE_WH +GONE_WH is not there, or TRANSFORMER may not see it$/m)
  })

  it('warns of a password, and prints none', async () => {
    answerAs(server, account)
    const password = 'user: ANA, password: "${ANAS_PASSWORD}"'
    const { stdout } = await debug('', { ANAS_PASSWORD: 'secret' }, password)
    expect(stdout).toMatch(
      /^ok {4}sign-in +password, and a second factor on the phone, as ANA; the target signs in with a password, which Snowflake refuses more and more/m,
    )
    const refused = await debug('', { ANAS_PASSWORD: 'wrong-secret' }, password)
    expect(refused.stdout).toMatch(/^FAIL {2}sign-in +password, .*: Incorrect username or password was specified/m)
    expect(refused.stdout).not.toContain('wrong-secret')
  })

  it('masks what a named connection holds, too', async () => {
    const home = folderOf({
      'connections.toml': `[ana]\naccount = "acme-prod"\nuser = "ANA"\npassword = "secret"\nhost = "127.0.0.1"\nport = ${server.port}\nprotocol = "http"\n`,
    })
    const config = kiosk['warehouse.config.yaml']!.replace(
      'targets:\n',
      'targets:\n  prod: { engine: snowflake, connection: ana, database: SHOP, schema: secret_J }\n',
    )
    const before = process.env.SNOWFLAKE_HOME
    process.env.SNOWFLAKE_HOME = home
    try {
      const folder = folderOf({ ...kiosk, 'warehouse.config.yaml': config })
      const { stdout } = await type(folder, ['debug', '--target', 'prod'], { env: { SNOWFLAKE_HOME: home } })
      expect(stdout).toContain('ok    target      prod: Snowflake, connection ana, SHOP; schemas begin with ***_J_')
    } finally {
      if (before === undefined) delete process.env.SNOWFLAKE_HOME
      else process.env.SNOWFLAKE_HOME = before
    }
  })

  it('says what to do where the sign-in is refused, and looks no further', async () => {
    const { exitCode, stdout } = await debug('', { TOKEN: 'pat-of-nobody' })
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^FAIL {2}sign-in +programmatic access token: Programmatic access token is invalid\.$/m)
    expect(stdout).toContain('a programmatic access token ends with its day')
    expect(stdout).not.toContain('pat-of-nobody')
    expect(stdout).not.toMatch(/^ok {4}role/m)
  })
})
