import { describe, expect, test } from 'vitest'
import { folderOf } from '../support/project.ts'
import { kiosk } from './kiosk.ts'
import { objectsOf, type } from './support.ts'

const snowflakeTarget = `
  snow: { engine: snowflake, account: acme-prod, user: ci, password: secret, role: R, warehouse: W, database: D, schema: S }
sources:`

const config = kiosk['warehouse.config.yaml']!.replace('\nsources:', snowflakeTarget)

/** A model for one engine alone over the kiosk's orders, and one that reads it. */
const withModelFor = (engine: string, query: string, rest: string = '') =>
  folderOf({
    ...kiosk,
    'warehouse.config.yaml': config,
    'models/shop/spelled.ts': `
import { key, model, sql, text } from 'throughline'
import { orders } from './orders'

export const spelled = model({
  description: 'Customers as they sound.',
  engine: '${engine}',
  grain: ['customer'],
  columns: { customer: key('Who'), sound: text('How it sounds') },
  materialize: { kind: 'table' },
  query: () => sql\`${query}\`,
  ${rest}
})
`,
    'models/shop/sounds.ts': `
import { integer, key, model, sql } from 'throughline'
import { spelled } from './spelled'

export const sounds = model({
  description: 'How many sound alike.',
  grain: ['sound'],
  columns: { sound: key('A sound'), customer_count: integer('Customers') },
  materialize: { kind: 'table' },
  query: () => sql\`select s.sound, count(*) as customer_count from \${spelled} as s group by s.sound\`,
})
`,
  })

const soundex = 'select distinct o.customer, soundex(o.customer)::varchar as sound from ${orders} as o'

/** One for Snowflake alone that any engine could build. */
const customersAlone = `
import { key, model, sql } from 'throughline'
import { orders } from './orders'

export const spelled = model({
  description: 'Customers as they sound.',
  engine: 'snowflake',
  grain: ['customer'],
  columns: { customer: key('Who') },
  materialize: { kind: 'table' },
  query: () => sql\`select distinct o.customer from \${orders} as o\`,
})
`

describe('A model that is for Snowflake alone', () => {
  const folder = withModelFor('snowflake', soundex)

  test('is built on no other engine, nor is what reads it, and ls says why', async () => {
    const { stdout } = await type(folder, ['ls'])
    expect(stdout).not.toMatch(/^(spelled|sounds) +shop/m)
    expect(stdout).toMatch(/^spelled +it is written for Snowflake alone$/m)
    expect(stdout).toMatch(/^sounds +it reads 'spelled', which is not built: it is written for Snowflake alone$/m)
    const { exitCode, stderr } = await type(folder, ['build', '--select', 'spelled'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('it is written for Snowflake alone')
    const built = await type(folder, ['build'])
    expect(built.exitCode).toBe(0)
    expect(built.stdout).not.toContain('spelled')
  })

  test('is of a target in Snowflake, with what reads it', async () => {
    const { stdout } = await type(folder, ['ls', '--target', 'snow'])
    expect(stdout).toMatch(/^spelled +shop +table$/m)
    expect(stdout).toMatch(/^sounds +shop +table$/m)
    const lineage = await type(folder, ['lineage', 'sounds', '--column', 'sound', '--target', 'snow'])
    expect(lineage.stdout).toContain('orders.customer')
  })

  test.each([[[]], [['--target', 'snow']]])('is checked whatever the target: %j', async target => {
    const { exitCode, stdout, stderr } = await type(folder, ['check', ...target])
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(
      /^Checked 5 models for duckdb, bigquery and snowflake \(1 of them for one engine alone\) in .*: no problems$/m,
    )
    expect(stdout).toContain(
      'not vouched for  models/shop/spelled.ts:7:3  spelled is for Snowflake alone, and not held to the portable core: it was parsed, its functions looked up and its columns compared with the contract, as far as its text shows them; what the list does not have is known to Snowflake alone',
    )
    expect(stdout).toContain(
      "not vouched for  models/shop/spelled.ts:11:48  nobody vouches for this on Snowflake: soundex() is not in the list of Snowflake's functions",
    )
  })

  test('is read with all others by the list of functions where the target is in Snowflake', async () => {
    const { stdout } = await type(folder, ['check', '--target', 'snow'])
    expect(stdout).toMatch(/Snowflake's SQL, 6 queries, was read by a list of \d+ functions/)
  })

  test('is told of as JSON', async () => {
    const said = objectsOf((await type(folder, ['check', '--output', 'json'])).stdout)
    const finished = said.find(object => (object as { type: string }).type === 'check_finished')
    expect(finished).toMatchObject({
      problemCount: 0,
      notVouched: [
        { message: expect.stringContaining('spelled is for Snowflake alone'), place: { line: 7 } },
        { message: expect.stringContaining('soundex()'), place: { line: 11, column: 48 } },
      ],
    })
  })

  test('still has to be SQL of Snowflake, and what reads it is bound to its contract', async () => {
    const wrong = withModelFor('snowflake', 'select o.customer, soundex(o.customer) sound from from ${orders} as o')
    const { exitCode, stdout } = await type(wrong, ['check'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('snowflake cannot parse this')
    const short = folderOf({
      ...kiosk,
      'models/shop/spelled.ts': customersAlone,
      'models/shop/sounds.ts': `
import { key, model, sql } from 'throughline'
import { spelled } from './spelled'

export const sounds = model({
  description: 'Sounds.',
  grain: ['sound'],
  columns: { sound: key('A sound') },
  materialize: { kind: 'table' },
  query: () => sql\`select s.sound from \${spelled} as s\`,
})
`,
    })
    const said = await type(short, ['check'])
    expect(said.exitCode).toBe(1)
    expect(said.stdout).toContain('"s" has no column named "sound"')
  })

  test('gives the columns of its contract, out of columns that there are', async () => {
    const query = `with sounding as (
    select o.custmer, o.customer as who, o.amount::boolean as sound from \${orders} as o
  )
  select s.who as customer, s.sound, s.wo as extra from sounding as s, table(flatten(input => array_construct(s.who))) as f where f.key = f.nokey`
    const { exitCode, stdout } = await type(withModelFor('snowflake', query), ['check'])
    expect(exitCode).toBe(1)
    for (const told of [
      /spelled\.ts:12:14 .*o has no column custmer; did you mean customer\?/,
      /spelled\.ts:14:40 .*s has no column wo; did you mean who\?/,
      /f has no column nokey/,
      /the query of spelled gives 'sound' as boolean, and its contract says text/,
      /the query of spelled gives a column 'extra', which its contract has not/,
    ])
      expect(stdout).toMatch(told)
    const short = 'select o.customer as who, soundex(o.customer)::varchar as sound from ${orders} as o'
    const lacking = await type(withModelFor('snowflake', short), ['check'])
    expect(lacking.stdout).toMatch(/the query of spelled gives no column 'customer', which its contract has/)
    // Names that an alias gives, columns that a star brings, and functions of which nothing is known.
    const unknown =
      'with renamed (customer, sound) as (select customer, soundex(customer) from ${orders}) select r.customer, r.sound from renamed as r'
    expect((await type(withModelFor('snowflake', unknown), ['check'])).exitCode).toBe(0)
  })

  test.each([
    "* exclude (sold) from (select o.customer, 'x' as sound, 1 as sold from ${orders} as o)",
    "* rename (tone as sound) from (select o.customer, 'x' as tone from ${orders} as o)",
    "* replace ('x' as sound) from (select o.customer, 1 as sound from ${orders} as o)",
    "a.* exclude (sold) from (select o.customer, 'x' as sound, 1 as sold from ${orders} as o) as a",
  ])('may choose among columns by a star, which then nobody follows: %s', async query => {
    const { exitCode, stdout } = await type(withModelFor('snowflake', `select ${query}`), ['check'])
    expect(exitCode, stdout).toBe(0)
  })

  test('is told of a column whose quoted name is no word', async () => {
    const query = `select o.customer, 'x' as sound, 2 as "net (eur" from \${orders} as o`
    const { exitCode, stdout } = await type(withModelFor('snowflake', query), ['check'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain("the query of spelled gives a column 'net (eur', which its contract has not")
  })

  test('has no unit tests, for they run nowhere', async () => {
    const tested = folderOf({
      ...kiosk,
      'models/shop/spelled.ts': customersAlone,
      'unit_tests/one_customer.ts': `
import { given, unitTest } from 'throughline'
import { orders } from '../models/shop/orders'
import { spelled } from '../models/shop/spelled'

export const one_customer = unitTest({
  description: 'One.',
  model: spelled,
  given: [given(orders, [{ order_id: 'o1', customer: 'ann', amount: '1' }])],
  expect: [{ customer: 'ann' }],
})
`,
    })
    const { exitCode, stdout } = await type(tested, ['check'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('spelled is for Snowflake alone, where no unit test runs')
  })
})

describe('A model that is for DuckDB alone', () => {
  const folder = withModelFor(
    'duckdb',
    'select o.customer, string_agg(o.order_id order by o.order_id) as sound from ${orders} as o group by all',
  )

  test('is built there, though its SQL is not portable, and check says that only DuckDB knows it', async () => {
    const { exitCode, stdout } = await type(folder, ['check'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain(
      'spelled is for DuckDB alone, and not held to the portable core: DuckDB has bound its names and types',
    )
    const built = await type(folder, ['build'])
    expect(built.exitCode).toBe(0)
    expect(built.stdout).toContain('spelled')
  })

  test('is bound there, so that a wrong name is found whatever the target', async () => {
    const wrong = withModelFor('duckdb', 'select o.customer, o.sond as sound from ${orders} as o')
    for (const target of [[], ['--target', 'snow']]) {
      const { exitCode, stdout } = await type(wrong, ['check', ...target])
      expect(exitCode).toBe(1)
      expect(stdout).toContain('"o" has no column named "sond"')
    }
  })

  test('is not of a target in Snowflake', async () => {
    const { stdout } = await type(folder, ['ls', '--target', 'snow'])
    expect(stdout).toMatch(/^spelled +it is written for DuckDB alone$/m)
  })
})

describe('A model that is for BigQuery alone', () => {
  test('is parsed as BigQuery’s, and check says who would type it', async () => {
    const folder = withModelFor(
      'bigquery',
      'select o.customer, any_value(soundex(o.customer)) as sound from ${orders} as o group by 1',
    )
    const { exitCode, stdout } = await type(folder, ['check'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain(
      'it was parsed; its names and types are known to Google’s analyzer, which a target in BigQuery asks',
    )
  })
})

describe('A unit test of a model that is for BigQuery alone', () => {
  test('is left to who tests in BigQuery', async () => {
    const tested = folderOf({
      ...kiosk,
      'models/shop/spelled.ts': `
import { key, model, sql } from 'throughline'
import { orders } from './orders'

export const spelled = model({
  description: 'Customers.',
  engine: 'bigquery',
  grain: ['customer'],
  columns: { customer: key('Who') },
  materialize: { kind: 'table' },
  query: () => sql\`select o.customer from \${orders} as o group by all\`,
})
`,
      'unit_tests/one_customer.ts': `
import { given, unitTest } from 'throughline'
import { orders } from '../models/shop/orders'
import { spelled } from '../models/shop/spelled'

export const one_customer = unitTest({
  description: 'One.',
  model: spelled,
  given: [given(orders, [{ order_id: 'o1', customer: 'ann', amount: '1' }])],
  expect: [{ customer: 'ann' }],
})
`,
    })
    expect((await type(tested, ['check'])).exitCode).toBe(0)
    const { exitCode, stdout } = await type(tested, ['build'])
    expect(exitCode).toBe(0)
    expect(stdout).not.toContain('one_customer')
  })
})

describe('An engine', () => {
  test('that there is not is refused with the nearest', async () => {
    const { exitCode, stdout } = await type(withModelFor('snowflak', soundex), ['check'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain("engine: 'snowflak' is none of duckdb, bigquery, snowflake; did you mean snowflake?")
  })

  test('of an inline model is that of its readers, and is refused', async () => {
    const folder = withModelFor('snowflake', soundex)
    const inline = folderOf({
      ...kiosk,
      'models/staging/named.ts': kiosk['models/staging/named.ts']!.replace(
        "materialize: { kind: 'inline' },",
        "materialize: { kind: 'inline' },\n  engine: 'snowflake',",
      ),
    })
    expect((await type(folder, ['ls'])).exitCode).toBe(0)
    const { stdout } = await type(inline, ['check'])
    expect(stdout).toContain('engine: an inline model stands within its readers')
  })
})
