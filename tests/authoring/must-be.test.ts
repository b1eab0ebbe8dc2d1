import { describe, expect, test } from 'vitest'
import { describeProblem } from '../../src/problems/problem.ts'
import { projectOf } from '../support/project.ts'

const model = `import { key, model, references, sql, text } from 'throughline'

export const orders = model({
  description: 'One row per order.',
  grain: ['order_id'],
  columns: { order_id: key('The order'), customer: text('Who') },
  tests: { unique: [['customer']] },
  materialize: { kind: 'table' },
  query: () => sql\`select 'o' as order_id, 'ann' as customer\`,
})
`

/** What is said of the model with some of its text replaced. */
function said(from: string, to: string): readonly string[] {
  expect(model).toContain(from)
  const { folder, problems } = projectOf({ 'models/shop/orders.ts': model.replace(from, to) })
  return problems.map(problem => describeProblem(problem).replaceAll(`${folder}/`, '').split('\n')[0]!)
}

describe('A declaration that tsc has not seen', () => {
  test.each([
    ['a misspelt word', 'grain:', 'grian:', "model: there is no 'grian'; did you mean grain?"],
    ['a word that nothing reads', 'tests:', 'test:', "model: there is no 'test'; did you mean tests?"],
    ['no materialization', "  materialize: { kind: 'table' },\n", '', "model: 'materialize' is missing"],
    [
      'a materialization of no known kind',
      "'table'",
      "'tabel'",
      "materialize.kind: 'tabel' is none of view, table, inline; did you mean table?",
    ],
    [
      'an empty description',
      "'One row per order.'",
      "' '",
      'model: the description is empty: say in a sentence what one row is',
    ],
    [
      'a grain of no column',
      "['order_id']",
      "['ordr_id']",
      "grain: the contract has no column 'ordr_id'; did you mean order_id?",
    ],
    [
      'a unique test of no column',
      "[['customer']]",
      "[['custmer']]",
      "tests.unique: the contract has no column 'custmer'; did you mean customer?",
    ],
    [
      'a kind of test that there is not',
      'unique:',
      'uniqe:',
      "tests: 'uniqe' is none of unique, always, never; did you mean unique?",
    ],
    [
      'a column that is none',
      "text('Who')",
      "'Who'",
      "columns: 'customer' is no column: write customer: text('…'), integer('…') …",
    ],
    [
      'a reference to no column',
      "text('Who')",
      'references({}.person_id)',
      'references(…) takes a column of another model, like people.columns.person_id: there is none of this name',
    ],
    [
      'a query that is async',
      'query: () =>',
      'query: async () =>',
      'a query gives a promise (it is async), and not SQL: write query: () => sql`select …`',
    ],
    [
      'a query that gives nothing',
      "() => sql`select 'o' as order_id, 'ann' as customer`",
      '() => undefined',
      'a query gives nothing, and not SQL: write query: () => sql`select …`',
    ],
  ])('is told at its line: %s', (_, from, to, message) => {
    const [first, ...others] = said(from, to)
    expect(first).toMatch(/^models\/shop\/orders\.ts:\d+:\d+ {2}/)
    expect(first).toContain(message)
    expect(others).toEqual([])
  })

  test('is taken where nothing is wrong with it', () => {
    expect(said('One row', 'A row')).toEqual([])
  })
})
