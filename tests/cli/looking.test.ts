import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { folderOf } from '../support/project.ts'
import { goodOrders, kiosk } from './kiosk.ts'
import { objectsOf, type } from './support.ts'

const folder = folderOf(kiosk)

describe('ls', () => {
  it('lists raw tables and models, each after what it reads, and what is not built with the reason', async () => {
    expect(await type(folder, ['ls'])).toEqual({
      exitCode: 0,
      stdout: `till.orders           raw table
named        staging  inline
orders       shop     table
customers    shop     table

Not built:
namesakes  the source 'other' is off
`,
      stderr: '',
    })
  })

  it('has colours on a terminal, unless they are not wanted', async () => {
    const colored = await type(folder, ['ls'], { terminal: 100 })
    expect(colored.stdout).toContain("\u001b[2mnamesakes  the source 'other' is off\u001b[22m")
    const wanted = await type(folder, ['ls'], { env: { FORCE_COLOR: '1' } })
    expect(wanted.stdout).toBe(colored.stdout)
    for (const [args, env] of [
      [['--no-color'], {}],
      [[], { NO_COLOR: '1' }],
    ] as const) {
      expect((await type(folder, ['ls', ...args], { terminal: 100, env })).stdout).not.toContain('\u001b')
    }
  })

  it('lists the selected nodes alone, by any number of criteria', async () => {
    const one = await type(folder, ['ls', '--select', 'tag:nightly', 'named', '--select', 'source:till'])
    expect(one.stdout).toBe(
      'till.orders           raw table\nnamed        staging  inline\ncustomers    shop     table\n',
    )
    const less = await type(folder, ['ls', '--select', 'layer:shop', '--exclude', 'orders'])
    expect(less.stdout).toBe('customers  shop  table\n')
  })

  it('says as JSON what each node is', async () => {
    const [, , orders, , disabled] = objectsOf((await type(folder, ['ls', '--output', 'json'])).stdout)
    expect(orders).toEqual({
      version: 1,
      type: 'model',
      name: 'orders',
      layer: 'shop',
      materialization: 'table',
      description: 'One row per order.',
      path: 'models/shop/orders.ts',
    })
    expect(disabled).toEqual({ version: 1, type: 'disabled', name: 'namesakes', because: "the source 'other' is off" })
  })

  it('says of a test that is named that it runs with what it reads', async () => {
    for (const test of ['every_customer_paid', 'path:data_tests/every_customer_paid.ts']) {
      const { exitCode, stderr } = await type(folder, ['ls', '--select', test])
      expect(exitCode).toBe(2)
      expect(stderr).toBe(
        `'${test}' selects nothing: it is a data test, which runs with what it is of\n  select customers\n`,
      )
    }
  })

  it('says that a criterion selects nothing, with the nearest one that does', async () => {
    expect(await type(folder, ['ls', '--select', 'custmers'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "'custmers' selects nothing: no model or folder is named 'custmers'; did you mean customers?\n",
    })
  })
})

describe('compile', () => {
  it('writes the SQL of each model to a file, and says where', async () => {
    const answer = await type(folder, ['compile', '--target', 'dev'])
    expect(answer).toEqual({
      exitCode: 0,
      stdout: 'Wrote the SQL of 3 models to .throughline/compiled/dev\n',
      stderr: '',
    })
    const sql = readFileSync(join(folder, '.throughline/compiled/dev/shop/customers.sql'), 'utf8')
    expect(sql).toContain('from dev_shop.orders as o')
  })

  it('prints the SQL of one model, and nothing else on stdout', async () => {
    const answer = await type(folder, ['compile', '--select', 'named'])
    expect(answer).toEqual({
      exitCode: 0,
      stdout: `select o.order_id, o.customer, o.amount
from raw.till__orders as o
where o.customer is not null
`,
      stderr: 'wrote .throughline/compiled/local/staging/named.sql\n',
    })
  })
})

describe('check', () => {
  it('says how much was checked and how long it took', async () => {
    const answer = await type(folder, ['check'])
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
    expect(answer.stdout).toMatch(/^Checked 3 models for duckdb, bigquery and snowflake in \d+\.\d\d s: no problems\n$/)
  })

  it('tells the problems of all models and unit tests at once, and ends with 1', async () => {
    const broken = folderOf({
      ...kiosk,
      'models/shop/customers.ts': kiosk['models/shop/customers.ts']!.replace('sum(o.amount)', 'sum(o.amuont)'),
      'unit_tests/orders_are_named.ts': kiosk['unit_tests/orders_are_named.ts']!.replace("amount: '1'", "amuont: '1'"),
      'models/shop/broken.ts': "export const broken = model({ description: 'no import' })\n",
    })
    const answer = await type(broken, ['check'])
    expect(answer).toMatchObject({ exitCode: 1, stderr: '' })
    expect(answer.stdout).toMatch(/^models\/shop\/broken\.ts:1:\d+ {2}model is not defined$/m)
    expect(answer.stdout).toMatch(/^models\/shop\/customers\.ts:16:\d+ {2}.*"amuont"; did you mean amount\?$/m)
    expect(answer.stdout).toMatch(/unit_tests\/orders_are_named\.ts:\d+:\d+ .*amuont/)
    expect(answer.stdout).toMatch(/^Checked 3 models .*: 3 problems$/m)
    const finished = objectsOf((await type(broken, ['check', '--output', 'json'])).stdout).at(-1)
    expect(finished).toMatchObject({ version: 1, type: 'check_finished', modelCount: 3, problemCount: 3 })
  })
})

describe('show', () => {
  it('says what builds a table that is not built yet, and makes no file', async () => {
    expect(await type(folder, ['show', 'orders'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "'orders' is not built yet in the target local\n  throughline build --select +orders builds it\n",
    })
    expect(existsSync(join(folder, 'kiosk.duckdb'))).toBe(false)
  })

  it('says that an inline model has no table, and that a model which is off is not built', async () => {
    expect((await type(folder, ['show', 'named'])).stderr).toMatch(/^'named' is inline: it has no table of its own/)
    expect((await type(folder, ['show', 'namesakes'])).stderr).toBe(
      "'namesakes' is not built: the source 'other' is off\n",
    )
    expect((await type(folder, ['show', 'ordres'])).stderr).toMatch(/did you mean orders\?/)
  })

  describe('once it is built', () => {
    const built = folderOf({
      ...kiosk,
      'data/orders.csv': `${goodOrders}o0,"${'Zoë '.repeat(12)}",1,2026-05-04 09:00:00\n`,
    })
    beforeAll(async () => {
      expect((await type(built, ['build'])).exitCode).toBe(0)
    })

    it('prints the first rows in order of the grain, wide cells cut', async () => {
      expect(await type(built, ['show', 'orders', '--limit', '3'])).toEqual({
        exitCode: 0,
        stdout: `order_id  customer                                  amount
────────  ────────────────────────────────────────  ──────
o0        Zoë Zoë Zoë Zoë Zoë Zoë Zoë Zoë Zoë Zoë…       1
o1        ann                                         10.5
o2        bob                                            4
`,
        stderr: '',
      })
    })

    it('prints raw tables in the order of their file, and rows as JSON', async () => {
      const answer = await type(built, ['show', 'till.orders', '--limit', '4', '--output', 'json'])
      expect(objectsOf(answer.stdout).map(({ row }) => row)).toMatchObject([
        { order_id: 'o1', customer: 'ann', amount: '10.500000000', placed_at: '2026-05-01 09:00:00' },
        { order_id: 'o2' },
        { order_id: 'o3' },
        { order_id: 'o4', customer: null },
      ])
    })

    it('prints whatever else stands in the target, and speaks of models where there is no such table', async () => {
      const answer = await type(built, ['show', 'about.table_status', '--limit', '100', '--output', 'json'])
      expect(objectsOf(answer.stdout).map(({ row }) => row)).toContainEqual(
        expect.objectContaining({ table_name: 'shop.orders', row_count: 5 }),
      )
      const other = await type(built, ['show', 'about.table_stats'])
      expect(other).toMatchObject({ exitCode: 2, stdout: '' })
      expect(other.stderr).toMatch(/^there is no model named 'about\.table_stats'/)
      expect((await type(built, ['show', 'shop.ordres'])).stderr).toMatch(/did you mean orders\?/)
    })

    it('prints a line for each column where the terminal is too narrow for a table', async () => {
      const answer = await type(built, ['show', 'shop.customers', '-n', '1'], { terminal: 24, env: { NO_COLOR: '1' } })
      expect(answer.stdout).toBe(`─ row 1 ─
customer     Zoë Zoë Zo…
order_count  1
amount       1
`)
    })
  })
})

describe('lineage', () => {
  it('shows the columns a column is computed from, step by step, inline models among them', async () => {
    expect(await type(folder, ['lineage', 'customers', '--column', 'amount'])).toEqual({
      exitCode: 0,
      stdout: `shop.customers.amount
└─ shop.orders.amount
   └─ staging.named.amount
      └─ till.orders.amount
`,
      stderr: '',
    })
  })

  it('shows every column, and says of which nothing is read', async () => {
    const { stdout } = await type(folder, ['lineage', 'customers'])
    expect(stdout).toContain('shop.customers.order_count  (of no column)\n')
    expect(stdout.split('\n').filter(line => line.startsWith('shop.customers.'))).toHaveLength(3)
  })

  it('says each step once as JSON', async () => {
    const { stdout } = await type(folder, ['lineage', 'customers', '--column', 'customer', '--output', 'json'])
    expect(objectsOf(stdout)).toEqual([
      step('shop.customers', [{ relation: 'shop.orders', column: 'customer' }]),
      step('shop.orders', [{ relation: 'staging.named', column: 'customer' }]),
      step('staging.named', [{ relation: 'till.orders', column: 'customer' }]),
      step('till.orders', []),
    ])
  })

  it('knows no column of another name', async () => {
    expect((await type(folder, ['lineage', 'customers', '--column', 'amuont'])).stderr).toBe(
      "'customers' has no column 'amuont'; did you mean amount?\n",
    )
  })

  const step = (relation: string, from: readonly object[]) => ({
    version: 1,
    type: 'column',
    relation,
    column: 'customer',
    from,
  })
})

describe('debug', () => {
  it('says line by line what a build stands on, and what is off', async () => {
    const answer = await type(folder, ['debug'], { env: { TILL_PASSWORD: 'local: DuckDB' } })
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
    const [node, engine, ...lines] = answer.stdout.split('\n')
    expect(node).toMatch(/^ok {4}node {8}Node\.js \d+/)
    expect(engine).toMatch(/^ok {4}engine {6}Throughline \d.*, DuckDB v\d/)
    expect(lines).toEqual([
      'ok    config      warehouse.config.yaml: project kiosk',
      // The secret is blotted out.
      'ok    target      ***, kiosk.duckdb; readers get readers/kiosk.duckdb; other targets: dev',
      'ok    models      3 models, 1 not built',
      'ok    database    kiosk.duckdb is not there yet; the first build makes it',
      `ok    source till.orders  ${join(folder, 'data/orders.csv')} is there, with the columns that the models read`,
      'off   source other  off: it is not in the config',
      '',
    ])
  })

  it('finds the files of sources from the config on, wherever it is typed', async () => {
    const answer = await type(folderOf({}), ['debug', '--config', folder])
    expect(answer.exitCode).toBe(0)
    expect(answer.stdout).toContain(`ok    config      ${join(folder, 'warehouse.config.yaml')}: project kiosk\n`)
    expect(answer.stdout).toContain(`ok    source till.orders  ${join(folder, 'data/orders.csv')} is there`)
  })

  it('ends with 1 where something is wrong, having looked at all the rest', async () => {
    const answer = await type(folder, ['debug'], { env: { ORDERS_FILE: 'data/ordres.csv' } })
    expect(answer.exitCode).toBe(1)
    expect(answer.stdout).toMatch(
      /^FAIL {2}source till\.orders {2}till\.orders: .*ordres\.csv is not there; did you mean orders\.csv\?$/m,
    )
    expect(answer.stdout).toContain('off   source other')
    const noConfig = await type(folderOf({}), ['debug'])
    expect(noConfig.exitCode).toBe(1)
    expect(noConfig.stdout).toMatch(/^FAIL {2}config {6}there is no warehouse\.config\.yaml in /m)
  })
})
