import type { Connection } from 'snowflake-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { whyNoFakesnow } from './python.ts'
import { ask, connect, rowsOf } from './server/driver.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

describe.skipIf(whyNoFakesnow() !== undefined)('The driver reads', () => {
  let server: LocalSnowflake
  let connection: Connection
  beforeAll(async () => {
    server = await startLocalSnowflake()
    connection = await connect(server)
  })
  afterAll(() => server?.close())

  /** The one cell of a query. */
  const cell = async (expression: string) => (await rowsOf(connection, `select ${expression} as x`))[0]!.X

  test.each([
    ['a whole number', '7::number(38,0)', 7],
    ['a number with places', '-1.5::number(18,2)', -1.5],
    ['a number of many places', '1.123456789::number(38,9)', 1.123456789],
    ['nought with places', '0.05::number(18,2)', 0.05],
    ['a double', '0.1::float', 0.1],
    ['a very large double', '1e300::float', 1e300],
    ['a text', "'it''s \\\\ \\n \"quoted\" 😀'", 'it\'s \\ \n "quoted" 😀'],
    ['an empty text', "''", ''],
    ['true', 'true', true],
    ['false', 'false', false],
    ['a list', "array_construct('a', 'b')::array(varchar)", ['a', 'b']],
    ['an object', "object_construct('a', 1)", { a: 1 }],
    ['a list of objects', `parse_json('[{"a":"x","n":1}]')::array(object(a varchar, n number))`, [{ a: 'x', n: 1 }]],
    ['JSON', `parse_json('{"b":[1,null],"a":{"c":"é"}}')`, { b: [1, null], a: { c: 'é' } }],
  ])('%s', async (_, expression, value) => {
    expect(await cell(expression)).toEqual(value)
  })

  test.each([
    ['2026-01-02 03:04:05.678901', '2026-01-02T03:04:05.678Z', 678_901_000],
    ['1969-12-31 23:59:59.5', '1969-12-31T23:59:59.500Z', 500_000_000],
    ['1900-02-28 00:00:00', '1900-02-28T00:00:00.000Z', 0],
    ['9999-12-31 23:59:59.999999', '9999-12-31T23:59:59.999Z', 999_999_000],
  ])('the instant %s to the microsecond', async (text, iso, nanoseconds) => {
    const instant = (await cell(`'${text}'::timestamp_ntz(6)`)) as Date & { getNanoSeconds(): number }
    expect([instant.toISOString(), instant.getNanoSeconds()]).toEqual([iso, nanoseconds])
  })

  test.each(['2026-01-02', '1969-07-20', '0001-01-01', '9999-12-31'])('the date %s', async text => {
    expect(((await cell(`'${text}'::date`)) as Date).toISOString()).toBe(`${text}T00:00:00.000Z`)
  })

  test('a time of day and bytes', async () => {
    expect(await cell("'12:34:56.123456'::time")).toBe('12:34:56')
    expect([...((await cell("to_binary('00AB', 'HEX')")) as Buffer)]).toEqual([0, 0xab])
  })

  test('NULL of every type as null', async () => {
    const types = ['varchar', 'number(38,0)', 'number(18,2)', 'float', 'boolean', 'date', 'timestamp_ntz(6)', 'variant']
    const columns = types.map((type, index) => `null::${type} as c${index}`).join(', ')
    expect(Object.values((await rowsOf(connection, `select ${columns}`))[0]!)).toEqual(types.map(() => null))
  })

  test('whole numbers past 2^53 and decimals with all their digits, when it is told to give texts', async () => {
    const sql = 'select 9007199254740993 as x, -9223372036854775807 as y, 123456789012345.67::number(18,2) as z'
    const { rows } = await ask(connection, sql, { fetchAsString: ['Number'] })
    expect(rows).toEqual([{ X: '9007199254740993', Y: '-9223372036854775807', Z: '123456789012345.67' }])
  })

  test('columns with their types', async () => {
    const sql =
      "select 1.5::number(18,2) as amount, 'a' as label, '2026-01-02'::date as day, null::timestamp_ntz(6) as taken"
    const { statement } = await ask(connection, sql)
    const told = statement.getColumns()!.map(column => [column.getName(), column.getType(), column.getScale()])
    expect(told).toEqual([
      ['AMOUNT', 'fixed', 2],
      ['LABEL', 'text', null],
      ['DAY', 'date', null],
      ['TAKEN', 'timestamp_ntz', 9],
    ])
  })

  test('nothing of a query that gives no rows, and its columns', async () => {
    const { statement, rows } = await ask(connection, 'select 1 as x where 1 = 0')
    expect(rows).toEqual([])
    expect(statement.getColumns()!.map(column => column.getName())).toEqual(['X'])
  })
})
