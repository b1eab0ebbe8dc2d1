import { expect, test } from 'vitest'
import { type Binder, NotVerified } from '../../src/check/binder.ts'
import { checkProjectForBigQuery } from '../../src/check/check-project.ts'
import { compileProject } from '../../src/compile/compile-project.ts'
import { bigquery } from '../../src/compile/dialect/bigquery.ts'
import { describeProblem, type Problem } from '../../src/problems/problem.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { type DescribedColumn, WarehouseError } from '../../src/warehouse/warehouse.ts'
import { projectOf } from '../support/project.ts'
import { orders, reportText } from './support.ts'

const lines: DescribedColumn = { name: 'n', type: { kind: 'integer' }, engineType: 'INT64' }
const files = (query: string) => ({
  ...orders,
  'models/shop/report.ts': reportText('report', { columns: `n: integer('x')`, query }),
})

/** What is told of a project whose SQL for BigQuery a binder answers so; of `orders` it has nothing to say. */
async function checked(query: string, answer: (sql: string) => readonly DescribedColumn[]) {
  const { folder, input, compiled } = projectOf(files(query))
  const declared: string[] = []
  const binder: Binder = {
    engine: 'bigquery',
    atATime: 2,
    declare: async tables => void declared.push(...tables.map(({ table }) => `${table.schema}.${table.name}`)),
    describe: async sql => {
      if (sql.includes('shop.orders as o')) return answer(sql)
      return sql.startsWith('select case') ? [] : describedOrders
    },
  }
  const empty = await DuckDBWarehouse.open({ path: ':memory:' })
  try {
    const forBigQuery = { compiled: compileProject({ ...input, dialect: bigquery }).compiled, binder }
    const { problems, notVerified } = await checkProjectForBigQuery(input, compiled, empty, forBigQuery)
    const said = (all: readonly Problem[]) => all.map(each => describeProblem(each).replaceAll(`${folder}/`, ''))
    return { declared, problems: said(problems), notVerified: said(notVerified) }
  } finally {
    await empty.close()
  }
}

const describedOrders: readonly DescribedColumn[] = [
  { name: 'order_id', type: { kind: 'text' }, engineType: 'STRING' },
  { name: 'person_id', type: { kind: 'text' }, engineType: 'STRING' },
  { name: 'ordered_at', type: { kind: 'timestamp' }, engineType: 'TIMESTAMP' },
  { name: 'amount', type: { kind: 'number' }, engineType: 'NUMERIC' },
  { name: 'lines', type: { kind: 'integer' }, engineType: 'INT64' },
]
const query = 'select o.lines as n from ${orders} as o'

test('A query that BigQuery refuses alone is told at its place, with the nearest name of ours', async () => {
  const { declared, problems, notVerified } = await checked(query, sql => {
    const details = { sql, offset: sql.indexOf('o.lines') + 2, unknownName: 'linse', kind: 'name' } as const
    throw new WarehouseError('BigQuery: Name linse not found inside o', details)
  })
  expect(declared.sort()).toEqual(['shop.orders', 'shop.report'])
  expect(problems).toEqual([
    expect.stringMatching(
      /^models\/shop\/report\.ts:10:10 {2}BigQuery: Name linse not found inside o; did you mean lines\?/,
    ),
  ])
  expect(notVerified).toEqual([])
})

test('A column that BigQuery types otherwise is told by its name there', async () => {
  const { problems } = await checked(query, () => [{ ...lines, type: { kind: 'real' }, engineType: 'FLOAT64' }])
  expect(problems).toEqual([
    expect.stringMatching(
      /^models\/shop\/report\.ts:7:14 {2}the query of report, on BigQuery, gives 'n' as real, and its contract says integer/,
    ),
  ])
})

test('A query that the binder is too old to know is not called wrong', async () => {
  const { problems, notVerified } = await checked(query, sql => {
    throw new NotVerified('Function not found: max_by', sql.indexOf('o.lines'), undefined)
  })
  expect(problems).toEqual([])
  expect(notVerified).toEqual([expect.stringMatching(/^models\/shop\/report\.ts:10:8 {2}Function not found: max_by/)])
})

test('A query that is wrong on every engine is told of once, in the words of the first', async () => {
  const { problems } = await checked('select o.linse as n from ${orders} as o', sql => {
    throw new WarehouseError('BigQuery: Name linse not found inside o', { sql, offset: 9, kind: 'name' })
  })
  expect(problems).toEqual([expect.stringMatching(/^models\/shop\/report\.ts:10:\d+ {2}.*linse.*did you mean lines\?/)])
  expect(problems[0]).not.toContain('BigQuery')
})
