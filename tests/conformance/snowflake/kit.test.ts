import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Difference, KitReport } from '../../../src/conformance/report.ts'
import { typeForReal } from '../../cli/support.ts'
import { folderOf } from '../../support/project.ts'
import { macroDifference, macroDifferences } from './macro-differences.ts'
import { modelDifferences } from './model-differences.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

// The kit for a real account, tried whole where there is none: it has to find what fakesnow does otherwise, and nothing else.

const macros = fileURLToPath(new URL('../../../macros/', import.meta.url))
const differentOnFakesnow = new Set(macroDifferences.flatMap(difference => difference.macros))

describe.skipIf(whyNoFakesnow() !== undefined)('The kit on the local Snowflake', { timeout: 1_800_000 }, () => {
  let server: LocalSnowflake
  beforeAll(async () => {
    server = await startLocalSnowflake()
    // fakesnow has no history to ask what runs besides.
    server.told.tell(/\binformation_schema\.query_history\(/, [])
    server.told.tell(/^show grants on (table|view) /, [])
  })
  afterAll(() => server?.close())

  function project(): string {
    const target = `{ engine: snowflake, account: local, access_url: "${server.url}", user: ANA, password: secret, warehouse: WH, database: SHOP, schema: J }`
    return folderOf({ 'warehouse.config.yaml': `project: tryout\ntargets:\n  prod: ${target}\n` })
  }

  const reportIn = (folder: string) =>
    JSON.parse(readFileSync(join(folder, 'throughline-conformance.json'), 'utf8')) as KitReport

  /** What the kit made and did not drop. */
  async function leftThere(): Promise<readonly unknown[]> {
    const { rows } = await server.query(
      "select schema_name from shop.information_schema.schemata where schema_name ilike 'tl_conformance%'",
    )
    return rows
  }

  /** Examples that fakesnow is known to answer otherwise, or types of macros that have such. */
  const isKnown = ({ about, where }: Difference): boolean => {
    const example = /^example (\d+) /.exec(where)?.[1]
    return example === undefined
      ? differentOnFakesnow.has(about)
      : macroDifference(about, Number(example)) !== undefined
  }

  test('finds what fakesnow does otherwise, and all else as it should be', async () => {
    const folder = project()
    // In fakesnow a transaction sees what stood when it began: of several that write the same table at a time, all but one may fail.
    const { exitCode, stdout, stderr } = await typeForReal(folder, ['conformance', '--threads', '1'])
    const report = reportIn(folder)
    const outcome = (name: string) => report.checks.find(({ check }) => check === name)!
    const statuses = report.checks.map(({ check, status }) => [check, status])
    expect(statuses, stdout + stderr).toEqual([
      ['core', 'agrees'],
      ['macros', 'differs'],
      ['models', 'differs'],
      ['materializations', 'agrees'],
      ['readers', 'agrees'],
      ['grants', 'skipped'],
      ['kills', 'agrees'],
    ])
    expect(outcome('macros').differences.filter(difference => !isKnown(difference))).toEqual([])
    expect(new Set(outcome('macros').differences.map(({ about }) => about))).toEqual(differentOnFakesnow)
    const models = modelDifferences.flatMap(difference => difference.models)
    const roots = outcome('models').differences.filter(({ because = [] }) => because.length === 0)
    expect(roots.filter(({ about }) => !models.includes(about))).toEqual([])
    expect(outcome('kills').skipped).toEqual([])
    expect(report).toMatchObject({ engine: 'snowflake', status: 'differs', leftBehind: [] })
    expect(JSON.stringify(report)).not.toMatch(/127\.0\.0\.1|secret/)
    expect(await leftThere()).toEqual([])
    expect(exitCode).toBe(1)
  })

  test('names exactly the macro that has a wrong rendering, beside what fakesnow does otherwise', async () => {
    const folder = project()
    mkdirSync(join(folder, 'macros'))
    const right = readFileSync(join(macros, 'dates.ts'), 'utf8')
    const wrong = right.replace("snowflake: sql`cast(date_trunc('month',", "snowflake: sql`cast(date_trunc('quarter',")
    expect(wrong).not.toBe(right)
    writeFileSync(join(folder, 'macros/dates.ts'), wrong)
    const { exitCode, stdout, stderr } = await typeForReal(folder, ['conformance', '--only', 'macros'])
    expect(exitCode, stdout + stderr).toBe(1)
    const unknown = reportIn(folder).checks[0]!.differences.filter(difference => !isKnown(difference))
    expect(new Set(unknown.map(({ about }) => about))).toEqual(new Set(['startOfMonth']))
    expect(unknown[0]!.sql).toContain("date_trunc('quarter'")
  })
})
