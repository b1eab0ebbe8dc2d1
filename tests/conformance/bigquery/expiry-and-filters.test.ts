import { beforeEach, describe, expect, test } from 'vitest'
import { ask, client, failed, server, serveTheShop } from './served-shop.ts'

serveTheShop()

// What the local BigQuery makes of tables that ask every query for a filter of their partitions, and of those that expire.

const count = async (from: string) => (await ask(`select count(*) as n from ${from}`))[0].n
const refusalOf = async (query: string) => (await failed(client.query(query))).message
const words = (table: string, columns: string) =>
  `Cannot query over table 'proof.shop.${table}' without a filter over column(s) ${columns} that can be used for partition elimination`

beforeEach(async () => {
  await ask(`create table shop.visits (id int64, day date, seen timestamp)
partition by day options (require_partition_filter = true)
as select 1 as id, date '2026-05-01' as day, timestamp '2026-05-01 10:00:00' as seen
union all select 2, date '2026-05-31', timestamp '2026-05-31 10:00:00' union all select 3, null, null`)
})

describe('A table that requires a filter of its partitions', () => {
  test.each([
    ["shop.visits where day = '2026-05-01'", 1],
    ["shop.visits where id > 0 and (day > date '2026-05-02' and id < 9)", 1],
    ["shop.visits where day in ('2026-05-01', '2026-05-31')", 2],
    ["shop.visits where day >= date '0001-01-01' or day is null", 3],
    ["(select * from shop.visits as v where (v.day >= date '0001-01-01' or v.day is null)) as w where w.id = 3", 1],
    ["(select * from shop.visits) as w where w.day = '2026-05-01'", 1],
    ['shop.visits as v join shop.orders as o on v.id = o.id where v.day is not null', 2],
  ])('is read through %s', async (from, rows) => {
    expect(await count(from)).toBe(rows)
  })

  test.each([
    'select count(*) from shop.visits',
    'select count(*) from shop.visits where id = 1',
    "select count(*) from shop.visits where day = '2026-05-01' or id = 1",
    'select count(*) from shop.visits where day = extract(date from seen)',
    'select count(*) from shop.visits where day = (select max(day) from shop.visits where day is not null)',
    "select count(*) from shop.visits as v join shop.visits as w on v.id = w.id where v.day = '2026-05-01'",
    'create table shop.copied as select * from shop.visits',
    'insert into shop.orders (id) select id from shop.visits',
    'update shop.visits set id = 4 where id = 3',
    'delete from shop.visits where true',
    'merge into shop.visits as v using (select 1 as id) as n on v.id = n.id when matched then delete',
  ])('is not read, or changed, by %s', async sql => {
    expect(await refusalOf(sql)).toContain(words('visits', "'day'"))
    expect(await failed(client.createQueryJob({ query: sql, dryRun: true }))).toMatchObject({ code: 400 })
    expect(await count("shop.visits where day >= date '0001-01-01' or day is null")).toBe(3)
  })

  test('takes rows without a filter, from an INSERT and from a job that replaces all of them', async () => {
    await ask("insert into shop.visits (id, day) values (4, date '2026-05-04')")
    expect(await count("shop.visits where day >= date '0001-01-01'")).toBe(3)
    const destination = client.dataset('shop').table('visits')
    const query = "select 9 as id, date '2026-05-09' as day, timestamp '2026-05-09 00:00:00' as seen"
    await (await client.createQueryJob({ query, destination, writeDisposition: 'WRITE_TRUNCATE_DATA' }))[0].promise()
    expect(await count('shop.visits where day is not null')).toBe(1)
  })

  test('may stand behind a view, which is read if the view filters', async () => {
    await ask('create view shop.all_visits as select * from shop.visits')
    expect(await refusalOf('select * from shop.all_visits')).toContain(words('visits', "'day'"))
    await ask('create view shop.dated as select * from shop.visits where day is not null')
    expect(await count('shop.dated')).toBe(2)
  })

  test('of ingestion time is filtered by it', async () => {
    await ask(
      'create table shop.loaded (id int64) partition by _partitiondate options (require_partition_filter = true)',
    )
    await ask('insert into shop.loaded (id) values (1)')
    expect(await refusalOf('select * from shop.loaded')).toContain(
      words('loaded', "'_PARTITION_LOAD_TIME', '_PARTITIONDATE', '_PARTITIONTIME'"),
    )
    const always = "(_PARTITIONTIME >= timestamp '0001-01-01 00:00:00+00' or _PARTITIONTIME is null)"
    expect(await count(`shop.loaded where ${always}`)).toBe(1)
    expect(await count("shop.loaded where _partitiondate = '2026-06-01'")).toBe(1)
  })

  test('has partitions', async () => {
    const made = 'create table shop.plain (id int64) options (require_partition_filter = true)'
    expect(await refusalOf(made)).toContain('require_partition_filter is for partitioned tables only')
    const table = client.dataset('shop').table('orders')
    expect(await failed(table.setMetadata({ requirePartitionFilter: true }))).toMatchObject({ code: 400 })
  })
})

describe('What expires', () => {
  const table = () => client.dataset('shop').table('visits')

  test('is each partition as long after its beginning, with its rows; those without a date stay', async () => {
    const all = "shop.visits where day >= date '0001-01-01' or day is null"
    await ask('alter table shop.visits set options (partition_expiration_days = 31)')
    expect(await count(all)).toBe(2)
    server.store.clock.passDays(30)
    expect(await count(all)).toBe(1)
    const [{ timePartitioning, numRows }] = await table().getMetadata()
    expect([timePartitioning, numRows]).toEqual([{ type: 'DAY', field: 'day', expirationMs: '2678400000' }, '1'])
  })

  test('is kept where the life is taken away in time', async () => {
    await table().setMetadata({ timePartitioning: { type: 'DAY', field: 'day', expirationMs: '8640000000' } })
    const never = { type: 'DAY', field: 'day', expirationMs: null as unknown as string }
    await table().setMetadata({ timePartitioning: never })
    server.store.clock.passDays(365)
    expect(await count("shop.visits where day >= date '0001-01-01' or day is null")).toBe(3)
    expect((await table().getMetadata())[0].timePartitioning).toEqual({ type: 'DAY', field: 'day' })
  })

  test('is a whole table, which is then not there', async () => {
    await ask("alter table shop.orders set options (expiration_timestamp = timestamp '2026-06-03 00:00:00')")
    expect(await count('shop.orders')).toBe(2)
    server.store.clock.passDays(2)
    expect(await refusalOf('select * from shop.orders')).toContain('Not found: Table proof:shop.orders')
  })
})
