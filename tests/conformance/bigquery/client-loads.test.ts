import { describe, expect, test } from 'vitest'
import { ask, client, failed, file, server, serveTheShop } from './served-shop.ts'

serveTheShop()

describe('A destination table', () => {
  const into = async (writeDisposition: string, query = 'select 9 as id') => {
    const [job] = await client.createQueryJob({
      query,
      destination: client.dataset('shop').table('into'),
      writeDisposition,
    })
    await job.getQueryResults()
    return (await ask('select * from shop.into order by 1')).map(row => row.id)
  }

  test('is made, filled, added to and overwritten as its disposition says', async () => {
    expect(await into('WRITE_EMPTY')).toEqual([9])
    expect((await failed(into('WRITE_EMPTY'))).message).toContain('Already Exists: Table proof:shop.into')
    expect(await into('WRITE_APPEND', 'select 10 as id')).toEqual([9, 10])
    expect(await into('WRITE_TRUNCATE_DATA', 'select 11 as id')).toEqual([11])
    expect(await into('WRITE_TRUNCATE', "select 'a' as id")).toEqual(['a'])
  })

  test('keeps its columns unless the job may change them', async () => {
    await into('WRITE_EMPTY')
    expect((await failed(into('WRITE_APPEND', 'select 1 as id, 2 as more'))).message).toContain(
      'Cannot add fields (field: more)',
    )
    expect((await failed(into('WRITE_TRUNCATE_DATA', "select 'a' as id"))).message).toContain(
      'has changed type from INT64 to STRING',
    )
  })
})

describe('A load job', () => {
  const schema = {
    fields: [
      { name: 'id', type: 'INTEGER' },
      { name: 'amount', type: 'NUMERIC' },
      { name: 'seen', type: 'TIMESTAMP' },
      { name: 'tags', type: 'STRING', mode: 'REPEATED' },
    ],
  }
  const load = async (name: string, text: string, options: object) => {
    const [job] = await client.dataset('shop').table('loaded').load(file(name, text), options)
    return job
  }
  const loaded = () =>
    ask('select id, cast(amount as string) as amount, cast(seen as string) as seen, tags from shop.loaded order by id')

  test('takes newline JSON', async () => {
    const job = await load(
      'a.json',
      '{"id":1,"amount":"7.25","seen":"2026-01-03T05:06:07.000001Z","tags":["z"]}\n{"id":"2","seen":1.5}\n',
      { sourceFormat: 'NEWLINE_DELIMITED_JSON', schema },
    )
    expect(job.statistics?.load).toMatchObject({ outputRows: '2', badRecords: '0' })
    expect(await loaded()).toEqual([
      { id: 1, amount: '7.25', seen: '2026-01-03 05:06:07.000001+00', tags: ['z'] },
      { id: 2, amount: null, seen: '1970-01-01 00:00:01.500+00', tags: [] },
    ])
  })

  test('takes CSV, with quotes, line breaks and NULLs', async () => {
    await ask('create table shop.loaded (id int64, amount numeric, seen timestamp, note string)')
    await load('b.csv', 'id,amount,seen,note\n1,2.5,2026-01-01 00:00:00,"a ""b"",\nc"\n2,,,""\n', {
      skipLeadingRows: 1,
      sourceFormat: 'CSV',
    })
    expect(await ask('select id, amount is null as n, note from shop.loaded order by id')).toEqual([
      { id: 1, n: false, note: 'a "b",\nc' },
      { id: 2, n: true, note: '' },
    ])
  })

  test('overwrites or adds as its disposition says', async () => {
    const row = (id: number) => `{"id":${id}}\n`
    const options = { sourceFormat: 'NEWLINE_DELIMITED_JSON', schema }
    await load('c.json', row(1), options)
    await load('c.json', row(2), { ...options, writeDisposition: 'WRITE_APPEND' })
    expect((await loaded()).map(({ id }) => id)).toEqual([1, 2])
    await load('c.json', row(3), { ...options, writeDisposition: 'WRITE_TRUNCATE' })
    expect((await loaded()).map(({ id }) => id)).toEqual([3])
    const { schema: _, ...ofTheTable } = options
    await load('c.json', row(4), { ...ofTheTable, writeDisposition: 'WRITE_TRUNCATE_DATA' })
    expect((await loaded()).map(({ id }) => id)).toEqual([4])
  })

  test.each([
    ['WRITE_TRUNCATE_DATA', {}, 1, 'Which'],
    ['WRITE_TRUNCATE', { schema }, 0, undefined],
  ])(
    'with %s leaves row access policies and what is said of columns, or not',
    async (writeDisposition, more, policies, words) => {
      const sourceFormat = 'NEWLINE_DELIMITED_JSON'
      const [id, ...others] = schema.fields
      await load('e.json', '{"id":1}\n', {
        sourceFormat,
        schema: { fields: [{ ...id, description: 'Which' }, ...others] },
      })
      await ask("create row access policy own on shop.loaded grant to ('user:ana@example.com') filter using (true)")
      await load('e.json', '{"id":2}\n', { sourceFormat, writeDisposition, ...more })
      const { rowPolicies, columns } = server.store.table({ dataset: 'shop', table: 'loaded' })
      expect([rowPolicies.length, columns[0]!.description]).toEqual([policies, words])
    },
  )

  test('with a row that cannot be read loads nothing, and says which', async () => {
    const error = await failed(
      load('d.json', '{"id":1}\n{"id":"x"}\n', { sourceFormat: 'NEWLINE_DELIMITED_JSON', schema }),
    )
    expect(error.message).toContain("starting at line 2: Could not parse 'x' as INT64 for field id")
    expect((await client.dataset('shop').table('loaded').exists())[0]).toBe(false)
  })

  test('can be sent in pieces', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => JSON.stringify({ id: index })).join('\n')
    const headers = { authorization: 'Bearer local' }
    const url = `${server.address}/upload/bigquery/v2/projects/proof/jobs?uploadType=resumable`
    const configuration = {
      load: {
        destinationTable: { datasetId: 'shop', tableId: 'loaded' },
        sourceFormat: 'NEWLINE_DELIMITED_JSON',
        schema,
      },
    }
    const begun = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ configuration }),
    })
    const next = begun.headers.get('location')!
    const send = (from: number, to: number) =>
      fetch(next, {
        method: 'PUT',
        headers: { ...headers, 'content-range': `bytes ${from}-${to - 1}/${rows.length}` },
        body: rows.slice(from, to),
      })
    expect((await send(0, 100)).status).toBe(308)
    expect((await send(100, rows.length)).status).toBe(200)
    expect(await ask('select count(*) as n from shop.loaded')).toEqual([{ n: 50 }])
  })
})
