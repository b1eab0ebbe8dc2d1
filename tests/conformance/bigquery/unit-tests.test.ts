import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileProject } from '../../../src/compile/compile-project.ts'
import { bigquery } from '../../../src/compile/dialect/bigquery.ts'
import { naming } from '../../../src/compile/naming.ts'
import { tableOf } from '../../../src/googlesql/catalog.ts'
import { type GoogleSql, plainRows } from '../../../src/googlesql/googlesql.ts'
import type { SqlValue } from '../../../src/googlesql/values.ts'
import * as engine from '../../../src/index.ts'
import { loadProject } from '../../../src/project/load-project.ts'
import { StrippedCache } from '../../../src/project/strip-types.ts'
import { differenceOf } from '../../../src/quality/unit-test/compare-rows.ts'
import { settingsOf } from '../../../src/quality/unit-test/settings.ts'
import { givenTables } from '../../../src/quality/unit-test/tables.ts'
import { evaluatedModel } from './evaluated-model.ts'
import { startGoogleSql } from './google-sql.ts'
import { sqlColumns } from './retailer.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')
const { project } = loadProject([root], engine, new StrippedCache(undefined).strip)
const base = { dialect: bigquery, naming: naming(undefined), exclude: [], startedAt: '2026-06-01 12:00:00' }
let google: GoogleSql

beforeAll(async () => {
  google = await startGoogleSql()
})
afterAll(() => google?.stop())

test('the project has unit tests', () => {
  expect(project.unitTests.length).toBeGreaterThan(50)
})

for (const unitTest of project.unitTests) {
  const name = project.names.model(unitTest.value.model)!
  test(`${name}: ${unitTest.name}, on Google's evaluator`, async () => {
    const { settings } = settingsOf(unitTest, project)
    const { compiled } = compileProject({ ...base, project, ...settings, alone: [name] })
    const model = compiled.models.get(name)!
    const { tables, problems } = givenTables(unitTest, model, compiled, project)
    expect(problems).toEqual([])
    const given = tables.map(({ path, columns, rows }) =>
      tableOf(path, sqlColumns(columns), rows as readonly Readonly<Record<string, SqlValue>>[]),
    )
    const rows = plainRows(await evaluatedModel(google, model, given))
    expect(differenceOf(unitTest.value.expect, rows, model.columns) ?? '').toBe('')
  })
}
