import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { folderOf } from '../support/project.ts'
import { badOrders, goodOrders, kiosk, kioskAlone } from './kiosk.ts'
import { type Answer, artifact, objectsOf, rowsIn, steady, type } from './support.ts'

describe('a build where all goes well', () => {
  const folder = folderOf(kiosk)
  let answer: Answer
  beforeAll(async () => {
    answer = await type(folder, ['build', ...kioskAlone])
  })

  it('ends with 0, and says nothing on stderr', () => {
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('tells what was checked, a line for each step, warnings, and the numbers', () => {
    const [first, checked, , , ...lines] = steady(answer.stdout).split('\n')
    expect(first).toBe('Building kiosk in the target local (kiosk.duckdb)')
    expect(checked).toMatch(/^Checked \d+ models for duckdb, bigquery and snowflake in 0\.00 s$/)
    expect(
      lines
        .slice(0, 4)
        .map(line => line.slice(3).trim().replaceAll(/ +/g, ' '))
        .sort(),
    ).toEqual([
      'ok data test every_customer_paid 0.00 s',
      'ok shop.orders 4 rows 0.00 s 5 tests',
      'ok till.orders 5 rows 0.00 s',
      'warn shop.customers 2 rows 0.00 s 1 of 5 tests warned',
    ])
    expect(lines.slice(4)).toEqual([
      '',
      'Warnings',
      '  shop.customers: 1 row fails: order_count is at most 2; such as (customer = ann, order_count = 3)',
      '',
      'Done in 0.00 s: 5 raw rows landed, 2 models built, 11 of 12 tests passed (1 warned)',
      'Next: throughline show customers --target local',
      'Readers have it in readers/kiosk.duckdb',
      '',
    ])
  })

  it('has the clock of its beginning, and gives readers a copy', async () => {
    const query = 'select customer, cast(amount as varchar) as amount from shop.customers order by customer'
    expect(await rowsIn(join(folder, 'readers/kiosk.duckdb'), query)).toEqual([
      { customer: 'ann', amount: '13.500000000' },
      { customer: 'bob', amount: '4.000000000' },
    ])
    expect(artifact(folder, 'local', 'run_results.json').args).toMatchObject({
      run_id: '20260601T120000-abc123',
      started_at: '2026-06-01 12:00:00',
      select: ['source:till+'],
      threads: 4,
    })
  })

  it('leaves nothing to retry', async () => {
    expect(await type(folder, ['retry'])).toEqual({
      exitCode: 0,
      stdout: 'Nothing to retry: the last build, as of 2026-06-01 12:00:00 UTC, left nothing undone\n',
      stderr: '',
    })
  })

  it('is what a later build compares with', async () => {
    const state = join(folder, 'earlier')
    renameSync(join(folder, '.throughline/target/local'), state)
    const nothing = await type(folder, ['build', '--select', 'state:modified', '--state', 'earlier'])
    expect(nothing).toEqual({ exitCode: 0, stdout: '', stderr: 'nothing is selected: there is nothing to build\n' })
    const file = join(folder, 'models/shop/customers.ts')
    writeFileSync(file, kiosk['models/shop/customers.ts']!.replace('sum(o.amount)', 'max(o.amount)'))
    const changed = await type(folder, ['ls', '--select', 'state:modified', '--state', 'earlier'])
    writeFileSync(file, kiosk['models/shop/customers.ts']!)
    expect(changed.stdout).toBe('customers  shop  table\n')
  })
})

describe('a build in another target', () => {
  const folder = folderOf(kiosk)

  it('puts everything under the prefix of its schemas, and its artifacts apart', async () => {
    const answer = await type(folder, ['build', '--target', 'dev', ...kioskAlone, '--store-failures'])
    expect(answer.exitCode).toBe(0)
    expect(await rowsIn(join(folder, 'dev.duckdb'), 'select count(*) as n from dev_shop.orders')).toEqual([{ n: 4 }])
    expect(
      await rowsIn(join(folder, 'dev.duckdb'), 'select customer from dev_test_failures.at_most_customers_order_count'),
    ).toEqual([{ customer: 'ann' }])
    expect(existsSync(join(folder, '.throughline/target/dev/manifest.json'))).toBe(true)
    expect(existsSync(join(folder, '.throughline/target/local'))).toBe(false)
  })
})

describe('a build where a test fails', () => {
  const folder = folderOf(kiosk)
  let answer: Answer
  beforeAll(async () => {
    await type(folder, ['build', ...kioskAlone])
    writeFileSync(join(folder, 'data/orders.csv'), badOrders)
    answer = await type(folder, ['build', ...kioskAlone, '--store-failures'], { now: '2026-06-02T08:00:00.000Z' })
  })

  it('ends with 1, and says once what failed, where, what was skipped because of it, and what to do', () => {
    expect(answer).toMatchObject({ exitCode: 1, stderr: '' })
    const summary = steady(answer.stdout.slice(answer.stdout.indexOf('\nFailed\n')))
    expect(summary).toBe(`
Failed
  models/shop/orders.ts:8:65  orders: 1 row fails: amount is at least 0; such as (order_id = o6, amount = -1.000000000); all of them are in test_failures.at_least_orders_amount
        columns: { order_id: key('The order'), customer: text('Who'), amount: number('What was paid').atLeast(0) },
                                                                      ^
    the live table keeps its earlier rows; mend the model or the test, then throughline retry; raw data that was mended is read by throughline build

Skipped
  orders failed: shop.customers, data test every_customer_paid

Failed in 0.00 s: 1 failed, 2 skipped, 6 raw rows landed, no model built, 5 of 6 tests passed (1 failed)
Next: throughline retry --target local does again what failed or was skipped
Readers have it in readers/kiosk.duckdb
`)
    expect(answer.stdout.match(/amount is at least 0/g)).toHaveLength(1)
  })

  it('leaves the rows of the build before it', async () => {
    expect(await rowsIn(join(folder, 'readers/kiosk.duckdb'), 'select count(*) as n from shop.orders')).toEqual([
      { n: 4 },
    ])
  })

  it('is gone on with by retry, once it is mended, with its clock and its options', async () => {
    writeFileSync(join(folder, 'data/orders.csv'), goodOrders)
    await type(folder, ['build', '--select', 'source:till'], { now: '2026-06-02T09:00:00.000Z' })
    const nothing = await type(folder, ['retry'])
    expect(nothing.stdout).toMatch(/^Nothing to retry/)

    writeFileSync(join(folder, 'data/orders.csv'), badOrders)
    await type(folder, ['build', ...kioskAlone, '--threads', '2'], { now: '2026-06-02T10:00:00.000Z' })
    const orders = kiosk['models/shop/orders.ts']!
    writeFileSync(join(folder, 'models/shop/orders.ts'), orders.replace('.atLeast(0)', '.atLeast(-1)'))
    const retry = await type(folder, ['retry'], { now: '2026-06-03T08:00:00.000Z' })
    expect(retry).toMatchObject({ exitCode: 0, stderr: '' })
    expect(retry.stdout).toContain('4 steps, 2 at a time, as of 2026-06-02 10:00:00 UTC')
    expect(retry.stdout).not.toContain('till.orders')
    expect(artifact(folder, 'local', 'run_results.json').args).toMatchObject({
      which: 'build',
      started_at: '2026-06-02 10:00:00',
      retry_of: '20260602T100000-abc123',
    })
  })
})

describe('--output json', () => {
  it('says everything in versioned objects, one a line, on stdout alone', async () => {
    const folder = folderOf(kiosk)
    const answer = await type(folder, ['build', ...kioskAlone, '--output', 'json'])
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
    const objects = objectsOf(answer.stdout)
    expect(new Set(objects.map(({ version }) => version))).toEqual(new Set([1]))
    const types = objects.map(each => each.type)
    expect(types.slice(0, 2)).toEqual(['checked', 'run_started'])
    expect(types.filter(name => name === 'node_finished')).toHaveLength(5)
    expect(types.slice(-3)).toEqual(['run_finished', 'artifacts_written', 'given_to_readers'])
  })
})

describe('Ctrl-C', () => {
  it('stops the run: what was not reached is told, readers get nothing, and retry goes on', async () => {
    const folder = folderOf(kiosk)
    const answer = await type(folder, ['build', ...kioskAlone, '--threads', '1'], { interruptAt: 'ok    till.orders' })
    expect(answer.exitCode).toBe(2)
    expect(answer.stdout).toContain('Stopping: running statements are interrupted; Ctrl-C again kills')
    expect(answer.stdout).toContain('Skipped\n  the run was stopped before 4 steps\n')
    expect(steady(answer.stdout)).toMatch(/^Stopped in 0\.00 s: \d skipped, 5 raw rows landed, no model built$/m)
    expect(existsSync(join(folder, 'readers'))).toBe(false)
    expect((await type(folder, ['retry'])).exitCode).toBe(0)
    expect(existsSync(join(folder, 'readers/kiosk.duckdb'))).toBe(true)
  })
})

describe('run and test', () => {
  it('build without testing, and test without building', async () => {
    const folder = folderOf({ ...kiosk, 'data/orders.csv': badOrders })
    const run = await type(folder, ['run', ...kioskAlone])
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(steady(run.stdout)).toContain('Done in 0.00 s: 6 raw rows landed, 2 models built\n')
    const test = await type(folder, ['test', ...kioskAlone])
    expect(test.exitCode).toBe(1)
    expect(steady(test.stdout)).toContain('1 failed, 1 model tested, 10 of 12 tests passed (1 failed, 1 warned)')
    expect(test.stdout).toContain('--store-failures keeps the rows that fail')
    expect(test.stdout).not.toContain('Readers have it')
  })
})

describe('a unit test that fails', () => {
  it('keeps its model from being built, and is told with its file; one that passes is only counted', async () => {
    const folder = folderOf({
      ...kiosk,
      'unit_tests/orders_are_named.ts': kiosk['unit_tests/orders_are_named.ts']!.replace(
        "expect: [{ order_id: 'o1', customer: 'ann' }]",
        "expect: [{ order_id: 'o1', customer: 'bob' }]",
      ),
    })
    const answer = await type(folder, ['build', ...kioskAlone])
    expect(answer).toMatchObject({ exitCode: 1, stderr: '' })
    expect(answer.stdout).toMatch(/FAIL {2}unit test orders_are_named/)
    expect(answer.stdout).toMatch(/^ {2}unit_tests\/orders_are_named\.ts:\d+:14 {2}unit test orders_are_named/m)
    expect(answer.stdout).toContain(
      '  orders_are_named failed: shop.orders, shop.customers, data test every_customer_paid\n',
    )
    writeFileSync(join(folder, 'unit_tests/orders_are_named.ts'), kiosk['unit_tests/orders_are_named.ts']!)
    const retry = await type(folder, ['retry'])
    expect(retry).toMatchObject({ exitCode: 0, stderr: '' })
    expect(retry.stdout).not.toContain('unit test')
    expect(steady(retry.stdout)).toContain('Done in 0.00 s: 2 models built, 11 of 12 tests passed (1 warned)')
  })
})
