import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GrantLedger } from './grant-ledger.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'
import { badOrders, listening, newPlace, type Place, rowsOf, type SmallShop, smallShop } from './small-shop.ts'

// A table and a view that change places: of a model, and of a raw table.

const customers = 'models/shop/customers.ts'

const customersFirst = [
  '{"customer":"ann","order_count":"3","euro":"13.300000000"}',
  '{"customer":"bob","order_count":"1","euro":"4.000000000"}',
]

describe.skipIf(whyNoFakesnow() !== undefined)('In the small shop in Snowflake', { timeout: 200_000 }, () => {
  let server: LocalSnowflake
  let place: Place
  let shop: SmallShop
  beforeAll(async () => {
    server = await startLocalSnowflake()
  })
  afterAll(() => server?.close())
  beforeEach(() => {
    place = newPlace(server)
    shop = smallShop(place)
  })

  async function built(): Promise<string> {
    const { exitCode, stdout, stderr } = await shop.run(['build', '--threads', '1'])
    expect(exitCode, stdout + stderr).toBe(0)
    return stdout
  }

  test('a table that becomes a view has its grants again, and the view that becomes a table', async () => {
    await built()
    const grants = [
      { privilege: 'OWNERSHIP', granted_to: 'ROLE', grantee_name: 'TRANSFORMER', grant_option: 'true' },
      { privilege: 'SELECT', granted_to: 'ROLE', grantee_name: 'READER', grant_option: 'false' },
    ]
    server.told.tell(/^show grants on (table|view) \S+_shop\.customers$/, grants)
    server.told.tell(/^grant select on (table|view) \S+_shop\.customers__tl_next to role "READER"$/i, [])
    const with_ = 'its table was made anew, with the grants it had, and no other policies'
    shop.mend(customers, "kind: 'table'", "kind: 'view'")
    const asView = listening(place)
    expect(await built()).toContain(`${with_}: it was a table and is a view now`)
    expect(asView(/^grant /i)).toEqual([
      `grant SELECT on view shop.${place.prefix}_shop.customers__tl_next to role "READER"`,
    ])
    expect(await rowsOf(place, 'shop.customers')).toEqual(customersFirst)
    shop.mend(customers, "kind: 'view'", "kind: 'table'")
    const asTable = listening(place)
    expect(await built()).toContain(`${with_}: it was a view and is a table now`)
    const order = asTable(
      /^(create or replace transient table|drop view|alter (table|view)|grant).*_shop\.customers(__tl_\w+)?\b/i,
    )
    expect(
      order.filter(sql => !/ comment /.test(sql) || /^create/.test(sql)).map(sql => sql.replace(/ \(.*/s, '')),
    ).toEqual([
      `create or replace transient table shop.${place.prefix}_shop.customers__tl_next`,
      `grant SELECT on table shop.${place.prefix}_shop.customers__tl_next to role "READER"`,
      `alter view shop.${place.prefix}_shop.customers rename to shop.${place.prefix}_shop.customers__tl_aside`,
      `alter table shop.${place.prefix}_shop.customers__tl_next rename to shop.${place.prefix}_shop.customers`,
      `drop view if exists shop.${place.prefix}_shop.customers__tl_aside`,
    ])
    expect(await rowsOf(place, 'shop.customers')).toEqual(customersFirst)
  })

  test('a table that a killed build had put aside has its name again, whatever is selected or fails, and that is said', async () => {
    await built()
    const table = `shop.${place.prefix}_shop.customers`
    const aside = `alter table ${table} rename to ${table}__tl_aside`
    const note =
      /note\s+shop\.customers: an earlier run ended while another was to take its place; it stands under its name again/
    await server.query(aside)
    await server.query(`create view ${table}__tl_next as select 1 as one`)
    shop.write('data/orders.csv', badOrders)
    const failed = await shop.run(['build'])
    expect(failed.exitCode).toBe(1)
    expect(failed.stdout).toMatch(note)
    expect(await rowsOf(place, 'shop.customers')).toEqual(customersFirst)
    await server.query(aside)
    const { exitCode, stdout, stderr } = await shop.run(['build', '--select', 'loyalty'])
    expect(exitCode, stdout + stderr).toBe(0)
    expect(stdout).toMatch(note)
    expect(await rowsOf(place, 'shop.customers')).toEqual(customersFirst)
    const { rows } = await server.query(`show objects like '%__TL_%' in schema shop.${place.prefix}_shop`)
    expect(rows).toEqual([])
  })

  test('the view of a raw table and the table of a raw file change places with their grants, and that is said', async () => {
    await built()
    const raw = `shop.${place.prefix}_raw.till__orders`
    const ledger = new GrantLedger(server)
    ledger.give(raw, 'READER')
    const rows = await rowsOf(place, 'raw.till__orders')
    const standing = `shop.${place.prefix}_loaded`
    await server.query(`create schema ${standing}`)
    await server.query(
      `create table ${standing}.orders as select order_id, customer, currency, amount, placed_at from ${raw}`,
    )
    shop.mend('sources/till.ts', 'file: z.string()', 'file: z.string().optional(), table: z.string().optional()')
    shop.mend('sources/till.ts', '({ file }) => ({ file, badRows', '({ file, table }) => ({ file, table, badRows')
    const [file, table] = ['file: data/orders.csv', `table: ${place.prefix}_loaded.orders`]
    shop.mend('warehouse.config.yaml', file, table)
    expect(await built()).toContain('it was a table and is a view now, with the grants it had')
    expect(await rowsOf(place, 'raw.till__orders')).toHaveLength(rows!.length)
    expect(ledger.of(raw)).toEqual(['READER'])
    shop.mend('warehouse.config.yaml', table, file)
    expect(await built()).toContain('it was a view and is a table now, with the grants it had')
    expect(await rowsOf(place, 'raw.till__orders')).toEqual(rows)
    expect(ledger.of(raw)).toEqual(['READER'])
    const { rows: left } = await server.query(`show objects like '%__TL_%' in schema shop.${place.prefix}_raw`)
    expect(left).toEqual([])
  })
})
