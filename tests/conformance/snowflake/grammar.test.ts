import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readyParser, syntaxErrorIn } from '../../../src/compile/portable/parse.ts'
import { snowflakeFunctions } from '../../../src/compile/snowflake/function-list.ts'
import { functionsIn } from '../../support/snowflake-sql.ts'
import { whyNoFakesnow } from './python.ts'
import { columnByColumn } from './server/column-comments.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'
import { laterOrders, laterRates, newPlace, type SmallShop, smallShop } from './small-shop.ts'

const customers = 'models/shop/customers.ts'

/**
 * What Snowflake documents and the parser does not know, and what of it is left to be parsed: these words stand in statements of one form each, as
 * https://docs.snowflake.com/en/sql-reference/sql/ has them (create-view, create-schema, alter-table, explain, put).
 */
const unknownToParser: readonly (readonly [RegExp, string])[] = [
  [/^(create or replace view [\s\S]*?)\s+copy grants/i, '$1'],
  [/^create transient schema/i, 'create schema'],
  [/^(create schema if not exists \S+) data_retention_time_in_days = \d+/i, '$1'],
  [/^alter table (\S+) alter column (\S+) comment ('.*')$/is, 'comment on column $1.$2 is $3'],
  [/^explain using json\s/i, ''],
  [/^put 'file:\S+' @\S+( \w+ = \w+)*$/i, 'select 1'],
]

const parsed = (sql: string): string => unknownToParser.reduce((text, [from, to]) => text.replace(from, to), sql)

describe.skipIf(whyNoFakesnow() !== undefined)('Every statement of a build in Snowflake', { timeout: 200_000 }, () => {
  let server: LocalSnowflake
  let shop: SmallShop
  beforeAll(async () => {
    await readyParser()
    server = await startLocalSnowflake()
    shop = smallShop(newPlace(server))
  })
  afterAll(() => server?.close())

  const texts = (): readonly string[] => [...new Set(server.statements().flatMap(({ sql }) => columnByColumn(sql)))]

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
      const error = syntaxErrorIn(parsed(sql), 'snowflake')
      return error === undefined ? [] : [`${error.message}: ${sql}`]
    })
    expect(texts().length).toBeGreaterThan(50)
    expect(wrong).toEqual([])
  })

  test('calls, beside functions of the typed list, only those that the engine’s own work needs', () => {
    const called = new Set(texts().flatMap(sql => functionsIn(parsed(sql))))
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
