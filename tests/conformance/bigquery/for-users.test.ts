import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { kiosk } from '../../cli/kiosk.ts'
import { objectsOf, steady, type } from '../../cli/support.ts'
import { type Files, folderOf } from '../../support/project.ts'

// The commands of a user who has installed Google's analyzer, and no account.

const here = fileURLToPath(new URL('.', import.meta.url))
const stock = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '')
const target = 'targets:\n  prod: { engine: bigquery, project: acme-data, location: EU, dataset: j }\n'

function withPackage(files: Files): string {
  const config = files['warehouse.config.yaml']!.replace('targets:\n', target)
  const folder = folderOf({ ...files, 'warehouse.config.yaml': config })
  symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

const perCustomer = (macro: string) => `
import { integer, key, macro, model, sql } from 'throughline'
import { orders } from './orders'

export const strange = ${macro}

export const per_customer = model({
  description: 'One row per customer.',
  grain: ['customer'],
  columns: { customer: key('Who'), found: integer('Found') },
  materialize: { kind: 'table' },
  query: () => sql\`
    select o.customer, \${strange(sql\`count(o.order_id)\`)} as found
    from \${orders} as o
    group by o.customer
  \`,
})
`

/** The kiosk with a model over a macro whose rendering for BigQuery is this, of \`n\`. */
function kioskWith(forBigQuery: string): Files {
  const macro = `macro({
  takes: ['integer'],
  gives: 'integer',
  examples: [{ given: [1], gives: 1 }],
  as: n => ({ duckdb: sql\`\${n}\`, bigquery: sql\`${forBigQuery}\`, snowflake: sql\`\${n}\` }),
})`
  return { ...kiosk, 'models/shop/per_customer.ts': perCustomer(macro) }
}

afterEach(() => vi.waitFor(() => expect(analyzersOfOurs()).toEqual([]), 5_000))

/** Processes of the analyzer that were started here and still run. */
function analyzersOfOurs(): readonly string[] {
  const children = execFileSync('ps', ['-A', '-o', 'ppid=,args='], { encoding: 'utf8' }).split('\n')
  return children.filter(line => line.includes('remote_server') && Number.parseInt(line, 10) === process.pid)
}

describe("check of a target in BigQuery, with Google's analyzer", () => {
  test('finds nothing wrong with the project, and nothing that it cannot tell', { timeout: 300_000 }, async () => {
    const folder = folderOf({})
    const config = readFileSync(join(stock, 'examples/retailer/warehouse.config.yaml'), 'utf8')
    writeFileSync(join(folder, 'warehouse.config.yaml'), config.replace('targets:\n', target))
    cpSync(join(stock, 'examples/retailer/seeds'), join(folder, 'seeds'), { recursive: true })
    symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'))
    const { exitCode, stdout } = await type(folder, ['check', '--target', 'prod', '--output', 'json'], { stock })
    expect(objectsOf(stdout)).toEqual([expect.objectContaining({ type: 'check_finished', problemCount: 0 })])
    const [{ analyzed }] = objectsOf(stdout) as unknown as readonly [{ readonly analyzed: Record<string, unknown> }]
    expect(analyzed).toMatchObject({ version: '1.13.0', notVerified: [] })
    expect(analyzed.statementCount).toBeGreaterThan(300)
    expect(exitCode).toBe(0)
  })

  test('says which analyzer was asked, and of how much', async () => {
    const { exitCode, stdout } = await type(withPackage(kiosk), ['check', '--target', 'prod'])
    expect(steady(stdout)).toMatch(
      /^Checked 3 models for duckdb, bigquery and snowflake in 0.00 s: no problems\nGoogle's analyzer \(@fivetrandevelopers\/zetasql 1\.13\.0\) was asked of \d+ queries\n$/,
    )
    expect(exitCode).toBe(0)
  })

  test("places what BigQuery alone refuses in the author's file, with the nearest name of ours", async () => {
    const folder = withPackage(kioskWith('${n} + max(o.custmer)'))
    const { exitCode, stdout } = await type(folder, ['check', '--target', 'prod'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain(
      'models/shop/per_customer.ts:9:61  BigQuery: Name custmer not found inside o; did you mean customer?\n',
    )
    expect((await type(folder, ['check'])).exitCode).toBe(0)
  })

  test('knows no function that BigQuery has not', async () => {
    const { stdout } = await type(withPackage(kioskWith('list_sum([${n}])')), ['check', '--target', 'prod'])
    expect(stdout).toContain('models/shop/per_customer.ts:9:48  BigQuery: Function not found: list_sum')
  })

  test('compares the types of columns with the contract', async () => {
    const { stdout } = await type(withPackage(kioskWith('${n} / 2')), ['check', '--target', 'prod'])
    expect(stdout).toContain(
      "models/shop/per_customer.ts:15:36  the query of per_customer, on BigQuery, gives 'found' as real, and its contract says integer\n",
    )
  })

  test('does not call wrong what the analyzer is too old to know', async () => {
    const folder = withPackage(kioskWith('max_by(1, ${n})'))
    const { exitCode, stdout } = await type(folder, ['check', '--target', 'prod'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('no problems')
    expect(stdout).toContain('1 of them not verified, which it is too old to know:\n')
    expect(stdout).toContain('models/shop/per_customer.ts:9:48  Function not found: max_by')
  })

  test('tells once what is wrong on every engine', async () => {
    const files = {
      ...kiosk,
      'models/shop/customers.ts': kiosk['models/shop/customers.ts']!.replace('sum(o.amount)', 'sum(o.amuont)'),
    }
    const { stdout } = await type(withPackage(files), ['check', '--target', 'prod'])
    expect(stdout.match(/amuont/g)!.length).toBe(2) // in the message and in the excerpt
    expect(stdout).toContain('1 problem\n')
  })
})

describe("test --unit --offline, on Google's evaluator", () => {
  const offline = ['test', '--unit', '--offline', '--target', 'prod']

  test('runs unit tests without an account, and leaves nothing behind', async () => {
    const folder = withPackage(kiosk)
    const answer = await type(folder, offline)
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
    expect(answer.stdout).toContain(
      "Running the unit tests of kiosk on Google's evaluator, @fivetrandevelopers/zetasql 1.13.0\n",
    )
    expect(answer.stdout).toMatch(/: 1 test passed\n$/)
    expect(existsSync(join(folder, '.throughline/target'))).toBe(false)
  })

  const testOf = (expected: string) => `
import { given, unitTest } from 'throughline'
import { orders } from '../models/shop/orders'
import { per_customer } from '../models/shop/per_customer'

export const longest_name = unitTest({
  description: 'The length of a name.',
  model: per_customer,
  given: [given(orders, [{ order_id: 'o1', customer: 'ann', amount: '1' }])],
  expect: [{ customer: 'ann', found: ${expected} }],
})
`
  const tested = (forBigQuery: string, expected: string) =>
    withPackage({ ...kioskWith(forBigQuery), 'unit_tests/longest_name.ts': testOf(expected) })

  test("runs the SQL of BigQuery: what passes on DuckDB fails where BigQuery's rendering differs", async () => {
    const folder = tested('${n} + 1', '1')
    expect((await type(folder, ['test', '--unit'])).exitCode).toBe(0)
    const { exitCode, stdout } = await type(folder, offline)
    expect(exitCode).toBe(1)
    expect(stdout).toContain(
      'unit test longest_name of per_customer: 1 row expected, 1 found: 1 missing (-), 1 unexpected (+)',
    )
    expect(stdout).toMatch(/- +ann +1\n +\+ +ann +2\n/)
  })

  test("names the author's line of what fails on the rows", async () => {
    const { exitCode, stdout } = await type(tested('div(${n}, 0)', '1'), offline)
    expect(exitCode).toBe(1)
    expect(stdout).toContain('division by zero')
    expect(stdout).toContain('models/shop/per_customer.ts:')
  })

  test('skips what the evaluator is too old to know, and calls it not verified', async () => {
    const { exitCode, stdout } = await type(tested('max_by(1, ${n})', '1'), offline)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('not verified: Function not found: max_by: unit test longest_name')
    expect(stdout).toMatch(/Done in .*: 1 skipped, 1 test passed\n$/)
  })
})

test("debug says that Google's analyzer is installed", async () => {
  const { stdout } = await type(withPackage(kiosk), ['debug', '--target', 'prod', '--output', 'json'])
  expect(objectsOf(stdout)).toContainEqual(
    expect.objectContaining({
      what: 'analyzer',
      status: 'ok',
      detail: '@fivetrandevelopers/zetasql 1.13.0 is installed',
    }),
  )
})
