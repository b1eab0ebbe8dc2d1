import { beforeEach, describe, expect, test } from 'vitest'
import type { CompiledModel } from '../../src/compile/compiled.ts'
import { runTests, type TestedTable } from '../../src/quality/run-tests.ts'
import type { TestResult } from '../../src/quality/test-result.ts'
import type { TestSettings } from '../../src/quality/test-settings.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import type { Session } from '../../src/warehouse/warehouse.ts'
import { projectOf } from '../support/project.ts'

const words =
  'boolean, date, integer, json, key, list, model, number, real, record, references, sql, text, timestamp, type'

/** A model `orders` of these columns (TypeScript), tests and grain; `people` beside it can be referred to. */
function ordersWith(columns: string, rest = ''): CompiledModel {
  const { compiled, problems } = projectOf({
    'models/shop/people.ts': `
import { ${words} } from 'throughline'
export const people = model({
  description: 'People.', grain: ['person_id'], columns: { person_id: key('Who') },
  materialize: { kind: 'table' }, query: () => sql\`select 'p' as person_id\`,
})
`,
    'models/shop/orders.ts': `
import { ${words} } from 'throughline'
import { people } from './people'
export const orders = model({
  description: 'Orders.',
  columns: { ${columns} },
  ${rest.includes('grain:') ? '' : 'grain: [],'} ${rest}
  materialize: { kind: 'table' },
  query: () => sql\`select p.person_id from \${people} as p\`,
})
`,
  })
  expect(problems).toEqual([])
  return compiled.models.get('orders')!
}

let session: Session
let statements: string[]
let statementsTogether: string[]

beforeEach(async context => {
  const warehouse = await DuckDBWarehouse.open({ path: ':memory:' })
  const opened = await warehouse.connect()
  statements = []
  session = Object.assign(Object.create(opened) as Session, {
    execute: (statement: string) => note(statement, () => opened.execute(statement)),
    query: (statement: string) => note(statement, () => opened.query(statement)),
  })
  await opened.execute('create schema shop')
  context.onTestFinished(async () => {
    opened.close()
    await warehouse.close()
  })
})

function note<T>(statement: string, work: () => Promise<T>): Promise<T> {
  statements.push(statement)
  return work()
}

const table = { schema: 'shop', name: 'orders' }
const settings: TestSettings = {
  tableOf: name => ({ schema: 'shop', name }),
  stands: async () => true,
  storeFailures: undefined,
  withTests: true,
  inOneStatement: false,
}

/** Makes the table from a select and tests it: statement by statement, then with all counts in one, which must tell the same. */
async function tested(model: CompiledModel, rows: string, given: Partial<TestSettings> = {}) {
  await session.execute(`create table shop.orders as ${rows}`)
  statements.length = 0
  const result = await runTests(session, model, table, { ...settings, ...given })
  const asked = statements.splice(0)
  const together = await runTests(session, model, table, { ...settings, ...given, inOneStatement: true })
  expect(withoutTimes(together)).toEqual(withoutTimes(result))
  statementsTogether = statements
  statements = asked
  return result
}

const withoutTimes = ({ tests, ...rest }: TestedTable) => ({
  ...rest,
  tests: tests.map(each => ({ ...each, seconds: undefined })),
})

const brief = (results: readonly TestResult[]) => results.map(({ name, status, failures }) => [name, status, failures])

describe('The rules of a column', () => {
  test('fail the rows that break them, and let NULL pass all but not-null', async () => {
    const orders = ordersWith(`
      id: text('Id'),
      state: text('State').nullable().oneOf(['open', 'paid']),
      amount: number('Amount').nullable().atLeast(0).atMost(100),
      code: text('Code').nullable().matches('^[A-Z]{2}$'),
      email: text('Email').nullable().unique(),`)
    const { tests, rowCount } = await tested(
      orders,
      `select * from (values
        ('a', 'open', 0, 'AB', 'x'),
        ('b', 'lost', -0.01, 'ab', 'x'),
        ('c', 'OPEN', 100.01, 'ABC', 'y'),
        (null, 'paid', 100, 'ÄÖ', 'z'),
        ('e', null, null, null, null),
        ('f', null, null, null, null)
      ) as t(id, state, amount, code, email)`,
    )
    expect(rowCount).toBe(6)
    expect(brief(tests)).toEqual([
      ['not_null_orders_id', 'fail', 1],
      ['one_of_orders_state', 'fail', 2],
      ['at_least_orders_amount', 'fail', 1],
      ['at_most_orders_amount', 'fail', 1],
      ['matches_orders_code', 'fail', 3],
      ['unique_orders_email', 'fail', 1],
    ])
  })

  test('pass where all rows keep them', async () => {
    const orders = ordersWith(`id: text('Id').unique().oneOf(['a', 'b'])`)
    const { tests } = await tested(orders, `select unnest(['a', 'b']) as id`)
    expect(tests.map(({ status, failures, message }) => [status, failures, message])).toEqual([
      ['pass', 0, undefined],
      ['pass', 0, undefined],
      ['pass', 0, undefined],
    ])
  })

  test('compare values with quotes, backslashes and emoji as they stand', async () => {
    const orders = ordersWith(String.raw`id: text('Id').oneOf(["O'Brien", '"quoted"', 'a\\b', '🛒', "''", '%_'])`)
    const { tests } = await tested(
      orders,
      String.raw`select unnest(['O''Brien', '"quoted"', 'a\b', '🛒', '''''', '%_', 'OBrien', '🛍']) as id`,
    )
    expect(brief(tests)).toEqual([
      ['not_null_orders_id', 'pass', 0],
      ['one_of_orders_id', 'fail', 2],
    ])
    expect(tests[1]!.message).toBe(
      String.raw`2 rows fail: id is one of O'Brien, "quoted", a\b, 🛒, '', %_; such as (id = OBrien), (id = 🛍)`,
    )
  })

  test('refer to another table: every value stands there, NULL aside', async () => {
    await session.execute(`create table shop.people as select unnest(['p', 'q']) as person_id`)
    const orders = ordersWith('person_id: references(people.columns.person_id).nullable()')
    const { tests } = await tested(orders, `select unnest(['p', 'q', 'r', 'r', null]) as person_id`)
    expect(brief(tests)).toEqual([['references_orders_person_id', 'fail', 2]])
    expect(tests[0]!.message).toBe(
      '2 rows fail: person_id stands in people.person_id; such as (person_id = r), (person_id = r)',
    )
  })

  test.each([
    ['switched off', { tableOf: () => undefined }],
    ['not built', { stands: async () => false }],
  ])('are not tested against a table that is %s: nobody is to blame', async (_, settings) => {
    const orders = ordersWith(`id: text('Id'), person_id: references(people.columns.person_id)`)
    const { tests } = await tested(orders, `select 'a' as id, 'p' as person_id`, settings)
    expect(tests.map(({ name, status, message }) => [name, status, message])).toEqual([
      ['not_null_orders_id', 'pass', undefined],
      ['not_null_orders_person_id', 'pass', undefined],
      ['references_orders_person_id', 'skipped', 'people, which it refers to, is not built'],
    ])
  })

  test('test only the rows of their condition', async () => {
    const orders = ordersWith(
      [
        `state: text('State').nullable()`,
        "amount: number('Amount').nullable().notNull({ where: sql`state = 'paid'` }).atLeast(1, { where: sql`state = 'paid' or state = 'open'` })",
        "code: text('Code').nullable().unique({ where: sql`state <> 'test'` })",
      ].join(', '),
    )
    const { tests } = await tested(
      orders,
      `select * from (values
        ('paid', null, 'a'), ('open', null, 'a'), ('open', 0, 'b'), (null, 0, 'c'), ('test', 0, 'b'), ('test', 5, 'b'), (null, 1, 'c')
      ) as t(state, amount, code)`,
    )
    expect(brief(tests)).toEqual([
      ['not_null_orders_amount', 'fail', 1],
      ['at_least_orders_amount', 'fail', 1],
      ['unique_orders_code', 'fail', 1],
    ])
    expect(tests[2]!.message).toBe('1 row fails: code is unique; such as (code = a)')
  })
})

describe('The tests of a model', () => {
  test('hold the grain unique and not null, sets of columns unique, conditions true and queries empty', async () => {
    const orders = ordersWith(
      `id: text('Id').nullable(), a: integer('A').nullable(), b: integer('B').nullable()`,
      `grain: ['id'],
       tests: {
         unique: [['a', 'b']],
         always: { 'A is not B!': sql\`a <> b\` },
         never: { 'more than three rows': self => sql\`select count(*) as row_count from \${self} as s having count(*) > 3\` },
       },`,
    )
    const { tests } = await tested(
      orders,
      `select * from (values ('x', 1, 2), ('x', 1, 2), (null, 3, 3), ('y', null, 2), ('z', null, 2)) as t(id, a, b)`,
    )
    expect(brief(tests)).toEqual([
      ['unique_orders_id', 'fail', 1],
      ['not_null_orders_id', 'fail', 1],
      ['unique_orders_a_b', 'fail', 1],
      ['always_orders_a_is_not_b', 'fail', 1],
      ['never_orders_more_than_three_rows', 'fail', 1],
    ])
    expect(tests.map(({ message }) => message)).toEqual([
      '1 row fails: id is unique; such as (id = x)',
      '1 row fails: id is not null; such as (id = NULL)',
      '1 row fails: a, b are together unique; such as (a = 1, b = 2)',
      '1 row fails: A is not B!; such as (id = NULL)',
      '1 row fails: more than three rows; such as (row_count = 5)',
    ])
  })

  test('count the failing rows against thresholds', async () => {
    const rules = [
      `atLeast(10, { severity: 'warn' })`,
      `atLeast(10, { severity: 'warn', warnAbove: 2 })`,
      `atLeast(10, { severity: 'warn', warnAbove: 3 })`,
      `atLeast(10, { errorAbove: 2 })`,
      `atLeast(10, { errorAbove: 3 })`,
      `atLeast(10, { errorAbove: 3, warnAbove: 3 })`,
    ]
    const orders = ordersWith(`n: integer('N').${rules.join('.')}`)
    const { tests } = await tested(orders, 'select unnest([1, 2, 3, 10]) as n')
    expect(brief(tests)).toEqual([
      ['not_null_orders_n', 'pass', 0],
      ['at_least_orders_n', 'warn', 3],
      ['at_least_orders_n_2', 'warn', 3],
      ['at_least_orders_n_3', 'pass', 3],
      ['at_least_orders_n_4', 'fail', 3],
      ['at_least_orders_n_5', 'warn', 3],
      ['at_least_orders_n_6', 'pass', 3],
    ])
  })

  test('scan the table once for all row tests, and once more for each other', async () => {
    await session.execute(`create table shop.people as select 'p' as person_id`)
    const orders = ordersWith(
      `id: text('Id').matches('a').oneOf(['a']), n: integer('N').atLeast(0).atMost(9), person_id: references(people.columns.person_id)`,
      `grain: ['id'], tests: { always: { 'n is no 5': sql\`n <> 5\` } },`,
    )
    const { tests } = await tested(orders, `select 'a' as id, 1 as n, 'p' as person_id`)
    expect(tests.length).toBe(10)
    expect(tests.every(({ status }) => status === 'pass')).toBe(true)
    expect(statements.length).toBe(3)
    expect(statements.filter(statement => statement.includes('group by'))).toHaveLength(1)
    expect(statements.filter(statement => statement.includes('not exists'))).toHaveLength(1)
    expect(statementsTogether.length).toBe(1)
  })

  test('one that cannot be evaluated on these rows hides no other', async () => {
    const orders = ordersWith(
      `id: text('Id').oneOf(['1', '2']), n: integer('N').atLeast(5)`,
      "dataThrough: 'n', tests: { always: { 'ids are numbers': sql`cast(id as bigint) > 0` } },",
    )
    const { tests, rowCount, dataThrough } = await tested(
      orders,
      `select unnest(['1', 'x']) as id, unnest([4, 5]) as n`,
    )
    expect({ rowCount, dataThrough }).toEqual({ rowCount: 2, dataThrough: '5' })
    expect(brief(tests)).toEqual([
      ['not_null_orders_id', 'pass', 0],
      ['one_of_orders_id', 'fail', 1],
      ['not_null_orders_n', 'pass', 0],
      ['at_least_orders_n', 'fail', 1],
      ['always_orders_ids_are_numbers', 'error', 0],
    ])
    expect(tests[4]!.message).toContain("Could not convert string 'x'")
  })

  test('are left out where only rows are counted', async () => {
    const orders = ordersWith(`id: text('Id')`, "grain: ['id'],")
    const { tests, rowCount } = await tested(orders, 'select null as id from range(7)', { withTests: false })
    expect({ tests, rowCount, statements: statements.length }).toEqual({ tests: [], rowCount: 7, statements: 1 })
  })

  test('say up to when the data goes', async () => {
    const orders = ordersWith(`seen_at: timestamp('When').nullable()`, "dataThrough: 'seen_at',")
    const { dataThrough } = await tested(
      orders,
      `select unnest([timestamp '2026-06-01 10:00:00', timestamp '2026-06-02 09:30:00.5', null]) as seen_at`,
    )
    expect(dataThrough).toBe('2026-06-02 09:30:00.5')
  })

  test('of a table without rows all pass', async () => {
    const orders = ordersWith(
      `id: text('Id').oneOf(['a'])`,
      `grain: ['id'], tests: { always: { never: sql\`false\` }, never: { any: self => sql\`select s.id from \${self} as s\` } },`,
    )
    const { tests, rowCount } = await tested(orders, `select 'a' as id where false`)
    expect(rowCount).toBe(0)
    expect(tests.map(({ status }) => status)).toEqual(['pass', 'pass', 'pass', 'pass', 'pass'])
  })
})

describe('Failing rows', () => {
  test('are kept where it is asked for: whole rows, one table a test', async () => {
    const orders = ordersWith(`id: text('Id'), n: integer('N').atLeast(0)`, "grain: ['id'],")
    const { tests } = await tested(orders, `select * from (values ('a', 1), ('a', -1), ('b', -2)) as t(id, n)`, {
      storeFailures: { schema: 'failures' },
    })
    expect(tests.map(({ message }) => message)).toEqual([
      '1 row fails: id is unique; such as (id = a); all of them are in failures.unique_orders_id',
      undefined,
      undefined,
      '2 rows fail: n is at least 0; such as (id = a, n = -1), (id = b, n = -2); all of them are in failures.at_least_orders_n',
    ])
    expect(await session.query('select * from failures.at_least_orders_n order by id')).toEqual([
      { id: 'a', n: -1 },
      { id: 'b', n: -2 },
    ])
    expect(await session.query('select * from failures.unique_orders_id')).toEqual([{ id: 'a', tl_count: 2 }])
    const kept = await session.query("select table_name from duckdb_tables() where schema_name = 'failures' order by 1")
    expect(kept.map(row => row.table_name)).toEqual(['at_least_orders_n', 'unique_orders_id'])
  })

  test('are told and kept without the values of columns that are classified', async () => {
    const orders = ordersWith(
      `id: text('Id'), mail: text('E-mail').nullable().matches('@').unique().classified('personal')`,
      "grain: ['id'],",
    )
    const rows = `select * from (values ('a', 'no mail'), ('b', 'x@y'), ('c', 'x@y')) as t(id, mail)`
    const { tests } = await tested(orders, rows, { storeFailures: { schema: 'failures' } })
    const messages = tests.flatMap(({ message }) => message ?? [])
    expect(messages).toEqual([
      '1 row fails: mail matches @; such as (id = a, mail = ***); all of them are in failures.matches_orders_mail',
      '1 row fails: mail is unique; such as (mail = ***); all of them are in failures.unique_orders_mail',
    ])
    expect(await session.query('select * from failures.matches_orders_mail')).toEqual([{ id: 'a' }])
    expect(await session.query('select * from failures.unique_orders_mail')).toEqual([{ tl_count: 2 }])
  })

  test('are kept no longer once the test passes', async () => {
    const orders = ordersWith(`id: text('Id'), n: integer('N').atLeast(0)`)
    const store = { storeFailures: { schema: 'failures' } }
    const kept = () => session.query("select table_name from duckdb_tables() where schema_name = 'failures'")
    await tested(orders, `select 'a' as id, -1 as n`, store)
    expect(await kept()).toEqual([{ table_name: 'at_least_orders_n' }])
    await session.execute('drop table shop.orders')
    await tested(orders, `select 'a' as id, 1 as n`, store)
    expect(await kept()).toEqual([])
  })

  test('are shown three at most, by the grain and what the test is about', async () => {
    const orders = ordersWith(
      `id: integer('Id'), n: integer('N').nullable().atMost(0), other: text('Other')`,
      "grain: ['id'],",
    )
    const { tests } = await tested(orders, `select range as id, 5 as n, 'x' as other from range(9)`)
    expect(tests.at(-2)!.message).toBe(
      '9 rows fail: n is at most 0; such as (id = 0, n = 5), (id = 1, n = 5), (id = 2, n = 5)',
    )
  })
})
