import { describe, expect, test } from 'vitest'
import * as engine from '../../src/index.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { loadProject } from '../../src/project/load-project.ts'
import { StrippedCache } from '../../src/project/strip-types.ts'
import { onDuckDB } from '../../src/quality/unit-test/on-duckdb.ts'
import { type PreparedUnitTests, prepareUnitTests, type UnitTestOutcome } from '../../src/quality/unit-tests.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { type Files, folderOf } from '../support/project.ts'
import { orderFiles } from './orders.ts'

const imports = `
import { defined, given, givenRaw, unitTest } from 'throughline'
import { rules } from '../models/definitions/rules'
import { countdown } from '../models/shop/countdown'
import { order_taxes } from '../models/shop/order_taxes'
import { paid_orders } from '../models/staging/paid_orders'
import { stg_orders } from '../models/staging/stg_orders'
import { sites } from '../seeds/sites'
import { shop } from '../sources/shop'
`

interface Prepared extends PreparedUnitTests {
  /** Problems as a person reads them, without the temporary folder. */
  readonly said: readonly string[]
  outcome(name: string): Promise<UnitTestOutcome>
}

/** Unit tests by name, each as what stands in `unitTest({ … })`, over the files of `orders.ts`. */
function prepared(tests: Readonly<Record<string, string>>, files: Files = {}, imported = ''): Prepared {
  const written = Object.entries(tests).map(([name, body]) => [
    `unit_tests/${name}.ts`,
    `${imports}${imported}\nexport const ${name} = unitTest({\n  description: 'Tested.',\n  ${body}\n})\n`,
  ])
  const folder = folderOf({ ...orderFiles, ...files, ...Object.fromEntries(written) })
  const { project, problems } = loadProject([folder], engine, new StrippedCache(undefined).strip)
  expect(problems).toEqual([])
  const runsOn = onDuckDB(() => DuckDBWarehouse.open({ path: ':memory:' }))
  const all = prepareUnitTests({ project, startedAt: '2026-06-01 12:00:00', engine: runsOn })
  const said = all.problems.map(problem => describeProblem(problem).replaceAll(`${folder}/`, ''))
  const outcome = (name: string) => all.tests.find(each => each.name === name)!.run()
  return { ...all, said, outcome }
}

const withoutSeconds = ({ status, message }: UnitTestOutcome) => ({ status, message })
const passed = { status: 'pass', message: undefined }

describe('A unit test', () => {
  test('passes where the model makes the expected rows, in whatever order, on the columns that are named', async () => {
    const { outcome, said, tests } = prepared({
      taxes: `
        model: order_taxes,
        given: [given(paid_orders, [{ order_id: 'a', amount: '10' }, { order_id: 'b', amount: 200 }])],
        expect: [{ order_id: 'b', is_large: true }, { order_id: 'a', is_large: false }],`,
    })
    expect(said).toEqual([])
    expect(tests.map(({ name, model }) => ({ name, model }))).toEqual([{ name: 'taxes', model: 'order_taxes' }])
    expect(tests[0]!.path).toMatch(/\/unit_tests\/taxes\.ts$/)
    expect(withoutSeconds(await outcome('taxes'))).toEqual(passed)
  })

  test('compares decimals, instants, days and doubles by what they mean, not by how they are written', async () => {
    const { outcome } = prepared({
      values: `
        model: order_taxes,
        given: [given(paid_orders, [{ order_id: 'a', amount: '12.50', placed_at: '2026-06-01T12:30:00.500Z' }])],
        expect: [{ tax: '2.500', placed_at: '2026-06-01 12:30:00.5', placed_date: '2026-06-01', share: 0.166666666667 }],`,
      whole: `
        model: order_taxes,
        given: [given(paid_orders, [{ order_id: 'a', amount: 5, placed_at: '2026-06-01 12:30:00.000000' }])],
        expect: [{ tax: 1, placed_at: '2026-06-01 12:30:00' }],`,
      near: `
        model: order_taxes,
        given: [given(paid_orders, [{ order_id: 'a', amount: 5 }])],
        expect: [{ share: 0.16666666667 }],`,
    })
    expect(withoutSeconds(await outcome('values'))).toEqual(passed)
    expect(withoutSeconds(await outcome('whole'))).toEqual(passed)
    expect((await outcome('near')).status).toBe('fail')
  })

  test('says which rows are missing and which were not expected, like ones together, in columns', async () => {
    const { outcome } = prepared({
      taxes: `
        model: order_taxes,
        given: [given(paid_orders, [
          { order_id: 'a', amount: '10' },
          { order_id: 'long-id', amount: 200, placed_at: '2026-06-01 00:00:00' },
          { order_id: 'c', amount: 1 },
        ])],
        expect: [
          { order_id: 'long-id', tax: 41, placed_at: '2026-06-01 00:00:00' },
          { order_id: 'a', tax: '2' },
          { order_id: '', tax: '7.5' },
        ],`,
    })
    expect(withoutSeconds(await outcome('taxes'))).toEqual({
      status: 'fail',
      message: [
        '3 rows expected, 3 found: 2 missing (-), 2 unexpected (+)',
        '   order_id  placed_at            tax',
        '-  long-id   2026-06-01 00:00:00  41',
        '+  long-id   2026-06-01 00:00:00  40',
        '-  ""        NULL                 7.5',
        '+  c         NULL                 0.2',
      ].join('\n'),
    })
  })

  test('counts equal rows', async () => {
    const { outcome } = prepared({
      twice: `
        model: order_taxes,
        given: [given(paid_orders, [{ order_id: 'a', amount: 5 }, { order_id: 'b', amount: 5 }])],
        expect: [{ tax: 1 }],`,
    })
    expect((await outcome('twice')).message).toBe(
      '1 row expected, 2 found: 0 missing (-), 1 unexpected (+)\n   tax\n+  1',
    )
  })

  test('takes what a row leaves out as NULL, in what is given and in what is expected', async () => {
    const { outcome } = prepared({
      left_out: `
        model: order_taxes,
        given: [given(paid_orders, [{ order_id: 'a', amount: 5 }, { order_id: 'b', amount: 5, placed_at: '2026-06-01 00:00:00' }])],
        expect: [{ order_id: 'a' }, { order_id: 'b', placed_at: '2026-06-01 00:00:00' }],`,
      not_null: `
        model: order_taxes,
        given: [given(paid_orders, [{ order_id: 'a', amount: 5, placed_at: '2026-06-01 00:00:00' }])],
        expect: [{ order_id: 'a', placed_at: null }],`,
    })
    expect(withoutSeconds(await outcome('left_out'))).toEqual(passed)
    expect((await outcome('not_null')).status).toBe('fail')
  })

  test('may expect no rows: a relation that is not given is empty', async () => {
    const { outcome } = prepared({
      empty: 'model: order_taxes,\n  given: [],\n  expect: [],',
      one_row: `model: countdown,\n  given: [given(paid_orders, [{ order_id: 'a', amount: 1 }])],\n  expect: [],`,
    })
    expect(withoutSeconds(await outcome('empty'))).toEqual(passed)
    expect((await outcome('one_row')).message).toBe(
      '0 rows expected, 1 found: 0 missing (-), 1 unexpected (+)\n   order_id  rounds\n+  a         0',
    )
  })

  test('compiles its model with the definitions that it names, and with defaults else', async () => {
    const { outcome } = prepared({
      default_vat: `
        model: order_taxes,
        given: [given(paid_orders, [{ order_id: 'a', amount: 10 }])],
        expect: [{ tax: 2 }],`,
      lower_vat: `
        model: order_taxes,
        given: [given(paid_orders, [{ order_id: 'a', amount: 10 }])],
        definitions: [defined(rules, { vat: '0.1' })],
        expect: [{ tax: 1 }],`,
    })
    expect(withoutSeconds(await outcome('default_vat'))).toEqual(passed)
    expect(withoutSeconds(await outcome('lower_vat'))).toEqual(passed)
  })

  test('gives raw rows under the raw names of the settings, numbered and named as they would land', async () => {
    const { outcome, said } = prepared({
      raw: `
        model: stg_orders,
        given: [givenRaw(shop.tables.orders, [{ id: 'a', 'Total “€”': '1.5' }, { id: 'b', placed: '2026-06-01 00:00:00' }])],
        definitions: [defined(shop, { file: 'orders.csv', amount: 'Total “€”' })],
        expect: [
          { order_id: 'a', amount: '1.5', row_number_in_file: 1 },
          { order_id: 'b', placed_at: '2026-06-01 00:00:00', row_number_in_file: 2 },
        ],`,
      own_numbers: `
        model: stg_orders,
        given: [givenRaw(shop.tables.orders, [{ id: 'a', tl_row_number: 7 }, { id: 'b', tl_row_id: null }])],
        definitions: [defined(shop, { file: 'orders.csv' })],
        expect: [{ order_id: 'a', row_number_in_file: 7 }],`,
    })
    expect(said).toEqual([])
    expect(withoutSeconds(await outcome('raw'))).toEqual(passed)
    expect(withoutSeconds(await outcome('own_numbers'))).toEqual(passed)
  })

  test('tests an inline model as any other', async () => {
    const { outcome } = prepared({
      paid: `
        model: paid_orders,
        given: [given(stg_orders, [{ order_id: 'a', amount: 0 }, { order_id: 'b', amount: '0.01' }])],
        expect: [{ order_id: 'b' }],`,
    })
    expect(withoutSeconds(await outcome('paid'))).toEqual(passed)
  })

  test('gives what a union reads, whatever switches those models on', async () => {
    const files = {
      'models/shop/has_orders.ts': `
import { key, shape } from 'throughline'

export const has_orders = shape({ description: 'Has orders.', columns: { order_id: key('The order') } })
`,
      'models/shop/all_orders.ts': `
import { model, sql, unionOf } from 'throughline'
import { has_orders } from './has_orders'

export const all_orders = model({
  description: 'All orders.',
  grain: [],
  columns: has_orders.columns,
  materialize: { kind: 'table' },
  query: () => sql\`select u.order_id from \${unionOf(has_orders)} as u\`,
})
`,
      'models/staging/stg_orders.ts': orderFiles['models/staging/stg_orders.ts']!.replace(
        "grain: ['order_id'],",
        "grain: ['order_id'],\n  implements: has_orders,",
      ).replace('\nexport', "import { has_orders } from '../shop/has_orders'\n\nexport"),
    }
    const { outcome, said } = prepared(
      {
        union: `
        model: all_orders,
        given: [given(stg_orders, [{ order_id: 'a' }])],
        expect: [{ order_id: 'a' }],`,
      },
      files,
      "import { all_orders } from '../models/shop/all_orders'",
    )
    expect(said).toEqual([])
    expect(withoutSeconds(await outcome('union'))).toEqual(passed)
  })

  test('runs a fixpoint until its end, and says where there is none', async () => {
    const { outcome } = prepared({
      rounds: `
        model: countdown,
        given: [given(paid_orders, [{ order_id: 'a', amount: 9 }, { order_id: 'b', amount: 35 }])],
        expect: [{ order_id: 'a', rounds: 0 }, { order_id: 'b', rounds: 3 }],`,
      endless: `
        model: countdown,
        given: [given(paid_orders, [{ order_id: 'c', amount: 1000 }])],
        expect: [],`,
    })
    expect(withoutSeconds(await outcome('rounds'))).toEqual(passed)
    const { status, message } = await outcome('endless')
    expect(status).toBe('error')
    expect(message).toContain("countdown has not come to an end: after 3 rounds 1 rows are left in 'remaining'")
  })

  test('reads lists, records and JSON by their values', async () => {
    const nested = `
import { integer, json, key, list, model, number, record, sql, text } from 'throughline'
import { basket_lines } from './basket_lines'

export const baskets = model({
  description: 'Baskets.',
  grain: ['basket_id'],
  columns: {
    basket_id: key('The basket'),
    tags: list(text('A tag'), 'Tags'),
    price: record({ net: number('Net'), parts: list(integer('A part'), 'Parts') }, 'Price'),
    raw: json('As it came'),
  },
  materialize: { kind: 'table' },
  query: () => sql\`select b.basket_id, b.tags, b.price, b.raw from \${basket_lines} as b\`,
})
`
    const files = {
      'models/shop/baskets.ts': nested,
      'models/shop/basket_lines.ts': nested
        .replaceAll('baskets', 'basket_lines')
        .replace("import { basket_lines } from './basket_lines'", '')
        .replace(/query: .*/, "query: () => sql`select 'x' as basket_id, null as tags, null as price, null as raw`,"),
    }
    const row = `{ basket_id: 'b', tags: ['a', "o'b", null], price: { net: '1.50', parts: [1, 9007199254740993n] }, raw: '{"a": 1, "b": [2]}' }`
    const expected = `{ basket_id: 'b', tags: ['a', "o'b", null], price: { net: '1.5', parts: [1, 9007199254740993n] }, raw: '{"b":[2.0],"a":1}' }`
    const { outcome, said } = prepared(
      {
        nested: `model: baskets,\n  given: [given(basket_lines, [${row}])],\n  expect: [${expected}],`,
        other: `model: baskets,\n  given: [given(basket_lines, [${row}])],\n  expect: [${expected.replace('[2.0]', '[3]')}],`,
      },
      files,
      "import { baskets } from '../models/shop/baskets'\nimport { basket_lines } from '../models/shop/basket_lines'",
    )
    expect(said).toEqual([])
    expect(withoutSeconds(await outcome('nested'))).toEqual(passed)
    expect((await outcome('other')).message).toContain('{"b":[3],"a":1}')
  })
})

describe('A unit test that cannot be run', () => {
  test('is told at its file, whatever else is wrong, and hides no other', async () => {
    const { said, tests, outcome } = prepared({
      a_column: `
        model: order_taxes,
        given: [given(paid_orders, [{ order_id: 'a', amunt: 5 }])],
        expect: [{ order_id: 'a', taxx: 1 }],`,
      b_relation: `
        model: order_taxes,
        given: [given(stg_orders, [{ order_id: 'a' }]), given(sites, [])],
        expect: [],`,
      c_value: `
        model: order_taxes,
        given: [given(paid_orders, [{ order_id: 'a', amount: 12.5, placed_at: 'yesterday' }])],
        expect: [],`,
      d_fine: `model: order_taxes,\n  given: [],\n  expect: [],`,
    })
    expect(said).toEqual([
      `unit_tests/a_column.ts:15:54  unit test a_column: row 1 of paid_orders has a column 'amunt', which there is not; did you mean amount?
            given: [given(paid_orders, [{ order_id: 'a', amunt: 5 }])],
                                                         ^`,
      `unit_tests/a_column.ts:16:35  unit test a_column: expected row 1 has a column 'taxx', which there is not; did you mean tax?
            expect: [{ order_id: 'a', taxx: 1 }],
                                      ^`,
      `unit_tests/b_relation.ts:15:23  unit test b_relation: rows of 'stg_orders' are given, and order_taxes does not read it
            given: [given(stg_orders, [{ order_id: 'a' }]), given(sites, [])],
                          ^
  order_taxes reads paid_orders`,
      `unit_tests/b_relation.ts:15:63  unit test b_relation: rows of 'sites' are given, and order_taxes does not read it
            given: [given(stg_orders, [{ order_id: 'a' }]), given(sites, [])],
                                                                  ^
  order_taxes reads paid_orders`,
      `unit_tests/c_value.ts:15:54  unit test c_value: row 1 of paid_orders, 'amount': it is number: write a decimal as text, like '12.50', with up to nine decimals, or a whole number, and not 12.5
            given: [given(paid_orders, [{ order_id: 'a', amount: 12.5, placed_at: 'yesterday' }])],
                                                         ^`,
      `unit_tests/c_value.ts:15:68  unit test c_value: row 1 of paid_orders, 'placed_at': it is timestamp: write UTC, like '2026-06-01 12:30:00', with up to six digits of a second, and not "yesterday"
            given: [given(paid_orders, [{ order_id: 'a', amount: 12.5, placed_at: 'yesterday' }])],
                                                                       ^`,
    ])
    expect(tests.map(({ name }) => name)).toEqual(['d_fine'])
    expect(withoutSeconds(await outcome('d_fine'))).toEqual(passed)
  })
  test('says what its model needs and the test does not define', () => {
    const { said } = prepared({
      source_off: `
        model: stg_orders,
        given: [],
        expect: [],`,
      wrong_settings: `
        model: stg_orders,
        given: [],
        definitions: [defined(shop, { fiel: 'orders.csv' }), defined(rules, { vat: 0.2 })],
        expect: [],`,
    })
    expect(said).toEqual([
      `unit_tests/source_off.ts:14:16  unit test source_off: stg_orders is not built with what the test defines: the source 'shop' is off
            model: stg_orders,
                   ^
  add what is off to the test's definitions, as defined(…)`,
      `unit_tests/wrong_settings.ts:16:31  unit test wrong_settings: the source 'shop' is not as it should be: file: Invalid input: expected string, received undefined
            definitions: [defined(shop, { fiel: 'orders.csv' }), defined(rules, { vat: 0.2 })],
                                  ^`,
      `unit_tests/wrong_settings.ts:16:31  unit test wrong_settings: the source 'shop' is not as it should be: Unrecognized key: "fiel"
            definitions: [defined(shop, { fiel: 'orders.csv' }), defined(rules, { vat: 0.2 })],
                                  ^`,
      `unit_tests/wrong_settings.ts:16:70  unit test wrong_settings: the section 'rules' is not as it should be: vat: Invalid input: expected string, received number
            definitions: [defined(shop, { fiel: 'orders.csv' }), defined(rules, { vat: 0.2 })],
                                                                         ^`,
    ])
  })

  test('says which section of the config has no default', () => {
    const rules = orderFiles['models/definitions/rules.ts']!.replace(/\.prefault\([^)]*\)/, '')
    const { said } = prepared(
      { taxes: 'model: order_taxes,\n  given: [],\n  expect: [],' },
      { 'models/definitions/rules.ts': rules },
    )
    expect(said).toEqual([
      expect.stringContaining("the config's 'rules' has no default: add it to the test's definitions, as defined(…)"),
    ])
  })

  test('says where its model throws', () => {
    const taxes = orderFiles['models/shop/order_taxes.ts']!.replace('=> sql`', "=> vat === '0' ? values([]) : sql`")
    const { said, tests } = prepared(
      {
        no_vat: `model: order_taxes,\n  given: [],\n  definitions: [defined(rules, { vat: '0' })],\n  expect: [],`,
        with_vat: 'model: order_taxes,\n  given: [],\n  expect: [],',
      },
      { 'models/shop/order_taxes.ts': taxes.replace('timestamp }', 'timestamp, values }') },
    )
    expect(said).toEqual([
      `unit_tests/no_vat.ts:13:10  unit test no_vat: order_taxes is not built with what the test defines: values([]) has nothing to list; write when(items.length > 0, …) around the condition (models/shop/order_taxes.ts:19:48)
      model: order_taxes,
             ^`,
    ])
    expect(tests.map(({ name }) => name)).toEqual(['with_vat'])
  })

  test('has a model with a query, and something to compare', () => {
    const { said } = prepared({
      nothing_named: 'model: order_taxes,\n  given: [],\n  expect: [{}],',
      of_seed: 'model: sites,\n  given: [],\n  expect: [],',
    })
    expect(said.map(text => text.split('\n')[0])).toEqual([
      'unit_tests/nothing_named.ts:15:3  unit test nothing_named: the rows expected name no column to compare',
      'unit_tests/of_seed.ts:13:10  unit test of_seed: sites is a seed: it has no query to test',
    ])
  })

  test('ends in an error that names the line of the model where its SQL fails on these rows', async () => {
    const { outcome } = prepared({
      too_large: `
        model: order_taxes,
        given: [given(paid_orders, [{ order_id: 'a', amount: '99999999999999999999999999999' }])],
        definitions: [defined(rules, { vat: '99999.5' })],
        expect: [],`,
      not_a_rate: `
        model: order_taxes,
        given: [given(paid_orders, [{ order_id: 'a', amount: 1 }])],
        definitions: [defined(rules, { vat: 'x' })],
        expect: [],`,
    })
    const { status, message } = await outcome('not_a_rate')
    expect(status).toBe('error')
    expect(message).toMatch(/^models\/shop\/order_taxes\.ts:\d+:\d+ {2}Could not convert string/)
    expect((await outcome('too_large')).status).toBe('error')
  })
})
