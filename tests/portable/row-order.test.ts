import { beforeAll, describe, expect, it } from 'vitest'
import { checkPortable } from '../../src/compile/portable/check-portable.ts'
import { readyParser } from '../../src/compile/portable/parse.ts'
import { saysOrder } from '../../src/compile/portable/row-order.ts'

beforeAll(readyParser)

const select = 'select t.a, t.b from s.t as t'
const found = (text: string) =>
  checkPortable(text, { isNullable: column => column === 'b', isGiven: () => true, rows: 'in order' }).map(
    ({ message, column }) => `${column} ${message}`,
  )

describe('a query whose rows are read one after the other', () => {
  it.each([
    select,
    `${select} order by t.a`,
    `${select} order by a desc, t.b nulls last`,
    `${select} order by t.b desc nulls first`,
    `with x as (${select}) select x.a from x order by x.a`,
  ])('may be: %s', text => {
    expect(found(text)).toEqual([])
  })

  it.each([
    [`${select} order by t.b`, /^40 'b' may be NULL/],
    [`${select} order by t.a + 1`, /^40 rows are ordered by columns/],
    [`${select} order by all`, /^31 rows are ordered by columns/],
    [`${select} order by t.a limit 3`, /`limit` without a total order/],
    [
      `with x as (${select} order by t.a) select x.a from x`,
      /`order by` of a query: the rows of a table have no order/,
    ],
    [`select t.a, t.b from s.t as t where t.a / 2 > 1 order by t.a`, /^41 `\/`/],
  ])('may not be: %s', (text, says) => {
    expect(found(text)).toEqual([expect.stringMatching(says)])
  })

  it('may not be ordered where its rows are those of a table', () => {
    const options = { isNullable: () => false, isGiven: () => true }
    expect(checkPortable(`${select} order by t.a`, options)).toMatchObject([
      { column: 31, message: '`order by` of a query: the rows of a table have no order' },
    ])
  })

  it('says an order, or says none', () => {
    expect(saysOrder(`${select} order by t.a`)).toBe(true)
    expect(saysOrder(select)).toBe(false)
    expect(saysOrder('select row_number() over (order by t.a) as n from s.t as t')).toBe(false)
    expect(saysOrder(`with x as (${select}) select x.a from x order by x.a`)).toBe(true)
  })
})
