import { beforeAll, describe, expect, it } from 'vitest'
import { checkPortable, type PortableFinding } from '../../src/compile/portable/check-portable.ts'
import { readyParser } from '../../src/compile/portable/parse.ts'
import { accepted } from './accepted.ts'
import { refused } from './refused.ts'

beforeAll(readyParser)

const columns = new Map([
  ['maybe', true],
  ['id', false],
])

function check(sql: string): readonly PortableFinding[] {
  return checkPortable(sql, { isNullable: column => columns.get(column), isGiven: table => table !== 'plain.sessions' })
}

describe('the portable core', () => {
  it.each(refused)('refuses %s', (_, sql, at, says) => {
    const found = check(sql).map(({ line, column, message }) => ({ at: `${line}:${column}`, message }))
    expect(found).toEqual([{ at, message: expect.stringContaining(says) }])
  })

  it.each(accepted)('accepts %s', (_, sql) => {
    expect(check(sql)).toEqual([])
  })

  it('says what to write instead', () => {
    expect(check('select greatest(a, b) as x from t')).toEqual([
      {
        line: 1,
        column: 8,
        message: 'greatest(): DuckDB leaves NULL arguments out, BigQuery and Snowflake return NULL',
        hint: 'use the macros greater and lesser (greaterInstant and lesserInstant for timestamps)',
      },
    ])
  })

  it('finds everything at once, in the order of the text', () => {
    const found = check('select a / b as x,\n  now() as y\nfrom t\nlimit 1')
    expect(found.map(({ line, column }) => [line, column])).toEqual([
      [1, 10],
      [2, 3],
      [4, 1],
    ])
  })

  it('counts columns as an editor does, past characters of two units', () => {
    expect(check("select '😀é' || a as x, b / c as y from t")).toMatchObject([{ line: 1, column: 27 }])
  })

  it('looks into CTEs, subqueries, macros and exists', () => {
    const sql = `with u as (select a / 2 as b from t)
select tl_macro_rounded(b / 2) as b
from (select u.b / 2 as b from u) as v
where exists (select 1 from u where u.b / 2 = v.b)`
    expect(check(sql).map(({ line, column }) => [line, column])).toEqual([
      [1, 21],
      [2, 27],
      [3, 18],
      [4, 41],
    ])
  })
})
