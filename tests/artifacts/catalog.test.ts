import { describe, expect, test } from 'vitest'
import { type CatalogRelation, catalogOf } from '../../src/artifacts/catalog.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { projectOf } from '../support/project.ts'
import { shopFiles, shopOptions } from './shop.ts'
import { contextOf, schemaErrors } from './support.ts'

const shop = projectOf(shopFiles, shopOptions)

const customers: CatalogRelation = {
  table: { schema: 'shop', name: 'customers' },
  kind: 'table',
  comment: 'One row per customer.',
  columns: [
    { name: 'email', engineType: 'VARCHAR', comment: 'Who' },
    { name: 'order_count', engineType: 'BIGINT', comment: undefined },
  ],
}
const orders: CatalogRelation = {
  table: { schema: 'shop', name: 'orders' },
  kind: 'view',
  comment: undefined,
  columns: [{ name: 'order_id', engineType: 'VARCHAR', comment: undefined }],
}
const raw: CatalogRelation = { ...customers, table: { schema: 'raw', name: 'shop__orders' }, comment: undefined }
const foreign: CatalogRelation = { ...customers, table: { schema: 'shop', name: 'somebody_elses' } }

const standing = new Map([
  ['shop.orders', orders],
  ['shop.customers', customers],
  ['raw.shop__orders', raw],
  ['shop.somebody_elses', foreign],
])

const catalog = catalogOf({
  ...contextOf(shop),
  standing,
  rowCounts: new Map([
    ['shop.customers', 40],
    ['raw.shop__orders', 0],
  ]),
  runId: 'run-7',
  startedAt: '2026-06-01 12:00:00',
  generatedAt: '2026-06-01T12:05:00.000Z',
})

describe('the catalog', () => {
  test('is valid against the schema that dbt publishes', context => {
    expect(schemaErrors(context, 'catalog-v1.json', catalog)).toEqual([])
  })

  test('has the models and raw tables that stand, in order of id, and nothing that is not of the project', () => {
    expect(Object.keys(catalog.nodes as object)).toEqual(['model.acme.customers', 'model.acme.orders'])
    expect(Object.keys(catalog.sources as object)).toEqual(['source.acme.shop.orders'])
  })

  test('tells of a table as the engine does, with its rows', () => {
    expect(catalog.nodes).toHaveProperty(['model.acme.customers'], {
      metadata: {
        type: 'BASE TABLE',
        schema: 'shop',
        name: 'customers',
        database: 'warehouse',
        comment: 'One row per customer.',
        owner: null,
      },
      columns: {
        email: { type: 'VARCHAR', index: 1, name: 'email', comment: 'Who' },
        order_count: { type: 'BIGINT', index: 2, name: 'order_count', comment: null },
      },
      stats: {
        has_stats: {
          id: 'has_stats',
          label: 'Has Stats?',
          value: true,
          include: false,
          description: 'Indicates whether there are statistics for this table',
        },
        row_count: { id: 'row_count', label: 'Rows', value: 40, include: true, description: 'Rows in the table' },
      },
      unique_id: 'model.acme.customers',
    })
  })

  test('says that a view is one, and that its rows were not counted', () => {
    expect(catalog.nodes).toMatchObject({
      'model.acme.orders': {
        metadata: { type: 'VIEW', comment: null },
        stats: { has_stats: { value: false } },
      },
    })
    expect(catalog).not.toHaveProperty(['nodes', 'model.acme.orders', 'stats', 'row_count'])
  })

  test('counts no rows as none', () => {
    expect(catalog).toHaveProperty(['sources', 'source.acme.shop.orders', 'stats', 'row_count', 'value'], 0)
  })
})

describe('what stands in DuckDB', () => {
  test('is told for all tables and views of some schemas at once, as the engine says it', async () => {
    const warehouse = await DuckDBWarehouse.open({ path: ':memory:' })
    const session = await warehouse.connect()
    try {
      for (const statement of [
        'create schema a',
        'create schema b',
        'create schema c',
        'create table a.t (x integer, y decimal(38, 9), z struct(p varchar, q integer[]))',
        "comment on table a.t is 'a table'",
        "comment on column a.t.y is 'money'",
        'create view b.v as select y, x from a.t',
        'create table c.other (x integer)',
      ])
        await session.execute(statement)
      expect([...(await warehouse.standingAll(session, [{ schema: 'a' }, { schema: 'b' }]))].sort()).toEqual([
        [
          'a.t',
          {
            table: { schema: 'a', name: 't' },
            kind: 'table',
            comment: 'a table',
            columns: [
              { name: 'x', engineType: 'INTEGER', comment: undefined },
              { name: 'y', engineType: 'DECIMAL(38,9)', comment: 'money' },
              { name: 'z', engineType: 'STRUCT(p VARCHAR, q INTEGER[])', comment: undefined },
            ],
          },
        ],
        [
          'b.v',
          {
            table: { schema: 'b', name: 'v' },
            kind: 'view',
            comment: undefined,
            columns: [
              { name: 'y', engineType: 'DECIMAL(38,9)', comment: undefined },
              { name: 'x', engineType: 'INTEGER', comment: undefined },
            ],
          },
        ],
      ])
      // What a view reads may be gone: it is told of all the same.
      await session.execute('drop table a.t')
      expect([...(await warehouse.standingAll(session, [{ schema: 'a' }, { schema: 'b' }])).keys()]).toEqual(['b.v'])
      expect((await warehouse.standingAll(session, [])).size).toBe(0)
    } finally {
      session.close()
      await warehouse.close()
    }
  })
})
