import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readyParser, syntaxErrorIn } from '../../../src/compile/portable/parse.ts'
import { snowflakeFunctions } from '../../../src/compile/snowflake/function-list.ts'
import { functionsIn } from '../../support/snowflake-sql.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'
import { laterOrders, laterRates, newPlace, type SmallShop, smallShop } from './small-shop.ts'

const customers = 'models/shop/customers.ts'

/**
 * Clauses that Snowflake documents and the parser does not know, and what of their statement is left to be parsed: they stand in statements of one form
 * each, as https://docs.snowflake.com/en/sql-reference/sql/ has them (create-view, create-schema, explain).
 */
const clausesNotParsed: readonly (readonly [RegExp, string])[] = [
  [/^(create or replace view [\s\S]*?)\s+copy grants/i, '$1'],
  [/^create transient schema/i, 'create schema'],
  [/^(create schema if not exists \S+) data_retention_time_in_days = \d+/i, '$1'],
  [/^explain using json\s/i, ''],
]

/** Statements of which the parser knows nothing, by their pages there: no grammar proves them. */
const notParsed = {
  'alter-table, descriptions of columns': /^alter table \S+ alter (column \w+ comment '([^'\\]|\\.|'')*'(, )?)+$/s,
  put: /^put 'file:\S+' @\S+( \w+ = \w+)*$/i,
}

const isParsed = (sql: string): boolean => !Object.values(notParsed).some(form => form.test(sql))
const without = (clauses: typeof clausesNotParsed, sql: string): string =>
  clauses.reduce((text, [from, to]) => text.replace(from, to), sql)

describe.skipIf(whyNoFakesnow() !== undefined)('Every statement of a build in Snowflake', { timeout: 200_000 }, () => {
  let server: LocalSnowflake
  let shop: SmallShop
  beforeAll(async () => {
    await readyParser()
    server = await startLocalSnowflake()
    shop = smallShop(newPlace(server))
  })
  afterAll(() => server?.close())

  const sent = (): readonly string[] => [...new Set(server.statements().map(({ sql }) => sql))]
  const texts = (): readonly string[] =>
    sent()
      .filter(isParsed)
      .map(sql => without(clausesNotParsed, sql))

  test('is SQL by Snowflake’s grammar: of a first build, of later ones, of a changed contract, of what looks', async () => {
    const ask = async (...args: readonly string[]) => {
      const { exitCode, stdout, stderr } = await shop.run(args)
      // fakesnow explains nothing and knows no grants: what is asked of it is read here all the same.
      if (args[0] !== 'plan' && args[0] !== 'debug') expect(exitCode, stdout + stderr).toBe(0)
    }
    await ask('build')
    shop.write('data/orders.csv', laterOrders)
    shop.write('seeds/rates.csv', laterRates)
    shop.mend(
      customers,
      "euro: number('What they paid')",
      "euro: number('Paid'), least: number('The least').nullable()",
    )
    shop.mend(customers, 'sum(o.euro) as euro', 'sum(o.euro) as euro, min(o.euro) as least')
    await ask('build')
    await ask('plan')
    await ask('test')
    await ask('show', 'customers')
    await ask('debug')
    const wrong = texts().flatMap(sql => {
      const error = syntaxErrorIn(sql, 'snowflake')
      return error === undefined ? [] : [`${error.message}: ${sql}`]
    })
    expect(texts().length).toBeGreaterThan(50)
    expect(wrong).toEqual([])
  })

  test('is parsed, but for clauses and statements that are named here, each of which is sent and has to be', () => {
    const fails = (sql: string): boolean => syntaxErrorIn(sql, 'snowflake') !== undefined
    for (const [form] of clausesNotParsed) {
      const others = clausesNotParsed.filter(([other]) => other !== form)
      const needed = sent().filter(sql => isParsed(sql) && fails(without(others, sql)))
      expect(needed.length, String(form)).toBeGreaterThan(0)
    }
    for (const [name, form] of Object.entries(notParsed)) {
      const found = sent().filter(sql => form.test(sql))
      expect(found.length, name).toBeGreaterThan(0)
      expect(found.filter(sql => !fails(sql))).toEqual([])
    }
  })

  test('calls, beside functions of the typed list, only those that the engine’s own work needs', () => {
    const called = new Set(texts().flatMap(sql => functionsIn(sql)))
    expect(called.has('count')).toBe(true)
    const others = [...called].filter(name => !snowflakeFunctions.has(name) && !(name in ofTheEngine))
    const unused = Object.keys(ofTheEngine).filter(name => !called.has(name))
    expect({ others, unused }).toEqual({ others: [], unused: [] })
  })
})

/** Each with its page of https://docs.snowflake.com/en/sql-reference/functions/ */
const ofTheEngine: Readonly<Record<string, string>> = {
  current_account: 'current_account',
  current_database: 'current_database',
  current_region: 'current_region',
  current_role: 'current_role',
  current_user: 'current_user',
  current_version: 'current_version',
  current_warehouse: 'current_warehouse',
  iff: 'iff',
  policy_references: 'policy_references',
  query_history: 'query_history',
  query_history_by_session: 'query_history',
  sysdate: 'sysdate',
  to_date: 'to_date',
}
