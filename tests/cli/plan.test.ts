import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { folderOf } from '../support/project.ts'
import {
  type Answer as ApiAnswer,
  type Asked,
  jobDone,
  refusal,
  type ScriptedApi,
} from '../warehouse/bigquery/scripted-api.ts'
import { StandingTables } from '../warehouse/bigquery/standing-tables.ts'
import { kiosk } from './kiosk.ts'
import { counts, kioskIn } from './kiosk-in-bigquery.ts'
import { objectsOf, type } from './support.ts'

let api: ScriptedApi | undefined
afterEach(() => api?.close())

const lines = (stdout: string) => stdout.split('\n').map(line => line.trim().replaceAll(/ {2,}/g, ' | '))

describe('A plan for DuckDB', () => {
  it('says in order what a build would do, and makes no file', async () => {
    const folder = folderOf(kiosk)
    const answer = await type(folder, ['plan'])
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
    expect(lines(answer.stdout)).toEqual([
      'A build of kiosk in the target local (kiosk.duckdb) would do this; nothing is done now',
      '1 unit test first',
      '',
      '1 | land | till.orders | raw table | new',
      '2 | build | shop.orders | table | new',
      '3 | build | shop.customers | table | new',
      '4 | test | data test every_customer_paid',
      '',
    ])
    expect(existsSync(join(folder, 'kiosk.duckdb'))).toBe(false)
  })

  it('says of each table that stands what publishing would do to it', async () => {
    const folder = folderOf(kiosk)
    expect((await type(folder, ['build'])).exitCode).toBe(0)
    const changed = {
      ...kiosk,
      'models/shop/orders.ts': kiosk['models/shop/orders.ts']!.replace(
        "customer: text('Who'),",
        "customer: text('Who'), buyer: text('The same'),",
      ).replace('n.customer,', 'n.customer, n.customer as buyer,'),
      'models/shop/customers.ts': kiosk['models/shop/customers.ts']!.replace(
        "order_count: integer('Orders').atMost(2, { severity: 'warn' }),",
        '',
      ).replace('count(*) as order_count, ', ''),
      'warehouse.config.yaml': kiosk['warehouse.config.yaml']!.replace(
        'kiosk.duckdb, publish',
        `"${join(folder, 'kiosk.duckdb')}", publish`,
      ),
    }
    const answer = await type(folderOf(changed), ['plan', '--output', 'json'])
    expect(answer.exitCode).toBe(0)
    expect(objectsOf(answer.stdout)).toEqual([
      {
        version: 1,
        type: 'planned',
        place: 1,
        action: 'land',
        name: 'till.orders',
        table: 'raw.till__orders',
        stands: true,
      },
      expect.objectContaining({ name: 'orders', stands: true, change: 'same', added: ['buyer'], testCount: 6 }),
      expect.objectContaining({
        name: 'customers',
        materialization: 'table',
        change: 'breaking',
        because: 'its column order_count is gone',
      }),
      { version: 1, type: 'planned', place: 4, action: 'test', name: 'every_customer_paid', reads: ['customers'] },
      { version: 1, type: 'plan', target: 'local', nodeCount: 4, unitTestCount: 1 },
    ])
    const text = await type(folderOf(changed), ['plan', '--select', 'orders', 'customers'])
    expect(lines(text.stdout).slice(3, 5)).toEqual([
      '1 | build | shop.orders | table | new columns: buyer',
      '2 | build | shop.customers | table | replaced: its column order_count is gone',
    ])
  })

  it('is not made where a build could not begin', async () => {
    const answer = await type(folderOf(kiosk), ['plan', '--select', 'customers'])
    expect(answer.exitCode).toBe(2)
    expect(answer.stderr).toContain('customers reads shop.orders, which is not built yet and not selected')
  })
})

const field = (name: string, type: string) => ({ name, type, mode: 'NULLABLE' })
const orderFields = [field('order_id', 'STRING'), field('customer', 'STRING'), field('amount', 'NUMERIC')]
const customerFields = [field('customer', 'STRING'), field('order_count', 'INTEGER'), field('amount', 'NUMERIC')]

/** Raw orders and orders stand as they are to be; customers where a test says so. */
const standing = () =>
  new StandingTables(counts)
    .add('acme', 'j_raw', 'till__orders', {})
    .add('acme', 'j_shop', 'orders', { schema: { fields: orderFields } })

const withCustomers = () =>
  standing().add('acme', 'j_shop', 'customers', { schema: { fields: [...customerFields, field('age', 'INTEGER')] } })

const isDryRun = ({ body }: Asked) => body?.configuration?.dryRun === true

/** Dry runs read a TiB of raw orders, half of one of orders, 10 MB of customers. */
function pricing(tables: StandingTables) {
  return (asked: Asked): ApiAnswer => {
    if (!isDryRun(asked)) return tables.answer(asked)
    const { query } = asked.body.configuration.query
    const bytes = query.includes('till__orders') ? 2 ** 40 : query.includes('j_shop.orders') ? 2 ** 39 : 10_000_000
    return jobDone({ statistics: { query: { totalBytesProcessed: String(bytes) } } })
  }
}

/** What was asked that changes something. */
const changes = () => api!.asked.filter(asked => asked.method !== 'GET' && !isDryRun(asked))

async function kioskWith(answer: (asked: Asked) => ApiAnswer, more = '') {
  const opened = await kioskIn(answer, more)
  api = opened.api
  return opened
}

describe('A plan for BigQuery', () => {
  it('says what each query would read and cost, and in total, and changes nothing', async () => {
    const { run } = await kioskWith(pricing(withCustomers()))
    const answer = await run('plan')
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
    expect(lines(answer.stdout).slice(3)).toEqual([
      '1 | land | till.orders | raw table | landed again',
      '2 | build | shop.orders | table | same contract | 1.1 TB | about $6.25',
      '3 | build | shop.customers | table | replaced: its column age is gone | 549.8 GB | about $3.13',
      '4 | test | data test every_customer_paid | 10.0 MB | less than $0.01',
      '',
      'Reads 1.6 TB, about $9.38: of 3 queries that can be asked about',
      '',
    ])
    expect(changes()).toEqual([])
    const dry = api!.asked.filter(isDryRun).map(({ body }) => body.configuration.query)
    expect(dry).toHaveLength(3)
    expect(dry).toEqual(dry.map(() => expect.objectContaining({ useQueryCache: false })))
  })

  it('never guesses what is read of tables that do not stand: the total is the least', async () => {
    const { run } = await kioskWith(pricing(standing()))
    const answer = await run('plan')
    expect(answer.exitCode).toBe(0)
    expect(lines(answer.stdout).slice(5)).toEqual([
      '3 | build | shop.customers | table | new | 549.8 GB | about $3.13',
      '4 | test | data test every_customer_paid | ? | not known before its parents stand: customers',
      '',
      'Reads at least 1.6 TB, about $9.38: of 2 queries that can be asked about',
      'Not known: every_customer_paid',
      '',
    ])
    const json = objectsOf((await run('plan', '--output', 'json')).stdout)
    expect(json.slice(-2)).toEqual([
      expect.objectContaining({
        name: 'every_customer_paid',
        notKnown: 'not known before its parents stand: customers',
      }),
      {
        version: 1,
        type: 'plan',
        target: 'prod',
        nodeCount: 4,
        unitTestCount: 1,
        bytesProcessed: 2 ** 40 + 2 ** 39,
        estimatedUsd: 9.375,
        isLowerBound: true,
        unknown: ['every_customer_paid'],
      },
    ])
  })

  const unrecognized = (tables: StandingTables) => (asked: Asked) =>
    isDryRun(asked) ? refusal(400, 'invalidQuery', 'Unrecognized name: amount at [1:1]') : tables.answer(asked)

  it("tells a query that the warehouse refuses at the author's file", async () => {
    const { run } = await kioskWith(unrecognized(withCustomers()))
    const answer = await run('plan', '--select', 'customers')
    expect(answer.exitCode).toBe(1)
    expect(answer.stdout).toContain('the warehouse refuses it')
    expect(answer.stdout).toMatch(/\nmodels\/shop\/customers\.ts:\d+:\d+ {2}customers: Unrecognized name: amount\n/)
  })

  it('holds nothing against a query that reads what is to be renewed first', async () => {
    const { run } = await kioskWith(unrecognized(withCustomers()))
    const answer = await run('plan', '--select', 'source:till', 'orders')
    expect(answer.exitCode).toBe(0)
    expect(answer.stdout).toContain('not known before its parents are as they will be: till.orders')
  })

  it('is not made where the warehouse may not be asked', async () => {
    const words = 'Access Denied: Project acme: User does not have bigquery.jobs.create permission in project acme.'
    const tables = withCustomers()
    const { run } = await kioskWith(asked =>
      isDryRun(asked) ? refusal(403, 'accessDenied', words) : tables.answer(asked),
    )
    const answer = await run('plan')
    expect(answer.exitCode).toBe(2)
    expect(answer.stderr).toContain(words)
    expect(answer.stderr).toContain('throughline debug says which right is missing')
  })

  it('says whether a build would be above the budget', async () => {
    const { run } = await kioskWith(pricing(withCustomers()), ', budget: { usd: 5, bytes: 2 TB }')
    const answer = await run('plan')
    expect(answer.exitCode).toBe(0)
    expect(answer.stdout).toMatch(/\nAbove the budget of 2\.0 TB and \$5\.00: a build is refused\n$/)
  })
})

describe('A budget', () => {
  it('refuses a build above it before anything runs, and names the largest models and what is not known', async () => {
    const { run } = await kioskWith(pricing(standing()), ', budget: { usd: 5 }')
    const answer = await run('build')
    expect(answer.exitCode).toBe(2)
    expect(answer.stderr).toMatch(
      /^warehouse\.config\.yaml:\d+:\d+ {2}targets\.prod\.budget: this run would read at least 1\.6 TB \(\$9\.38\), and its budget is \$5\.00\n/,
    )
    expect(answer.stderr).toContain(
      'the largest: orders 1.1 TB, customers 549.8 GB; not known yet: every_customer_paid. Raise the budget, or select less: throughline plan shows all 4 steps',
    )
    expect(answer.stderr).toContain('Nothing was built.')
    expect(changes()).toEqual([])
  })

  it('refuses a run, too, by what it would read', async () => {
    const { run } = await kioskWith(pricing(standing()), ', budget: { bytes: 1 TB }')
    const answer = await run('run')
    expect(answer.exitCode).toBe(2)
    expect(answer.stderr).toContain('this run would read 1.6 TB ($9.38), and its budget is 1.0 TB')
    expect(changes()).toEqual([])
  })

  it('lets a build within it go on, which says what it estimates; the run is written down with what it cost', async () => {
    const tables = standing()
    const { run } = await kioskWith(pricing(tables), ', budget: { usd: 9.5, bytes: 2 TB }')
    const answer = await run('build')
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
    expect(answer.stdout).toContain(
      'Reads at least 1.6 TB ($9.38), within the budget of 2.0 TB and $9.50; not known yet: every_customer_paid\n',
    )
    const [, jobs] = /Billed \S+ MB in (\d+) jobs/.exec(answer.stdout)!
    const written = tables.statements.find(sql => sql.includes('j_about.runs'))!
    expect(written).toMatch(/^merge into acme\.j_about\.runs as old_row\n/)
    expect(written).toContain("'build' as command, timestamp '2026-06-01 12:00:00+00' as as_of")
    expect(written).toContain("'success' as status, 5 as succeeded_count, 0 as warned_count")
    expect(written).toContain(
      `${jobs} as job_count, 0 as bytes_processed, ${Number(jobs) * 10_485_760} as bytes_billed`,
    )
    expect(written).toMatch(/numeric '0\.00\d{7}' as estimated_usd/)
  })

  it('asks nothing of a test, which builds nothing', async () => {
    const { run } = await kioskWith(pricing(withCustomers()), ', budget: { usd: 0.000001 }')
    const answer = await run('test')
    expect(answer.stdout).not.toContain('budget')
    expect(api!.asked.filter(isDryRun)).toEqual([])
  })
})
