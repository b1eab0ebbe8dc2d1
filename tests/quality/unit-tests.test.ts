import { describe, expect, test } from 'vitest'
import { orderFiles } from './orders.ts'
import { passed, prepared, withoutSeconds } from './prepared-unit-tests.ts'

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
