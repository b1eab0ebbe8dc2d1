import type { BigQuery } from '@google-cloud/bigquery'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { startGoogleSql } from './google-sql.ts'
import { clientOf } from './server/client.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'
import type { StoredTable } from './server/store.ts'

// What stays with a table and what goes, by what is done to it. The rules, each with its source, stand where they are kept: server/write-table.ts,
// server/copy-job.ts and server/engine/.

let google: GoogleSql
let server: LocalBigQuery
let client: BigQuery
const table = () => client.dataset('shop').table('people')
const query = (text: string, options: object = {}) => client.query({ query: text, ...options })

beforeAll(async () => {
  google = await startGoogleSql()
})
afterAll(() => google?.stop())
beforeEach(async () => {
  server = await startLocalBigQuery({ google })
  client = clientOf(server)
  await client.createDataset('shop')
  await client.dataset('shop').createTable('people', {
    schema: {
      fields: [
        { name: 'id', type: 'INT64', description: 'Who' },
        { name: 'email', type: 'STRING', policyTags: { names: ['projects/p/locations/eu/taxonomies/1/policyTags/2'] } },
      ],
    },
    description: 'People',
    labels: { team: 'growth' },
  })
  await query("insert into shop.people values (1, 'a@b.example'), (2, 'c@d.example')")
  await query("create row access policy all_rows on shop.people grant to ('user:ana@example.com') filter using (true)")
  await query("create row access policy one on shop.people grant to ('user:ben@example.com') filter using (id = 1)")
  await query("grant `roles/bigquery.dataViewer` on table shop.people to 'user:ben@example.com'")
  return () => server.close()
})

/** What is there besides rows. */
function kept(name = 'people'): readonly string[] {
  const stored: StoredTable = server.store.table({ dataset: 'shop', table: name })
  const found: Readonly<Record<string, boolean>> = {
    'row policies': stored.rowPolicies.length === 2,
    grants: stored.bindings.length === 1,
    'policy tags': stored.columns.some(({ policyTags }) => policyTags !== undefined),
    'column descriptions': stored.columns.some(({ description }) => description !== undefined),
    description: stored.description === 'People',
    labels: stored.labels?.team === 'growth',
  }
  return Object.keys(found).filter(what => found[what])
}

const all = ['row policies', 'grants', 'policy tags', 'column descriptions', 'description', 'labels']
const ofTable = ['grants', 'description', 'labels']

describe('Everything stays', () => {
  test.each([
    ['at first', 'select 1'],
    ['after INSERT', "insert into shop.people values (3, 'e@f.example')"],
    ['after UPDATE', 'update shop.people set id = 7 where id = 1'],
    ['after DELETE', 'delete from shop.people where true'],
    [
      'after MERGE',
      "merge shop.people as p using (select 1 as id) as n on p.id = n.id when matched then delete when not matched by source then update set email = 'x'",
    ],
    ['after TRUNCATE TABLE', 'truncate table shop.people'],
    ['after ALTER TABLE ADD COLUMN', 'alter table shop.people add column note string'],
    [
      'after a transaction of DML',
      'begin transaction; delete from shop.people where true; insert into shop.people (id) values (1); commit transaction',
    ],
  ])('%s', async (_, statement) => {
    await query(statement)
    expect(kept()).toEqual(all)
  })

  test.each(['WRITE_APPEND', 'WRITE_TRUNCATE_DATA'])('after a query job with %s', async writeDisposition => {
    await client.createQueryJob({ query: "select 5 as id, 'x' as email", destination: table(), writeDisposition })
    expect(kept()).toEqual(all)
    expect((await query('select count(*) as n from shop.people'))[0]).toEqual([
      { n: writeDisposition === 'WRITE_APPEND' ? 3 : 1 },
    ])
  })

  test('under another name, after ALTER TABLE RENAME', async () => {
    await query('alter table shop.people rename to humans')
    expect(kept('humans')).toEqual(all)
  })
})

describe('What belongs to the columns and rows goes', () => {
  test('after a query job with WRITE_TRUNCATE', async () => {
    await client.createQueryJob({
      query: "select 5 as id, 'x' as email",
      destination: table(),
      writeDisposition: 'WRITE_TRUNCATE',
    })
    expect(kept()).toEqual(ofTable)
  })

  test('after a copy of a table without policies over it, but not after one that adds to it', async () => {
    await query("create table shop.others as select 5 as id, 'x' as email")
    const others = client.dataset('shop').table('others')
    await others.copy(table(), { writeDisposition: 'WRITE_APPEND' })
    expect(kept()).toEqual(all)
    await others.copy(table(), { writeDisposition: 'WRITE_TRUNCATE' })
    expect(kept()).toEqual(ofTable)
  })
})

test('Everything goes with CREATE OR REPLACE TABLE', async () => {
  await query("create or replace table shop.people as select 5 as id, 'x' as email")
  expect(kept()).toEqual([])
})

test('Everything goes with DROP TABLE, and does not come back with the name', async () => {
  await query("drop table shop.people; create table shop.people as select 5 as id, 'x' as email")
  expect(kept()).toEqual([])
})

test('Policies come along with a copy; grants do not', async () => {
  await table().copy(client.dataset('shop').table('copied'))
  expect(kept('copied')).toEqual(all.filter(what => what !== 'grants'))
})

describe('A row access policy', () => {
  test('shows each only the rows that are granted to them', async () => {
    const seenBy = async (caller: string) => {
      const other = await startLocalBigQuery({ google, caller })
      other.store.restore(server.store.snapshot())
      const [rows] = await clientOf(other).query('select id from shop.people order by id')
      await other.close()
      return rows.map(({ id }) => id)
    }
    expect(await seenBy('user:ana@example.com')).toEqual([1, 2])
    expect(await seenBy('user:ben@example.com')).toEqual([1])
    expect(await seenBy('user:eve@example.com')).toEqual([])
  })

  test('keeps those from changing a table who do not see all of it', async () => {
    const other = await startLocalBigQuery({ google, caller: 'user:ben@example.com' })
    other.store.restore(server.store.snapshot())
    const error = await clientOf(other)
      .query('delete from shop.people where true')
      .catch((found: { code: number; errors: { reason: string }[] }) => found)
    await other.close()
    expect(error).toMatchObject({ code: 403, errors: [{ reason: 'accessDenied' }] })
  })

  test('is listed, and can be dropped alone or with all others', async () => {
    const list = async () => {
      const answer = await fetch(
        `${server.address}/bigquery/v2/projects/proof/datasets/shop/tables/people/rowAccessPolicies`,
      )
      const { rowAccessPolicies } = (await answer.json()) as {
        rowAccessPolicies: { rowAccessPolicyReference: { policyId: string } }[]
      }
      return rowAccessPolicies.map(policy => policy.rowAccessPolicyReference.policyId)
    }
    expect(await list()).toEqual(['all_rows', 'one'])
    await query('drop row access policy one on shop.people')
    expect(await list()).toEqual(['all_rows'])
    await query('drop all row access policies on shop.people')
    expect(await list()).toEqual([])
  })
})

test('Grants can be read and set as the API has them', async () => {
  const [policy] = await table().getIamPolicy()
  expect(policy.bindings).toEqual([{ role: 'roles/bigquery.dataViewer', members: ['user:ben@example.com'] }])
  await query("revoke `roles/bigquery.dataViewer` on table shop.people from 'user:ben@example.com'")
  expect((await table().getIamPolicy())[0].bindings).toEqual([])
})
