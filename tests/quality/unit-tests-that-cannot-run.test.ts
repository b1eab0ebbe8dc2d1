import { describe, expect, test } from 'vitest'
import { orderFiles } from './orders.ts'
import { passed, prepared, withoutSeconds } from './prepared-unit-tests.ts'

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
