import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tinyRetailer } from '../../../examples/retailer/generate.ts'
import type { Columns } from '../../../src/authoring/column.ts'
import type { CompiledModel, CompiledProject, TableName } from '../../../src/compile/compiled.ts'
import { duckdb } from '../../../src/compile/dialect/duckdb.ts'
import { snowflake } from '../../../src/compile/dialect/snowflake.ts'
import { landingColumns } from '../../../src/compile/landing-columns.ts'
import { distinctSchemas, naming, schemaOf, tablePath } from '../../../src/compile/naming.ts'
import { rowsDifference } from '../../../src/conformance/compare-rows.ts'
import { buildScratch } from '../../../src/materialize/build-scratch.ts'
import { runDataTest } from '../../../src/quality/run-data-test.ts'
import { runTests } from '../../../src/quality/run-tests.ts'
import type { TestSettings } from '../../../src/quality/test-settings.ts'
import { loadInto } from '../../../src/warehouse/snowflake/load-files.ts'
import type { SnowflakeSession } from '../../../src/warehouse/snowflake/session.ts'
import { SnowflakeWarehouse } from '../../../src/warehouse/snowflake/snowflake-warehouse.ts'
import type { Row, Session } from '../../../src/warehouse/warehouse.ts'
import { modelsWithQueries, retailerHere } from '../retailer.ts'
import { settingsOf } from './client-support.ts'
import { isDifferingTest, modelDifference, modelDifferences, testDifferences } from './model-differences.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

// Each model over the rows that DuckDB has of what it reads, so that one that differs makes no other differ.

const isSkipped = whyNoFakesnow() !== undefined
const retailer = isSkipped ? undefined : await retailerHere(tinyRetailer)
const forDuckDB = retailer?.compiledFor(duckdb)
const forSnowflake = retailer?.compiledFor(snowflake)
const models = forSnowflake === undefined ? [] : modelsWithQueries(forSnowflake)
const here = naming(undefined)

describe.skipIf(isSkipped)('Over the retailer, on fakesnow,', { timeout: 300_000 }, () => {
  let server: LocalSnowflake
  let warehouse: SnowflakeWarehouse
  let session: SnowflakeSession
  beforeAll(async () => {
    server = await startLocalSnowflake()
    const settings = settingsOf(server, { schemas: { tl_scratch: 'TL_SCRATCH' } })
    warehouse = await SnowflakeWarehouse.open(settings)
    session = await warehouse.connect()
    const tables = tablesOf(forSnowflake!)
    await warehouse.clearScratch(session, schemaOf(here.scratch('x')))
    await warehouse.createSchemas(session, distinctSchemas(tables.map(({ table }) => schemaOf(table))))
    const load = loadInto(session, settings)
    for (const { table, columns } of tables) {
      const types = Object.fromEntries(Object.entries(columns).map(([name, { type }]) => [name, type]))
      await load(retailer!.loading(table, types))
    }
  }, 1_200_000)
  afterAll(async () => {
    session?.close()
    await warehouse?.close()
    await server?.close()
    await retailer?.close()
  })

  test('there are models to compare', () => {
    expect(models.length).toBeGreaterThan(80)
  })

  describe.each(models)('%s', name => {
    const model = forSnowflake!.models.get(name)!
    const because = modelDifference(name)

    test(because === undefined ? 'has the rows that it has in DuckDB' : `differs: ${because}`, async () => {
      const difference = await differenceOf(model).catch((error: Error) => error.message)
      if (because === undefined) expect(difference).toBeUndefined()
      else expect(difference).not.toBeUndefined()
    })

    test.runIf(model.tests.length > 0)('fails its data tests on as many rows', async () => {
      const there = await testResults(session, model, forSnowflake!)
      const inDuckDB = await testResults(retailer!.session, forDuckDB!.models.get(name)!, forDuckDB!)
      expect(there.rowCount).toBe(inDuckDB.rowCount)
      const differing = there.tests.filter(
        (one, index) => JSON.stringify(one) !== JSON.stringify(inDuckDB.tests[index]),
      )
      const said = model.tests.map(one => one.name).filter(isDifferingTest)
      expect(differing.map(one => one.name)).toEqual(said)
    })
  })

  describe.each(forSnowflake?.dataTests ?? [])('the data test $name', dataTest => {
    test('finds as many rows', async () => {
      const onDuckDB = forDuckDB!.dataTests.find(({ name }) => name === dataTest.name)!
      const found = await runDataTest(session, dataTest, [], undefined)
      expect(found.failures).toBe((await runDataTest(retailer!.session, onDuckDB, [], undefined)).failures)
    })
  })

  /** The rows that the model makes beside those that DuckDB has. */
  async function differenceOf(model: CompiledModel) {
    const { columns, table } = model
    const scratch = await buildScratch(session, warehouse, model, here)
    const got = await session.query(`select * from ${tablePath(scratch)}`)
    await session.execute(`drop ${model.materialization === 'view' ? 'view' : 'table'} if exists ${tablePath(scratch)}`)
    const expected: readonly Row[] = await retailer!.query(`select * from ${tablePath(table)}`)
    return rowsDifference(columns, model.model.value.grain, expected, got)
  }
})

test.skipIf(isSkipped)('Every model and test that is said to differ is one', () => {
  expect(modelDifferences.flatMap(one => one.models).filter(name => !models.includes(name))).toEqual([])
  const tests = [...forSnowflake!.models.values()].flatMap(model => model.tests.map(one => one.name))
  expect(testDifferences.flatMap(one => one.tests).filter(name => !tests.includes(name))).toEqual([])
})

function tablesOf({ sourceTables, models: all }: CompiledProject): readonly {
  readonly table: TableName
  readonly columns: Columns
}[] {
  const raw = [...sourceTables.values()].map(({ table, columns }) => ({
    table,
    columns: { ...columns, ...landingColumns } as Columns,
  }))
  return [...raw, ...[...all.values()].filter(({ materialization }) => materialization !== 'inline')]
}

/** What each test of a model's rows finds. */
async function testResults(of: Session, model: CompiledModel, { models: all }: CompiledProject) {
  const settings: TestSettings = {
    tableOf: name => all.get(name)?.table,
    stands: async () => true,
    storeFailures: undefined,
    withTests: true,
    inOneStatement: true,
  }
  const { tests, rowCount } = await runTests(of, model, model.table, settings)
  return { rowCount, tests: tests.map(({ name, status, failures }) => ({ name, status, failures })) }
}
