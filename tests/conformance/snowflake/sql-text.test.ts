import { describe, expect, test } from 'vitest'
import { rowCountOf, withBinds, withManyRows } from './server/binds.ts'
import { changedTable } from './server/locks.ts'
import { firstWord, splitStatements } from './server/sql-text.ts'

describe('The local Snowflake reads a text', () => {
  test('as statements, apart at the semicolons that are no part of a literal, a name or a comment', () => {
    const texts = ['select \';\' as ";"', '-- one; two\nselect $$;$$', "select 'it''s \\'; ' /* ; */"]
    expect(splitStatements(`${texts.join(';\n')};\n;`)).toEqual(texts)
  })

  test('with its first word after comments and brackets', () => {
    expect(firstWord('/* delete */ -- drop\n (select 1)')).toBe('SELECT')
  })

  test.each([
    ['insert overwrite into Orders (id) select 1', 'SHOP.PUBLIC.ORDERS'],
    ['delete from other.orders', 'SHOP.OTHER.ORDERS'],
    ['create or replace transient table a.b.c as select 1', 'A.B.C'],
    ['alter table if exists orders add column x varchar', 'SHOP.PUBLIC.ORDERS'],
    ["select 'delete from orders'", undefined],
  ])('%s as one that changes %s', (sql, table) => {
    expect(changedTable(sql, 'SHOP', 'PUBLIC')).toBe(table)
  })

  test('with its binds written into it, and not into literals', () => {
    const binds = {
      1: { type: 'TEXT', value: "it's \\" },
      2: { type: 'FIXED', value: '7' },
      3: { type: 'TEXT', value: null },
      4: { type: 'DATE', value: '86400000' },
      5: { type: 'TIMESTAMP_NTZ', value: '-500000000' },
    }
    expect(withBinds("select ?, ?, '?', ?, ?, ?", binds)).toBe(
      "select 'it''s \\\\', 7, '?', null, '1970-01-02'::date, '1969-12-31 23:59:59.500000'::TIMESTAMP_NTZ",
    )
    expect(withBinds("select :2, x::number, a:b, ':1' -- :1", binds)).toBe("select 7, x::number, a:b, ':1' -- :1")
  })

  test('with many rows of binds as one list', () => {
    const binds = { 1: { type: 'TEXT', value: ['1', '2'] }, 2: { type: 'TEXT', value: ["it's", null] } }
    expect(rowCountOf(binds)).toBe(2)
    expect(withManyRows('insert into t (a, b) values (?, ?)', binds, 2)).toEqual([
      `insert into t (a, b) select bound.value[0]::varchar, bound.value[1]::varchar from table(flatten(input => parse_json('[["1","it''s"],["2",null]]'))) bound`,
    ])
    expect(withManyRows('insert into t select column1 from values (?, ?)', binds, 2)).toBeUndefined()
    expect(withManyRows('delete from t where a = ?', binds, 2)).toBeUndefined()
  })
})
