import { describe, expect, it } from 'vitest'
import { ProblemsError } from '../../src/problems/problem.ts'
import { runInFile } from '../support/run.ts'
import { bench, good, header } from './bench.ts'
import { customersModel, ordersModel, shopFiles } from './shop.ts'

const customersQuery =
  'select customer, order_count, cast(amount as double) as amount from marts.customers order by customer'

describe('A build', () => {
  it('lands, builds, tests and publishes everything, each after what it reads', async () => {
    const { database, project, rows } = bench(good)
    const ran = await runInFile(database, project())
    expect(ran.statuses).toEqual({
      customers: 'success',
      orders: 'success',
      'shop.orders': 'success',
      week_days: 'success',
    })
    expect(ran.result.status).toBe('success')
    const order = ran.result.results.map(({ name }) => name).filter(name => name !== 'week_days')
    expect(order).toEqual(['shop.orders', 'orders', 'customers'])
    expect(await rows(customersQuery)).toEqual([
      { customer: 'ann', order_count: 2, amount: 15 },
      { customer: 'bob', order_count: 1, amount: 7 },
    ])
  })

  it('gives the same rows when it is run again', async () => {
    const { database, project, rows } = bench(good)
    await runInFile(database, project())
    const first = await rows(customersQuery)
    await runInFile(database, project(), { runId: 'run_2', threads: 1 })
    expect(await rows(customersQuery)).toEqual(first)
  })

  it('keeps the live rows where a blocking test fails in the middle, and skips what depends on it and nothing else', async () => {
    const { database, project, rows, write } = bench(good)
    await runInFile(database, project(shopFiles(ordersModel('.atLeast(0)'))))
    write(`${header}o1,ann,10.50\no2,ann,-4.50\no3,cid,1\n`)
    const ran = await runInFile(database, project(shopFiles(ordersModel('.atLeast(0)'))), { runId: 'run_2' })
    expect(ran.statuses).toEqual({
      customers: 'skipped',
      orders: 'error',
      'shop.orders': 'success',
      week_days: 'success',
    })
    expect(ran.node('customers').skippedBecause).toBe('orders')
    expect(ran.node('orders').problems.map(({ message }) => message)).toEqual([
      'orders: 1 row fails: amount is at least 0; such as (order_id = o2, amount = -4.500000000)',
    ])
    expect(await rows('select order_id from staging.orders order by 1')).toEqual([
      { order_id: 'o1' },
      { order_id: 'o2' },
      { order_id: 'o3' },
    ])
    expect(await rows(customersQuery)).toEqual([
      { customer: 'ann', order_count: 2, amount: 15 },
      { customer: 'bob', order_count: 1, amount: 7 },
    ])
  })

  it('tells readers which table is of which run, how far its data goes, and which is stale', async () => {
    const { database, project, rows, write } = bench(good)
    await runInFile(database, project(shopFiles(ordersModel('.atLeast(0)'))))
    write(`${header}o1,ann,-1\n`)
    await runInFile(database, project(shopFiles(ordersModel('.atLeast(0)'))), { runId: 'run_2' })
    const status = await rows(
      'select table_name, run_id, row_count, tests_passed, tests_warned, is_stale from about.table_status order by 1',
    )
    expect(status).toEqual([
      {
        table_name: 'marts.customers',
        run_id: 'run_1',
        row_count: 2,
        tests_passed: 4,
        tests_warned: 0,
        is_stale: true,
      },
      {
        table_name: 'marts.week_days',
        run_id: 'run_2',
        row_count: 2,
        tests_passed: 2,
        tests_warned: 0,
        is_stale: false,
      },
      { table_name: 'staging.orders', run_id: 'run_1', row_count: 3, tests_passed: 5, tests_warned: 0, is_stale: true },
    ])
  })

  it('keeps failing rows where it is told to', async () => {
    const { database, project, rows } = bench(`${header}o1,ann,-1\no2,bob,2\n`)
    const ran = await runInFile(database, project(shopFiles(ordersModel('.atLeast(0)'))), {
      storeFailures: { schema: 'test_failures' },
    })
    expect(ran.node('orders').problems[0]?.message).toContain('all of them are in test_failures.at_least_orders_amount')
    expect(await rows('select order_id from test_failures.at_least_orders_amount')).toEqual([{ order_id: 'o1' }])
  })

  it('leaves nothing behind but what is published', async () => {
    const { database, project, rows } = bench(`${header}o1,ann,-1\n`)
    await runInFile(database, project(shopFiles(ordersModel('.atLeast(0)'))))
    expect(await rows("select schema_name || '.' || table_name as name from duckdb_tables() order by 1")).toEqual([
      { name: 'about.runs' },
      { name: 'about.table_status' },
      { name: 'raw.shop__orders' },
    ])
  })

  it('warns of an empty source and builds empty tables', async () => {
    const { database, project, rows } = bench(header)
    const ran = await runInFile(database, project())
    expect(ran.statuses).toMatchObject({ 'shop.orders': 'warn', orders: 'success', customers: 'success' })
    expect(ran.node('shop.orders').problems.map(({ message }) => message)).toEqual(['shop.orders has no rows'])
    expect(await rows(customersQuery)).toEqual([])
  })

  it('says that a column of a source is gone before anything is built', async () => {
    const { database, project, rows, write } = bench(good)
    await runInFile(database, project())
    write('order_id,kustomer,amount\no9,ann,1\n')
    const error = await runInFile(database, project(), { runId: 'run_2' }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ProblemsError)
    expect((error as ProblemsError).problems.map(({ message, suggestion }) => [message, suggestion])).toEqual([
      [expect.stringContaining('customer'), 'kustomer'],
    ])
    expect(await rows('select distinct run_id from about.table_status')).toEqual([{ run_id: 'run_1' }])
  })

  it('says that a selected model reads a table that is not built', async () => {
    const { database, project } = bench(good)
    const error = await runInFile(database, project(), { select: ['customers'] }).catch((caught: unknown) => caught)
    expect((error as ProblemsError).problems.map(({ message }) => message)).toEqual([
      'customers reads staging.orders, which is not built yet and not selected',
    ])
  })

  it('is not kept from a model by a table that it only refers to, and says what it could not test', async () => {
    const visits = `
import { key, model, references, sql } from 'throughline'
import { customers } from './customers'

export const visits = model({
  description: 'Visits.',
  grain: ['visit_id'],
  columns: { visit_id: key('The visit'), customer: references(customers.columns.customer) },
  materialize: { kind: 'table' },
  query: () => sql\`select 'v1' as visit_id, 'ann' as customer\`,
})
`
    const { database, project } = bench(good)
    const files = { ...shopFiles(), 'models/marts/visits.ts': visits }
    const alone = { select: ['visits'] }
    const unproven = await runInFile(database, project(files), alone)
    expect(unproven.statuses).toEqual({ visits: 'success' })
    expect(unproven.events.filter(({ type }) => type === 'note')).toEqual([
      {
        type: 'note',
        name: 'visits',
        message: 'not tested that customer stands in customers.customer: customers, which it refers to, is not built',
      },
    ])
    expect((await runInFile(database, project(files), { ...alone, command: 'run' })).statuses).toEqual({
      visits: 'success',
    })
    const whole = await runInFile(database, project(files))
    expect(whole.statuses).toMatchObject({ visits: 'success' })
    expect(whole.events.filter(({ type }) => type === 'note')).toEqual([])
    expect((await runInFile(database, project(files), alone)).statuses).toEqual({ visits: 'success' })
  })

  it('keeps a table when columns are added, and says why when it has to make it anew', async () => {
    const { database, project, rows } = bench(good)
    await runInFile(database, project())
    const wider = ordersModel()
      .replace("amount: number('What it costs')", "amount: number('What it costs'), is_big: boolean('Over 10')")
      .replace('o.amount\n', 'o.amount, o.amount > 10 as is_big\n')
      .replace('import { key', 'import { boolean, key')
    const added = await runInFile(database, project(shopFiles(wider)), { runId: 'run_2' })
    expect(added.events.filter(({ type }) => type === 'note')).toEqual([])
    expect(await rows('select order_id, is_big from staging.orders order by 1')).toEqual([
      { order_id: 'o1', is_big: true },
      { order_id: 'o2', is_big: false },
      { order_id: 'o3', is_big: false },
    ])
    const dropped = await runInFile(database, project(), { runId: 'run_3' })
    expect(dropped.events.filter(({ type }) => type === 'note')).toEqual([
      {
        type: 'note',
        name: 'orders',
        message: 'its table was made anew, without the grants it had: its column is_big is gone',
      },
    ])
  })

  it('replaces a view whose columns are gone from what it reads, also where it becomes a table', async () => {
    const view = (column: string, kind: string) => `
import { key, model, sql, text } from 'throughline'
import { orders } from '../staging/orders'

export const buyers = model({
  description: 'One row per order.',
  grain: ['order_id'],
  columns: { order_id: key('The order'), buyer: text('Who') },
  materialize: { kind: '${kind}' },
  query: () => sql\`select o.order_id, o.${column} as buyer from \${orders} as o\`,
})
`
    const { database, project, rows } = bench(good)
    const files = (column: string, kind: string) => {
      const orders = ordersModel()
        .replace("customer: text('Who')", `${column}: text('Who')`)
        .replace('o.customer', `o.customer as ${column}`)
      const { 'models/marts/customers.ts': _, ...others } = shopFiles(orders)
      return { ...others, 'models/marts/buyers.ts': view(column, kind) }
    }
    const query = 'select order_id, buyer from marts.buyers order by 1 limit 1'
    await runInFile(database, project(files('customer', 'view')))
    const renamed = await runInFile(database, project(files('client', 'view')), { runId: 'run_2' })
    expect(renamed.result.results.flatMap(({ problems }) => problems)).toEqual([])
    expect(await rows(query)).toEqual([{ order_id: 'o1', buyer: 'ann' }])
    const table = await runInFile(database, project(files('person', 'table')), { runId: 'run_3' })
    expect(table.statuses).toMatchObject({ orders: 'success', buyers: 'success' })
    expect(await rows(query)).toEqual([{ order_id: 'o1', buyer: 'ann' }])
  })

  it('publishes descriptions of tables and columns, whatever stands in them', async () => {
    const odd = `O'Brien "says" \\\\ 🙂; drop table staging.orders; --`
    const { database, project, rows } = bench(`${header}"o'1;--",🙂 "x",1\n`.replace('🙂 "x"', '"🙂 ""x"" \\"'))
    const orders = ordersModel()
      .replace("'One row per order.'", JSON.stringify(odd))
      .replace("text('Who')", `text(${JSON.stringify(odd)})`)
    await runInFile(database, project(shopFiles(orders)))
    const said = JSON.parse(JSON.stringify(odd))
    expect(await rows("select comment from duckdb_tables() where table_name = 'orders'")).toEqual([{ comment: said }])
    expect(
      await rows("select comment from duckdb_columns() where table_name = 'orders' and column_name = 'customer'"),
    ).toEqual([{ comment: said }])
    expect(await rows('select order_id, customer from staging.orders')).toEqual([
      { order_id: "o'1;--", customer: '🙂 "x" \\' },
    ])
  })

  it('begins nothing new after the first failure with fail-fast', async () => {
    const { database, project } = bench(`${header}o1,ann,-1\n`)
    const files = { ...shopFiles(ordersModel('.atLeast(0)')), 'models/marts/zoo.ts': after(customersModel) }
    const ran = await runInFile(database, project(files), { threads: 1, failFast: true })
    expect(ran.result.status).toBe('error')
    expect(Object.values(ran.statuses)).toContain('skipped')
    const begun = ran.events.filter(({ type }) => type === 'node_started').length
    expect(begun).toBeLessThan(Object.keys(ran.statuses).length)
  })
})

describe('A run without tests', () => {
  it('publishes rows that a test would have stopped, and says that they are not tested', async () => {
    const { database, project, rows } = bench(`${header}o1,ann,-1\n`)
    const ran = await runInFile(database, project(shopFiles(ordersModel('.atLeast(0)'))), { command: 'run' })
    expect(ran.result.status).toBe('success')
    expect(await rows("select tests_passed from about.table_status where table_name = 'staging.orders'")).toEqual([
      { tests_passed: null },
    ])
  })
})

describe('A test of what is published', () => {
  it('builds nothing, and fails where the live rows fail', async () => {
    const { database, project, rows } = bench(`${header}o1,ann,-1\n`)
    await runInFile(database, project(), { command: 'run' })
    const ran = await runInFile(database, project(shopFiles(ordersModel('.atLeast(0)'))), {
      command: 'test',
      runId: 'run_2',
    })
    expect(ran.statuses).toEqual({ customers: 'success', orders: 'error', week_days: 'success' })
    expect(await rows('select distinct run_id from about.table_status')).toEqual([{ run_id: 'run_1' }])
  })

  it('keeps failing rows of a test over several tables where there was no schema for them', async () => {
    const rich = `
import { dataTest, sql } from 'throughline'
import { customers } from '../models/marts/customers'

export const nobody_is_rich = dataTest({
  description: 'Nobody is rich.',
  rows: () => sql\`select c.customer from \${customers} as c where c.amount > 10\`,
})
`
    const { database, project, rows } = bench(good)
    const files = { ...shopFiles(), 'data_tests/nobody_is_rich.ts': rich }
    await runInFile(database, project())
    const ran = await runInFile(database, project(files), {
      command: 'test',
      storeFailures: { schema: 'test_failures' },
    })
    expect(ran.node('nobody_is_rich').problems.map(({ message }) => message)).toEqual([
      'nobody_is_rich: 1 row fails: Nobody is rich; such as (customer = ann); all of them are in test_failures.nobody_is_rich',
    ])
    expect(await rows('select customer from test_failures.nobody_is_rich')).toEqual([{ customer: 'ann' }])
  })

  it('says of rows that fail that readers see them', async () => {
    const { database, project } = bench(`${header}o1,ann,-1\n`)
    await runInFile(database, project(), { command: 'run' })
    const ran = await runInFile(database, project(shopFiles(ordersModel('.atLeast(0)'))), { command: 'test' })
    expect(ran.node('orders').problems.map(({ hint }) => hint)).toEqual([
      'readers see these rows; throughline build makes them anew from what is mended',
    ])
  })

  it('says which models are not built yet', async () => {
    const { database, project } = bench(good)
    const ran = await runInFile(database, project(), { command: 'test' })
    expect(ran.node('customers').problems[0]?.message).toBe('customers is not built yet')
  })
})

/** A model like `customers` under another name. */
function after(text: string): string {
  return text.replaceAll(/\bcustomers\b/g, 'zoo')
}
