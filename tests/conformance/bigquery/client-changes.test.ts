import { describe, expect, test } from 'vitest'
import { ask, client, failed, serveTheShop } from './served-shop.ts'

serveTheShop()

describe('A statement', () => {
  const rows = (table = 'orders') => ask(`select * from shop.${table} order by 1`)

  test('makes, changes and drops tables and views', async () => {
    await ask('create or replace view shop.big (order_id) as select id from shop.orders where id > 1')
    expect(await rows('big')).toEqual([{ order_id: 2 }])
    await ask(
      "create table shop.items (id int64 not null, tags array<string>) options (description = 'What was bought', labels = [('team', 'growth')])",
    )
    await ask("alter table shop.items add column note string options (description = 'Free text')")
    const [table] = await client.dataset('shop').table('items').getMetadata()
    expect(table).toMatchObject({ description: 'What was bought', labels: { team: 'growth' } })
    expect(table.schema.fields).toEqual([
      { name: 'id', type: 'INTEGER', mode: 'REQUIRED' },
      { name: 'tags', type: 'STRING', mode: 'REPEATED' },
      { name: 'note', type: 'STRING', mode: 'NULLABLE', description: 'Free text' },
    ])
    expect((await failed(client.query("insert into shop.items (note) values ('x')"))).message).toContain(
      'cannot be null',
    )
    await ask('alter table shop.items rename to things')
    await ask('drop table shop.things; drop view shop.big')
    expect((await client.dataset('shop').getTables())[0].map(({ id }) => id)).toEqual(['orders'])
  })

  test('changes rows, and says how many', async () => {
    const [job] = await client.createQueryJob('insert into shop.orders (id) values (3), (4); ')
    await job.getQueryResults()
    expect((await job.getMetadata())[0].statistics.query).toMatchObject({
      statementType: 'INSERT',
      numDmlAffectedRows: '2',
      dmlStats: { insertedRowCount: '2' },
    })
    await ask('update shop.orders set amount = 7 where id = 3')
    await ask('delete from shop.orders where id in (1, 4)')
    expect((await rows()).map(({ id, amount }) => [id, amount && String(amount)])).toEqual([
      [2, null],
      [3, '7'],
    ])
    await ask('truncate table shop.orders')
    expect(await rows()).toEqual([])
  })

  test('merges', async () => {
    const [job] = await client.createQueryJob(`
      merge shop.orders as o
      using (select 2 as id, numeric '99' as amount union all select 5, 1 union all select 6, 2) as n
      on o.id = n.id
      when matched then update set amount = n.amount
      when not matched and n.id = 5 then insert (id, amount) values (n.id, n.amount)
      when not matched by source then delete`)
    await job.getQueryResults()
    expect((await job.getMetadata())[0].statistics.query.dmlStats).toEqual({
      insertedRowCount: '1',
      updatedRowCount: '1',
      deletedRowCount: '1',
    })
    expect((await rows()).map(({ id, amount }) => [id, String(amount)])).toEqual([
      [2, '99'],
      [5, '1'],
    ])
  })

  test('that would merge two rows into one is refused, and changes nothing', async () => {
    const error = await failed(
      client.query(
        'merge shop.orders as o using (select 1 as id union all select 1) as n on o.id = n.id when matched then delete',
      ),
    )
    expect(error.message).toContain('UPDATE/MERGE must match at most one source row for each target row')
    expect((await rows()).length).toBe(2)
  })

  test('in a transaction is done with all the others or not at all', async () => {
    await ask(
      'begin transaction; insert into shop.orders (id) values (8); delete from shop.orders where id = 1; commit transaction',
    )
    expect((await rows()).map(({ id }) => id)).toEqual([2, 8])
    await failed(
      client.query('begin transaction; insert into shop.orders (id) values (9); select 1 / 0; commit transaction'),
    )
    await ask('begin transaction; insert into shop.orders (id) values (9); rollback transaction')
    expect((await rows()).map(({ id }) => id)).toEqual([2, 8])
  })

  test('keeps what those before it in a script did, where it fails', async () => {
    await failed(client.query('insert into shop.orders (id) values (9); select 1 / 0'))
    expect((await rows()).map(({ id }) => id)).toEqual([1, 2, 9])
  })

  test('uses temporary tables, which are gone afterwards', async () => {
    expect(await ask('create temp table t as select 5 as x; select x + 1 as y from t')).toEqual([{ y: 6 }])
    expect((await failed(client.query('select * from t'))).message).toContain('must be qualified with a dataset')
  })

  test('reads tables by a wildcard, with their suffixes', async () => {
    await ask(
      "create table shop.events_20260101 as select 'a' as e; create table shop.events_20260102 as select 'b' as e; create table shop.events_intraday_20260103 as select 'c' as e",
    )
    expect(
      await ask(
        "select e, _table_suffix as s from `shop.events_*` where _table_suffix between '20260102' and '20261231' order by s",
      ),
    ).toEqual([{ e: 'b', s: '20260102' }])
    expect(await ask('select count(*) as n from `proof.shop.events_2026*`')).toEqual([{ n: 2 }])
  })

  test('is refused a partition or cluster key that BigQuery would refuse', async () => {
    const make = (clauses: string) =>
      failed(
        client.query(
          `create table shop.x (seen timestamp, d date, f float64, a int64, b int64, c int64, e int64, g int64) ${clauses}`,
        ),
      )
    expect((await make('partition by seen')).message).toContain('PARTITION BY expression must be')
    expect((await make('cluster by a, b, c, e, g')).message).toContain('maximum number of clustering columns is 4')
    expect((await make('cluster by f')).message).toContain('CLUSTER BY')
  })

  test('reads what INFORMATION_SCHEMA knows', async () => {
    await ask(
      "create table shop.daily (day date, `a` struct<b string>, n int64) partition by day cluster by n options (description = 'By day', partition_expiration_days = 400)",
    )
    await ask(
      "insert into shop.daily (day, n) values ('2026-01-01', 1), ('2026-01-01', 2), ('2026-01-02', 3), (null, 4)",
    )
    expect(await ask('select table_name, table_type from shop.INFORMATION_SCHEMA.TABLES order by 1')).toEqual([
      { table_name: 'daily', table_type: 'BASE TABLE' },
      { table_name: 'orders', table_type: 'BASE TABLE' },
    ])
    expect(
      await ask(
        "select column_name, data_type, is_partitioning_column as p, clustering_ordinal_position as c from shop.INFORMATION_SCHEMA.COLUMNS where table_name = 'daily' order by ordinal_position",
      ),
    ).toEqual([
      { column_name: 'day', data_type: 'DATE', p: 'YES', c: null },
      { column_name: 'a', data_type: 'STRUCT<b STRING>', p: 'NO', c: null },
      { column_name: 'n', data_type: 'INT64', p: 'NO', c: 1 },
    ])
    expect(
      await ask(
        "select field_path from shop.INFORMATION_SCHEMA.COLUMN_FIELD_PATHS where table_name = 'daily' order by 1",
      ),
    ).toEqual(['a', 'a.b', 'day', 'n'].map(field_path => ({ field_path })))
    expect(await ask('select option_name, option_value from shop.INFORMATION_SCHEMA.TABLE_OPTIONS order by 1')).toEqual(
      [
        { option_name: 'description', option_value: '"By day"' },
        { option_name: 'partition_expiration_days', option_value: '400' },
      ],
    )
    expect(
      await ask(
        "select partition_id, total_rows from shop.INFORMATION_SCHEMA.PARTITIONS where table_name = 'daily' order by 1",
      ),
    ).toEqual([
      { partition_id: '20260101', total_rows: 2 },
      { partition_id: '20260102', total_rows: 1 },
      { partition_id: '__NULL__', total_rows: 1 },
    ])
  })
})
