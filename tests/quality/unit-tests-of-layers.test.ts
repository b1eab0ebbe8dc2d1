import { describe, expect, test } from 'vitest'
import * as engine from '../../src/index.ts'
import { loadProject } from '../../src/project/load-project.ts'
import { StrippedCache } from '../../src/project/strip-types.ts'
import { onDuckDB } from '../../src/quality/unit-test/on-duckdb.ts'
import { prepareUnitTests } from '../../src/quality/unit-tests.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { type Files, folderOf } from '../support/project.ts'
import { orderFiles } from './orders.ts'

const taxed = `
import { given, unitTest } from 'throughline'
import { order_taxes } from '../models/shop/order_taxes'
import { paid_orders } from '../models/staging/paid_orders'

export const taxed = unitTest({
  description: 'Taxed by country is Tested: the word country stands here too.',
  model: order_taxes,
  given: [given(paid_orders, [{ order_id: 'a', amount: 10 }])],
  expect: [{ order_id: 'a', tax: 2 }],
})
`
const counted = `
import { given, unitTest } from 'throughline'
import { countdown } from '../models/shop/countdown'

export const counted = unitTest({ description: 'Counted.', model: countdown, given: [], expect: [] })
`
const stock = folderOf({ ...orderFiles, 'unit_tests/taxed.ts': taxed, 'unit_tests/counted.ts': counted })

function preparedOver(own: Files) {
  const { project, problems } = loadProject([folderOf(own), stock], engine, new StrippedCache(undefined).strip)
  expect(problems).toEqual([])
  const runsOn = onDuckDB(() => DuckDBWarehouse.open({ path: ':memory:' }))
  const { tests, problems: said } = prepareUnitTests({ project, startedAt: '2026-06-01 12:00:00', engine: runsOn })
  return { names: tests.map(({ name }) => name), said }
}

describe('A unit test of the stock layer', () => {
  test('holds for the stock models', () => {
    expect(preparedOver({})).toEqual({ names: ['counted', 'taxed'], said: [] })
  })

  test.each(['models/shop/order_taxes.ts', 'models/staging/paid_orders.ts'] as const)(
    'does not bind a file of the user’s own at %s',
    path => {
      expect(preparedOver({ [path]: orderFiles[path]! })).toEqual({ names: ['counted'], said: [] })
    },
  )

  test('holds for the user’s own file where they take the test over', () => {
    const path = 'models/shop/order_taxes.ts'
    const both = { [path]: orderFiles[path]!, 'unit_tests/taxed.ts': taxed }
    expect(preparedOver(both)).toEqual({ names: ['counted', 'taxed'], said: [] })
  })
})

test('a column that there is not is told where the rows name it, not where the words do', () => {
  const mine = taxed.replace('amount: 10', 'amount: 10, country: 1')
  const { said } = preparedOver({ 'unit_tests/taxed.ts': mine })
  expect(said.map(({ place }) => [place?.line, place?.column])).toEqual([[9, 60]])
})
