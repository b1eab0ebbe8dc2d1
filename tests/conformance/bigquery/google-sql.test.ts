import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogOf, tableOf } from '../../../src/googlesql/catalog.ts'
import { GoogleSqlError } from '../../../src/googlesql/errors.ts'
import { type GoogleSql, plainRows } from '../../../src/googlesql/googlesql.ts'
import { typeText } from '../../../src/googlesql/types.ts'
import { startGoogleSql } from './google-sql.ts'

let google: GoogleSql
beforeAll(async () => {
  google = await startGoogleSql()
})
afterAll(() => google?.stop())

const catalog = catalogOf([
  tableOf(
    'shop.orders',
    [
      { name: 'order_id', type: { kind: 'INT64' } },
      { name: 'amount', type: { kind: 'NUMERIC' } },
    ],
    [
      { order_id: 1, amount: '10.5' },
      { order_id: 2, amount: null },
    ],
  ),
])

async function refused(sql: string): Promise<GoogleSqlError> {
  const error = await google.analyze(sql, catalog).catch(found => found)
  expect(error).toBeInstanceOf(GoogleSqlError)
  return error
}

describe('A statement', () => {
  test('has columns and types before anything runs', async () => {
    const { columns } = await google.analyze('select o.*, amount / 2, [order_id] as ids from shop.orders as o', catalog)
    expect(columns.map(({ name, type }) => `${name} ${typeText(type)}`)).toEqual([
      'order_id INT64',
      'amount NUMERIC',
      'f2_ NUMERIC',
      'ids ARRAY<INT64>',
    ])
  })

  test('reads a table under its path, quoted or not, and under the last of its names', async () => {
    const sql =
      'select orders.order_id from `shop.orders` inner join shop.orders as o on o.order_id = orders.order_id + 1'
    expect(plainRows(await google.evaluate(sql, catalog))).toEqual([{ order_id: 1 }])
  })

  test('reads a CTE before a table of the same name', async () => {
    const bare = catalogOf([tableOf('orders', [{ name: 'x', type: { kind: 'INT64' } }], [{ x: 1 }])])
    const sql = 'with orders as (select x + 1 as x from orders) select x from orders'
    expect(plainRows(await google.evaluate(sql, bare))).toEqual([{ x: 2 }])
    const inner = 'select (with orders as (select 5 as x) select x from orders) as a, x from orders'
    expect(plainRows(await google.evaluate(inner, bare))).toEqual([{ a: 5, x: 1 }])
  })

  test('takes parameters by name or by place', async () => {
    const named = [{ name: 'least', type: { kind: 'INT64' as const }, value: { int64_value: '2' } }]
    const sql = 'select order_id from shop.orders where order_id >= @least'
    expect(plainRows(await google.evaluate(sql, catalog, named))).toEqual([{ order_id: 2 }])
    const placed = [{ type: { kind: 'INT64' as const }, value: { int64_value: '2' } }]
    expect(plainRows(await google.evaluate('select ? as x', catalog, placed))).toEqual([{ x: 2 }])
  })

  test('that changes rows tells which, and leaves the table as it is', async () => {
    const changed = await google.modify('insert into shop.orders (order_id) values (3)', catalog)
    expect(changed.map(({ operation, cells }) => [operation, cells.length])).toEqual([['INSERT', 2]])
    expect(plainRows(await google.evaluate('select count(*) as n from shop.orders', catalog))).toEqual([{ n: 2 }])
  })
})

describe('What is wrong', () => {
  test('is told with its place in the text as it was given', async () => {
    const sql = "select\t'🙂',\n  o.order_idd from shop.orders as o join shop.orders as p on o.order_id = p.nothing"
    const { message, place, kind } = await refused(sql)
    expect(message).toBe('Name nothing not found inside p')
    expect(kind).toBe('invalid')
    expect(sql.slice(place!.offset)).toBe('nothing')
    expect([place!.line, place!.column]).toEqual([2, 77])
  })

  test('with a syntax error too', async () => {
    const { message, place } = await refused('select 1\nfrom from')
    expect(message).toContain('Syntax error')
    expect(place).toEqual({ offset: 14, line: 2, column: 6 })
  })

  test('about a table that is not there is told at its name', async () => {
    const { message, place } = await refused('select 1 from shop.order_items')
    expect(message).toContain('Table not found: shop.order_items')
    expect(place!.offset).toBe('select 1 from '.length)
  })

  test('with the rows is no fault of the statement', async () => {
    const error = await google.evaluate('select 1 / 0', catalog).catch(found => found)
    expect(error.kind).toBe('data')
    expect(error.message).toContain('division by zero')
  })
})

test('Statements over the same tables name them by their paths, and are told with their places', async () => {
  const ids = [{ name: 'order_id', type: { kind: 'INT64' } }] as const
  const analyze = google.analyzerOf([
    { path: ['acme-data', 'shop', 'orders'], columns: ids },
    { path: ['shop', 'orders'], columns: [{ name: 'order_id', type: { kind: 'STRING' } }] },
  ])
  const columnsOf = async (sql: string) =>
    (await analyze(sql)).columns.map(({ name, type }) => `${name} ${typeText(type)}`)
  expect(await columnsOf('select o.order_id from `acme-data`.shop.orders as o')).toEqual(['order_id INT64'])
  expect(await columnsOf('select orders.order_id from shop.orders')).toEqual(['order_id STRING'])
  const error = await analyze('select\n  o.ordr_id from shop.orders as o').catch(found => found)
  expect(error).toBeInstanceOf(GoogleSqlError)
  expect(error.place).toMatchObject({ line: 2, column: 5 })
})

test('A script is split into its statements, and each keeps its place', async () => {
  const script = "-- é\nselect ';'; -- one; two\nbegin transaction;\ncommit transaction; # end"
  const statements = await google.split(script)
  expect(statements.map(({ sql }) => sql)).toEqual(["select ';'", 'begin transaction', 'commit transaction'])
  for (const { sql, offset } of statements) expect(script.slice(offset, offset + sql.length)).toBe(sql)
})

test('The process ends with ours, even when ours is killed', async () => {
  const helper = fileURLToPath(new URL('hold-google-sql.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), helper], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise(resolve => child.stdout.once('data', resolve))
  const below = descendants(child.pid!)
  expect(below.some(pid => isAlive(pid))).toBe(true)
  child.kill('SIGKILL')
  await expect.poll(() => below.filter(isAlive), { timeout: 5000 }).toEqual([])
})

function descendants(pid: number): readonly number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const pairs = stdout
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
  const below = (of: number): readonly number[] =>
    pairs.flatMap(([child, parent]) => (parent === of ? [child!, ...below(child!)] : []))
  return below(pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
