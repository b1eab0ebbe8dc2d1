import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { namesOf } from '../../src/cli/conformance/names.ts'
import { targetIn } from '../../src/cli/conformance/place.ts'
import { reportWithoutNames, withoutNames } from '../../src/cli/conformance/without-names.ts'
import type { SnowflakeTarget } from '../../src/config/snowflake-target.ts'
import type { BigQueryTarget, Target } from '../../src/config/targets.ts'
import type { KitReport } from '../../src/conformance/report.ts'
import { ProblemsError } from '../../src/problems/problem.ts'
import { folderOf } from '../support/project.ts'

const target: SnowflakeTarget = {
  name: 'prod',
  engine: 'snowflake',
  account: 'acme-prod',
  user: 'THROUGHLINE',
  signIn: { kind: 'password', password: 'secret' },
  role: 'TRANSFORMER',
  warehouse: 'TRANSFORM_WH',
  database: 'SHOP',
  schema: 'JOURNEYS',
  schemas: { kpis: 'MARKETING' },
  transient: true,
  tags: {},
  secondaryRoles: 'none',
  statementTimeoutSeconds: 60,
  lockTimeoutSeconds: 60,
  loadBy: 'stage',
  models: {},
}

const bigquery: BigQueryTarget = {
  name: 'prod',
  engine: 'bigquery',
  project: 'acme-prod',
  location: 'EU',
  dataset: 'journeys',
  datasets: {},
  labels: {},
  priority: 'batch',
  models: {},
  policyTags: { personal: 'projects/acme-governance/locations/eu/taxonomies/1/policyTags/2' },
  usdPerTib: 6.25,
  keyFile: '/etc/keys/acme.json',
  impersonate: 'builder@acme-prod.iam.gserviceaccount.com',
}

interface World {
  readonly grantee?: string
  readonly env?: Readonly<Record<string, string>>
}

const masked = (of: Target, text: string, { grantee, env = {} }: World = {}): string =>
  withoutNames(namesOf({ target: of, folder: '/home/ben/shop', grantee }, { HOME: '/home/ben', ...env }), text)

describe('What is sent to us', () => {
  test('names no account, and still says what was asked', () => {
    const text = `Object 'SHOP.J_KPIS.X' of https://acme-prod.snowflakecomputing.com is not for role TRANSFORMER; select url_host('https://www.shop.example/a') from shop.j_kpis.x`
    expect(masked(target, text)).toBe(
      `Object '<database>.J_KPIS.X' of https://<account>.snowflakecomputing.com is not for role <role>; select url_host('https://www.shop.example/a') from <database>.j_kpis.x`,
    )
  })

  test('is the same report with the same keys, whatever the user is called', () => {
    const names = namesOf({ target, folder: '/srv/shop', grantee: undefined }, {})
    const difference = {
      about: 'throughline',
      where: 'building it',
      expected: 'it is built',
      got: 'User THROUGHLINE may not use warehouse TRANSFORM_WH',
      sql: 'select 1 from shop.tl_conformance_1_kpis.x',
      because: ['sessions'],
    }
    const report: KitReport = {
      report: 'throughline conformance',
      version: 1,
      engine: 'snowflake',
      engineVersion: '9.1',
      throughline: '1.0.0',
      node: 'v20',
      startedAt: '',
      finishedAt: '',
      status: 'differs',
      stoppedBecause: undefined,
      estimate: { statements: 1, bytesBilled: undefined },
      budget: { bytes: undefined, minutes: 60 },
      cost: undefined,
      checks: [
        {
          check: 'models',
          status: 'differs',
          seconds: 1,
          agreed: 3,
          differences: [difference],
          skipped: [{ about: 'kills', because: 'role TRANSFORMER is gone' }],
        },
      ],
      place: 'tl_conformance_1',
      leftBehind: ['shop.tl_conformance_1_kpis'],
    }
    expect(reportWithoutNames(report, text => withoutNames(names, text))).toEqual({
      ...report,
      checks: [
        {
          ...report.checks[0],
          differences: [
            {
              ...difference,
              got: 'User <user> may not use warehouse <warehouse>',
              sql: 'select 1 from <database>.tl_conformance_1_kpis.x',
            },
          ],
          skipped: [{ about: 'kills', because: 'role <role> is gone' }],
        },
      ],
      leftBehind: ['<database>.tl_conformance_1_kpis'],
    })
  })

  test('names nothing that a connection says, nor the file where it stands', () => {
    const folder = folderOf({
      'connections.toml': `[acme_eu]
account = "xy12345.eu-central-1"
user = "BEN_BUILDER"
role = "LOADER"
warehouse = "NIGHT_WH"
authenticator = "SNOWFLAKE_JWT"
private_key_file = "keys/ben.p8"
`,
    })
    const { account: _, user, signIn, role, warehouse, ...rest } = target
    const env = { SNOWFLAKE_HOME: folder }
    const text = `XY12345: BEN_BUILDER as loader in NIGHT_WH, key ${join(folder, 'keys/ben.p8')}, connection acme_eu of ${join(folder, 'connections.toml')}`
    expect(masked({ ...rest, connection: 'acme_eu' }, text, { env })).toBe(
      '<account>: <user> as <role> in <warehouse>, key <key_file>, connection <connection> of <connections>/connections.toml',
    )
    expect(() => masked({ ...rest, connection: 'acme_us' }, text, { env })).toThrow(ProblemsError)
  })

  test('names neither who is granted a table nor the files and service accounts that sign in', () => {
    const text =
      'ben@acme.com got acme-prod.x by /etc/keys/acme.json as builder@acme-prod.iam.gserviceaccount.com or 12-compute@developer.gserviceaccount.com, seen in /home/ben/shop/a.ts and /home/ben/.config; projects/acme-governance/locations/eu/taxonomies/1/policyTags/2'
    expect(masked(bigquery, text, { grantee: 'user:ben@acme.com' })).toBe(
      '<grantee> got <project>.x by <key_file> as <impersonate> or <service account>, seen in <folder>/a.ts and <home>/.config; <policy_tag>',
    )
    const key = { kind: 'key pair', key: { file: '/etc/keys/ben.p8' } } as const
    expect(masked({ ...target, signIn: key }, '/etc/keys/ben.p8 to REPORTER', { grantee: 'REPORTER' })).toBe(
      '<key_file> to <grantee>',
    )
  })

  test('takes a short name, or one that is a word of SQL, for a name only where it is written as one', () => {
    const short = { ...target, role: 'BI', database: 'DATE', warehouse: 'PUBLIC', user: 'T' }
    const text = `Role 'BI' and role BI, of bi.x: date.tl_conformance_1_raw.t, "DATE".TL_CONFORMANCE_1_RAW.T; cast(t.x as date), grant to public`
    expect(masked(short, text)).toBe(
      `Role '<role>' and role <role>, of bi.x: <database>.tl_conformance_1_raw.t, "<database>".TL_CONFORMANCE_1_RAW.T; cast(t.x as date), grant to public`,
    )
  })
})

test('Everything that the kit makes is in schemas of its own, whatever the target says of its layers', () => {
  expect(targetIn(target, 'tl_conformance_1')).toMatchObject({ schema: 'tl_conformance_1', schemas: {}, models: {} })
})
