import { afterAll, describe, expect, test } from 'vitest'
import { tinyRetailer } from '../../../examples/retailer/generate.ts'
import type { CompiledModel, CompiledProject } from '../../../src/compile/compiled.ts'
import { catalogOf, type SqlTable, sqlColumnsOf } from '../../../src/googlesql/catalog.ts'
import { plainRows } from '../../../src/googlesql/googlesql.ts'
import { typeText } from '../../../src/googlesql/types.ts'
import { otherTestSql, rowScanSql } from '../../../src/quality/test-sql.ts'
import { evaluatedModel } from '../../../src/quality/unit-test/on-googlesql.ts'
import { comparableRows } from './comparable.ts'
import { startGoogleSql } from './google-sql.ts'
import { builtRetailer } from './retailer.ts'

// The evaluator takes four megabytes of rows with a statement: some four thousand events.
const events = Number(process.env.THROUGHLINE_CONFORMANCE_EVENTS ?? tinyRetailer.events)
const retailer = await builtRetailer({ ...tinyRetailer, events })
const google = await startGoogleSql()
afterAll(async () => {
  google.stop()
  await retailer.close()
})

test('the project has models to compare', () => {
  expect(retailer.models.length).toBeGreaterThan(80)
})

describe.each(retailer.models)('%s over the retailer', name => {
  const model = retailer.forBigQuery.models.get(name)!

  test("has the same rows on DuckDB and on Google's evaluator", { timeout: 900_000 }, async () => {
    const evaluated = await evaluatedModel(google, model, await retailer.tablesOf(model))
    const columns = sqlColumnsOf(model.columns)
    expect(evaluated.columns.map(({ name: column, type }) => `${column} ${typeText(type)}`)).toEqual(
      columns.map(({ name: column, type }) => `${column} ${typeText(type)}`),
    )
    const onDuckDB = await retailer.query(`select * from ${model.table.schema}.${model.table.name}`)
    expect(comparableRows(columns, plainRows(evaluated))).toEqual(comparableRows(columns, onDuckDB))
  })

  test('fails its data tests on as many rows', { timeout: 900_000 }, async () => {
    const forDuckDB = failureCounts(retailer.forDuckDB, retailer.forDuckDB.models.get(name)!)
    const forBigQuery = failureCounts(retailer.forBigQuery, model)
    const referred = model.tests.flatMap(each => (each.kind === 'references' ? [each.to] : []))
    const others = [...new Set([...model.parents, ...referred])].filter(other => other !== name)
    const tables: readonly SqlTable[] = [
      ...(await retailer.tablesOf({ parents: others, sourceTables: model.sourceTables })),
      await retailer.table(model.table, model.columns),
    ]
    for (const [index, sql] of forBigQuery.entries()) {
      const evaluated = plainRows(await google.evaluate(sql, catalogOf(tables)))
      expect(evaluated.map(textOfCounts), sql).toEqual((await retailer.query(forDuckDB[index]!)).map(textOfCounts))
    }
  })
})

describe.each(retailer.forBigQuery.dataTests)('the data test $name', dataTest => {
  test('finds the same rows on both', { timeout: 900_000 }, async () => {
    const onDuckDB = retailer.forDuckDB.dataTests.find(({ name }) => name === dataTest.name)!
    const tables = await retailer.tablesOf({ parents: dataTest.reads, sourceTables: [] })
    const evaluated = await google.evaluate(dataTest.query.text, catalogOf(tables))
    expect(comparableRows(evaluated.columns, plainRows(evaluated))).toEqual(
      comparableRows(evaluated.columns, await retailer.query(onDuckDB.query.text)),
    )
  })
})

/** A statement for all row tests of a model, and one for each other test. */
function failureCounts({ models }: CompiledProject, { table, tests }: CompiledModel): readonly string[] {
  const isRowTest = (each: CompiledModel['tests'][number]) => 'holds' in each
  const others = tests.filter(each => !isRowTest(each))
  const scan = rowScanSql(table, tests, undefined).sql
  return [scan, ...others.map(each => otherTestSql(each, table, to => models.get(to)?.table))]
}

const textOfCounts = (row: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.entries(row).map(([name, count]) => [name, String(count)]))
