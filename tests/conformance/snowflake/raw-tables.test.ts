import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnyColumn } from '../../../src/authoring/column.ts'
import type { Location } from '../../../src/authoring/location.ts'
import type { CompiledSourceTable } from '../../../src/compile/compiled.ts'
import { boolean, date, integer, list, number, real, text, timestamp } from '../../../src/index.ts'
import { ProblemsError } from '../../../src/problems/problem.ts'
import { DuckDBWarehouse } from '../../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { SnowflakeWarehouse } from '../../../src/warehouse/snowflake/snowflake-warehouse.ts'
import type { Session, Warehouse } from '../../../src/warehouse/warehouse.ts'
import { settingsOf } from './client-support.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

// The same raw table in Snowflake and in DuckDB, landed by each.

const values = `
  select 1 as id, 'Zoë' as name, cast(10.5 as REAL8) as weight, cast('12.5' as DECIMAL_9) as amount, true as is_open,
    cast('2026-05-01' as date) as day, cast('2026-05-01 09:00:00.25' as INSTANT) as seen, '7' as digits, ' 2026-05-02 10:00:00' as told
  union all select 2, null, cast(3 as REAL8), null, false, null, cast('2026-05-01 09:00:00' as INSTANT), '', null
  union all select 2, null, cast(3 as REAL8), null, false, null, cast('2026-05-01 09:00:00' as INSTANT), '', null
  union all select 9007199254740993, 'a,b', null, cast('-0.000000001' as DECIMAL_9), null, cast('1969-12-31' as date), null, '-3', '2026-05-02 10:00:00.000001'
`
const valuesIn = (types: Readonly<Record<'REAL8' | 'DECIMAL_9' | 'INSTANT', string>>): string =>
  Object.entries(types).reduce((sql, [name, type]) => sql.replaceAll(name, type), values)

const columns = {
  id: integer('The order'),
  name: text('Who').nullable(),
  weight: real('How heavy').nullable(),
  amount: number('What was paid').nullable(),
  is_open: boolean('Whether').nullable(),
  day: date('The day').nullable(),
  seen: timestamp('When, UTC').nullable(),
  digits: integer('A number told as text').nullable(),
  told: timestamp('An instant told as text').nullable(),
  absent: text('Not there').nullable().mayBeMissing(),
}

const sourceIn = (
  schema: string,
  declared: Readonly<Record<string, AnyColumn>> = columns,
  table = 'raw_shop.orders',
  badRows: Location['badRows'] = 'fail',
): CompiledSourceTable => ({
  name: 'shop.orders',
  source: 'shop',
  tableKey: 'orders',
  description: 'Orders.',
  columns: declared,
  location: { table, canDoWithout: 'orders', badRows },
  loadedAt: 'seen',
  table: { schema, name: 'shop__orders', ...(schema === 'raw' ? {} : { database: 'shop' }) },
  path: 'sources/shop.ts',
  file: '/sources/shop.ts',
})

describe.skipIf(whyNoFakesnow() !== undefined)('A raw table that stands in Snowflake', { timeout: 120_000 }, () => {
  let server: LocalSnowflake
  let there: Warehouse
  let here: Warehouse
  let session: Session
  let local: Session
  beforeAll(async () => {
    server = await startLocalSnowflake()
    // Which fakesnow does not have.
    server.told.tell(/\bpolicy_references\(/, [])
    there = await SnowflakeWarehouse.open(settingsOf(server))
    session = await there.connect()
    here = await DuckDBWarehouse.open({ path: ':memory:' })
    local = await here.connect()
    for (const sql of ['create schema raw_shop', 'create schema raw']) await local.execute(sql)
    await there.createSchemas(session, [
      { schema: 'raw_shop', database: 'shop' },
      { schema: 'journeys_raw', database: 'shop' },
    ])
    const inDuckDB = valuesIn({ REAL8: 'double', DECIMAL_9: 'decimal(38, 9)', INSTANT: 'timestamp' })
    const inSnowflake = valuesIn({ REAL8: 'double', DECIMAL_9: 'number(38, 9)', INSTANT: 'timestamp_ntz(6)' })
    await local.execute(`create table raw_shop.orders as ${inDuckDB}`)
    await session.execute(`create table shop.raw_shop.orders as ${inSnowflake}`)
  })
  afterAll(async () => {
    for (const one of [session, local]) one?.close()
    for (const one of [there, here]) await one?.close()
    await server?.close()
  })

  test('is landed with the rows, ids and numbers that it has in DuckDB', async () => {
    const landed = await there.land(session, sourceIn('journeys_raw'), undefined)
    expect(landed).toEqual({ ...(await here.land(local, sourceIn('raw'), undefined)), remarks: [] })
    const inSnowflake = await session.query('select * from shop.journeys_raw.shop__orders order by tl_row_number')
    const inDuckDB = await local.query('select * from raw.shop__orders order by tl_row_number')
    expect(inSnowflake).toEqual(inDuckDB)
    expect(inSnowflake).toHaveLength(4)
    expect(await there.standing(session, sourceIn('journeys_raw').table)).toMatchObject({ kind: 'view' })
  })

  test('is as fresh as in DuckDB', async () => {
    const asOf = '2026-06-01 12:00:00'
    const fresh = await there.freshness(session, sourceIn('journeys_raw'), asOf)
    expect(fresh).toEqual({ rowCount: 4, latestAt: '2026-05-01 09:00:00.25' })
    expect(await here.freshness(local, sourceIn('raw'), asOf)).toEqual(fresh)
  })

  test('is refused with all that is wrong with its columns', async () => {
    const declared = { ...columns, weight: date('No day'), nam: text('A name'), is_open: list(text(), 'No list') }
    expect(await problemsOf(there.checkSource(session, sourceIn('journeys_raw', declared)))).toMatchObject([
      { message: 'shop.orders: column "weight" of raw_shop.orders has changed in type: it is float' },
      { message: 'shop.orders: column "is_open" of raw_shop.orders has changed in type: it is boolean' },
      { message: 'shop.orders: raw_shop.orders has no column "nam"', suggestion: 'name' },
    ])
  })

  test('that is not there is missed, with the nearest that is', async () => {
    expect(
      await problemsOf(there.checkSource(session, sourceIn('journeys_raw', columns, 'raw_shop.order'))),
    ).toMatchObject([
      {
        message: 'shop.orders: there is no table raw_shop.order that this role can see',
        suggestion: 'orders',
        hint: 'mend the schema in the config, or, where it is not loaded, say so in the config: without: [orders]',
      },
    ])
    expect(
      await problemsOf(there.checkSource(session, sourceIn('journeys_raw', columns, 'raw_crm.orders'))),
    ).toMatchObject([{ message: 'shop.orders: there is no schema raw_crm that this role can see' }])
  })

  test('with values that are not of their type fails, or has their rows set aside', async () => {
    const declared = { ...columns, name: integer('No number').nullable() }
    expect(await problemsOf(there.land(session, sourceIn('journeys_raw', declared), undefined))).toMatchObject([
      { message: 'shop.orders: column "name" of raw_shop.orders is no integer in 2 of its rows' },
    ])
    const aside = sourceIn('journeys_raw', declared, 'raw_shop.orders', 'quarantine')
    expect(await there.land(session, aside, undefined)).toEqual({ rowCount: 2, quarantinedCount: 2, remarks: [] })
    expect(await session.query('select count(*) as n from shop.journeys_raw.shop__orders')).toEqual([{ n: 2 }])
    expect(
      await session.query(
        'select column_name, value, reason from shop.journeys_raw.shop__orders__quarantine order by value',
      ),
    ).toEqual([
      { column_name: 'name', value: 'Zoë', reason: 'is no integer' },
      { column_name: 'name', value: 'a,b', reason: 'is no integer' },
    ])
  })

  test('that the company does not load has no rows', async () => {
    const table = { ...sourceIn('journeys_raw'), location: { notLoaded: true, badRows: 'fail' } as const }
    expect(await there.land(session, table, undefined)).toEqual({ rowCount: 0, quarantinedCount: 0, remarks: [] })
    expect(await session.query('select * from shop.journeys_raw.shop__orders')).toEqual([])
  })
})

async function problemsOf(work: Promise<unknown>) {
  const error = await work.catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ProblemsError)
  return (error as ProblemsError).problems
}
