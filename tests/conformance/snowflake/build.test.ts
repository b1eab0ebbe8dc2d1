import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'
import {
  badOrders,
  laterOrders,
  laterRates,
  listening,
  newPlace,
  type Place,
  rowsOf,
  type SmallShop,
  shownBy,
  smallShop,
} from './small-shop.ts'

// The command itself, the real driver and all that it sends, in front of fakesnow.

const customers = 'models/shop/customers.ts'

/** One table at a time: fakesnow reads all of a transaction as it was at its beginning, so that two at a time meet, and one waits to begin again. */
async function built(shop: SmallShop, threads = 1): Promise<string> {
  const { exitCode, stdout, stderr } = await shop.run(['build', '--threads', String(threads)])
  expect(exitCode, stdout + stderr).toBe(0)
  return stdout
}

const customersFirst = [
  '{"customer":"ann","order_count":"3","euro":"13.300000000"}',
  '{"customer":"bob","order_count":"1","euro":"4.000000000"}',
]
const customersLater = [
  '{"customer":"ann","order_count":"2","euro":"14.100000000"}',
  '{"customer":"bob","order_count":"2","euro":"9.600000000"}',
  '{"customer":"cy","order_count":"1","euro":"5.000000000"}',
]

describe.skipIf(whyNoFakesnow() !== undefined)('The small shop in Snowflake', { timeout: 200_000 }, () => {
  let server: LocalSnowflake
  let place: Place
  let shop: SmallShop
  beforeAll(async () => {
    server = await startLocalSnowflake()
  })
  afterAll(() => server?.close())
  beforeEach(async () => {
    server.faults.clear()
    place = newPlace(server)
    shop = smallShop(place)
  })

  /** The shop once built, then with other raw rows. */
  async function builtBefore(): Promise<void> {
    await built(shop)
    shop.write('data/orders.csv', laterOrders)
    shop.write('seeds/rates.csv', laterRates)
  }

  test('has, when it was first built, all its tables and views, tested', async () => {
    const stdout = await built(shop, 4)
    expect(stdout).toMatch(/5 raw rows landed, 5 models built, \d+ tests passed/)
    const shown = await shownBy(place)
    expect(shown['j_shop.customers']).toEqual(customersFirst)
    expect(shown['j_shop.loyalty']).toEqual([
      '{"customer":"ann","return_count":"2"}',
      '{"customer":"bob","return_count":"0"}',
    ])
    expect(shown['j_staging.named']).toHaveLength(4)
    expect(shown['j_raw.till__orders']).toHaveLength(5)
    const { rows } = await server.query(
      `select table_name, comment from shop.information_schema.tables where table_schema = '${place.prefix.toUpperCase()}_SHOP' order by table_name`,
    )
    expect(rows).toEqual([
      ['CUSTOMERS', 'One row per customer.'],
      ['LOYALTY', 'One row per customer: how often they came back.'],
      ['ORDERS', 'One row per order.'],
    ])
    const { rows: left } = await server.query(`show objects in schema shop.${place.prefix}_tl_scratch`)
    expect(left).toEqual([])
  })

  test('is clustered by what models say: first the day, then the columns', async () => {
    const sent = listening(place)
    await built(shop)
    expect(sent(/^create or replace transient table \S+_shop\.orders /)).toEqual([
      expect.stringContaining('\ncluster by (to_date(placed_at), customer)\ncopy grants\n'),
    ])
  })

  test('changes, built again, the rows of a table that stands, in one transaction, and nothing else of it', async () => {
    await builtBefore()
    const sent = listening(place)
    await built(shop)
    expect(await rowsOf(place, 'shop.customers')).toEqual(customersLater)
    expect(sent(/^(create|drop|truncate|alter table \S+ (rename|swap)).*_shop\.customers\b/)).toEqual([])
    expect(sent(/^(create|drop|insert).*_raw\.till__orders /)).toEqual([expect.stringMatching(/^insert overwrite /)])
    expect(await rowsOf(place, 'raw.till__orders')).toHaveLength(6)
    const [overwrite] = sent(/^insert overwrite into \S+_shop\.customers /)
    const all = server.statements()
    const { sessionId } = all.find(({ sql }) => sql === overwrite)!
    const ofSession = all.filter(one => one.sessionId === sessionId).map(({ sql }) => sql)
    const from = ofSession.indexOf(overwrite!)
    expect(ofSession.slice(from - 1, from + 5).map(sql => sql.replace(/\s.*\n?.*/s, ''))).toEqual([
      'begin',
      'insert',
      'delete',
      'insert',
      'update',
      'commit',
    ])
    expect(ofSession.slice(from + 1, from + 4)).toEqual([
      expect.stringMatching(/^delete from \S+_about\.table_status where table_name = '\w+_shop\.customers'$/),
      expect.stringMatching(/^insert into \S+_about\.table_status /),
      expect.stringMatching(/^update \S+_about\.lease set run_id = run_id where /),
    ])
  })

  test('keeps the rows of before where a test fails, and tells readers', async () => {
    await built(shop)
    shop.write('data/orders.csv', badOrders)
    const { exitCode, stdout } = await shop.run(['build'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('FAIL  shop.orders')
    expect(await rowsOf(place, 'shop.customers')).toEqual(customersFirst)
    expect(await rowsOf(place, 'shop.orders')).toHaveLength(4)
    const { rows } = await server.query(
      `select table_name, is_stale from shop.${place.prefix}_about.table_status order by table_name`,
    )
    const stale = rows.flatMap(([name, isStale]) => (isStale === '1' ? [name!.replace(/^\w+?_/, '')] : []))
    expect(stale).toEqual(['shop.customers', 'shop.loyalty', 'shop.orders'])
  })

  test('is tested where it stands by a command of its own', async () => {
    await built(shop)
    const { exitCode, stdout, stderr } = await shop.run(['test'])
    expect(exitCode, stdout + stderr).toBe(0)
    expect(stdout).toMatch(/23 tests passed/)
  })

  test('gets a column more in the table that stands, wherever the contract has it', async () => {
    await builtBefore()
    shop.mend(
      customers,
      "columns: { customer: key('Who'), ",
      "columns: { customer: key('Who'), last: text('Last order'), ",
    )
    shop.mend(customers, 'select o.customer, count', 'select o.customer, max(o.order_id) as last, count')
    shop.mend(customers, 'sql }', 'sql, text }')
    const sent = listening(place)
    expect(await built(shop)).not.toContain('made anew')
    expect(sent(/^alter table \S+_shop\.customers add/)).toEqual([
      `alter table shop.${place.prefix}_shop.customers add column last varchar comment 'Last order'`,
    ])
    expect(await rowsOf(place, 'shop.customers')).toEqual([
      '{"customer":"ann","order_count":"2","euro":"14.100000000","last":"o3"}',
      '{"customer":"bob","order_count":"2","euro":"9.600000000","last":"o6"}',
      '{"customer":"cy","order_count":"1","euro":"5.000000000","last":"o7"}',
    ])
  })

  test('is made anew where a column is gone, with its grants, and says so', async () => {
    await builtBefore()
    shop.mend(customers, ", euro: number('What they paid')", '')
    shop.mend(customers, ', sum(o.euro) as euro', '')
    shop.mend('data_tests/every_customer_paid.ts', 'c.euro = 0', 'c.order_count = 0')
    const sent = listening(place)
    expect(await built(shop)).toContain(
      'its table was made anew, with the grants it had, and no other policies: its column euro is gone',
    )
    expect(sent(/^create or replace transient table \S+_shop\.customers /)).toEqual([
      expect.stringContaining('\ncopy grants\n'),
    ])
    expect(sent(/^drop.*_shop\.customers\b/)).toEqual([])
    expect(await rowsOf(place, 'shop.customers')).toContain('{"customer":"cy","order_count":"1"}')
  })

  test('leaves a view as it is that reads the same, and replaces one that does not, with its grants', async () => {
    await built(shop)
    const [standing] = server
      .statements()
      .flatMap(({ sql }) => (/^create or replace view \S+_staging\./.test(sql) ? [sql] : []))
      .slice(-1)
    server.told.tell(new RegExp(`^show views like 'NAMED' in schema shop.${place.prefix}_`), [
      { name: 'NAMED', text: `${standing};` },
    ])
    const same = listening(place)
    await built(shop)
    expect(same(/_staging\.named \(/)).toEqual([])
    shop.mend('models/staging/named.ts', 'o.customer is not null', "o.customer = 'ann'")
    const other = listening(place)
    await built(shop)
    expect(other(/^create or replace view \S+_staging\.named \(/)).toEqual([
      expect.stringContaining("\n)\ncopy grants\ncomment = 'Orders of customers whose name is known.'\nas\n"),
    ])
    expect(await rowsOf(place, 'staging.named')).toHaveLength(3)
  })

  test('has the same rows where files are bound to statements instead of staged', async () => {
    const bound = smallShop(place, 'load_by: binds')
    const sent = listening(place)
    await built(bound)
    expect(sent(/^(put|copy|create.*stage)/)).toEqual([])
    const staged = newPlace(server)
    await built(smallShop(staged))
    expect(await shownBy(place)).toEqual(await shownBy(staged))
  })

  test('has the retention, the tags and the fail-safe that its target says', async () => {
    const kept = smallShop(place, 'transient: false, retention_days: 7, tags: { GOVERNANCE.TEAM: growth }')
    const sent = listening(place)
    await built(kept)
    expect(sent(/^create schema if not exists \S+_shop /)).toEqual([
      `create schema if not exists shop.${place.prefix}_shop data_retention_time_in_days = 7 with tag (GOVERNANCE.TEAM = 'growth')`,
    ])
    expect(sent(/^create or replace table \S+_shop\.customers /)).toEqual([
      expect.stringContaining(
        "\ndata_retention_time_in_days = 7\ncopy grants\ncomment = 'One row per customer.'\nwith tag (GOVERNANCE.TEAM = 'growth')\nas\n",
      ),
    ])
    expect(sent(/^create transient schema/)).toEqual([
      `create transient schema if not exists shop.${place.prefix}_tl_scratch data_retention_time_in_days = 0`,
    ])
  })

  test('comes through lost answers, and no statement runs twice', async () => {
    const from = server.statements().length
    const fault = { kind: 'lost-answer' } as const
    server.faults.add({ fault, times: 8, every: 7 })
    server.faults.add({ fault: { kind: 'lost-request' }, times: 4, every: 11 })
    await built(shop)
    expect(server.faults.happened.filter(what => what.startsWith('lost-answer'))).toHaveLength(8)
    const statements = server.statements().slice(from)
    expect(statements.filter(({ asked }) => asked > 1).length).toBeGreaterThan(4)
    expect(statements.filter(({ runs }) => runs > 1)).toEqual([])
    expect(await rowsOf(place, 'shop.customers')).toEqual(customersFirst)
  })
})
