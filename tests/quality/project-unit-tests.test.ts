import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import * as engine from '../../src/index.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { loadProject } from '../../src/project/load-project.ts'
import { StrippedCache } from '../../src/project/strip-types.ts'
import { onDuckDB } from '../../src/quality/unit-test/on-duckdb.ts'
import { prepareUnitTests } from '../../src/quality/unit-tests.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
const { project, problems: ofLoading } = loadProject([root], engine, new StrippedCache(undefined).strip)
const { tests, problems } = prepareUnitTests({
  project,
  startedAt: '2026-06-01 12:00:00',
  engine: onDuckDB(() => DuckDBWarehouse.open({ path: ':memory:' })),
})

test('Every unit test of the project can be run', () => {
  expect([...ofLoading, ...problems].map(describeProblem)).toEqual([])
  expect(tests.length).toBe(project.unitTests.length)
})

test('There are unit tests to run', () => {
  expect(tests.length).toBeGreaterThanOrEqual(5)
})

for (const { name, model, run } of tests) {
  test(`${model}: ${name}`, async () => {
    const { status, message } = await run()
    expect(message ?? '').toBe('')
    expect(status).toBe('pass')
  })
}
