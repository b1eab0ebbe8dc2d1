import { describe, expect, test } from 'vitest'
import { manifestOf } from '../../src/artifacts/manifest.ts'
import { fingerprintsOf } from '../../src/compile/fingerprint.ts'
import { projectOf, type TestProject } from '../support/project.ts'
import { shopFiles, shopOptions } from './shop.ts'
import { contextOf, schemaErrors } from './support.ts'

interface Node {
  readonly [key: string]: unknown
  readonly depends_on: { readonly nodes?: readonly string[] }
}

interface Manifest {
  readonly metadata: Readonly<Record<string, unknown>>
  readonly nodes: Readonly<Record<string, Node>>
  readonly sources: Readonly<Record<string, Node>>
  readonly unit_tests: Readonly<Record<string, Node>>
  readonly parent_map: Readonly<Record<string, readonly string[]>>
  readonly child_map: Readonly<Record<string, readonly string[]>>
}

function manifest(project: TestProject, run = { runId: 'run-1', startedAt: '2026-06-01 12:00:00' }): Manifest {
  const artifact = manifestOf({
    ...contextOf(project),
    fingerprints: fingerprintsOf(project.input),
    generatedAt: '2026-06-01T12:05:00.000Z',
    ...run,
  })
  return JSON.parse(JSON.stringify(artifact)) as Manifest
}

const shop = projectOf(shopFiles, shopOptions)
const written = manifest(shop)
const tests = Object.values(written.nodes).filter(node => node.resource_type === 'test')
const testNamed = (name: string): Node => {
  const found = tests.find(node => node.name === name)
  if (found === undefined) throw new Error(`no test ${name} among ${tests.map(node => node.name).join(', ')}`)
  return found
}

describe('the manifest', () => {
  test('is of a project without problems', () => {
    expect(shop.problems).toEqual([])
  })

  test('is valid against the schema that dbt publishes', context => {
    expect(schemaErrors(context, 'manifest-v12.json', written)).toEqual([])
  })

  test('names the tool that it is like, the run and the warehouse', () => {
    expect(written.metadata).toMatchObject({
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
      dbt_version: '1.10.0',
      generated_at: '2026-06-01T12:05:00.000Z',
      invocation_id: 'run-1',
      run_started_at: '2026-06-01T12:00:00Z',
      project_name: 'acme',
      adapter_type: 'duckdb',
    })
  })

  test('has models, seeds and tests as nodes, in order of id', () => {
    expect(Object.keys(written.nodes).map(id => id.replace(/\.[0-9a-f]{10}$/, ''))).toEqual([
      'model.acme.customers',
      'model.acme.groups',
      'model.acme.orders',
      'model.acme.real_orders',
      'seed.acme.sites',
      'test.acme.always_orders_revenue_is_positive',
      'test.acme.at_least_customers_order_count',
      'test.acme.at_most_customers_order_count',
      'test.acme.matches_customers_email',
      'test.acme.never_orders_an_order_in_the_future',
      'test.acme.no_orphans',
      'test.acme.not_null_customers_email',
      'test.acme.not_null_customers_order_count',
      'test.acme.not_null_groups_email',
      'test.acme.not_null_groups_rounds',
      'test.acme.not_null_orders_age_days',
      'test.acme.not_null_orders_order_id',
      'test.acme.not_null_orders_placed_at',
      'test.acme.not_null_orders_return_days',
      'test.acme.not_null_orders_revenue',
      'test.acme.not_null_orders_site',
      'test.acme.not_null_sites_country',
      'test.acme.not_null_sites_site',
      'test.acme.one_of_orders_site',
      'test.acme.references_orders_email',
      'test.acme.unique_customers_email',
      'test.acme.unique_groups_email',
      'test.acme.unique_orders_email_placed_at',
      'test.acme.unique_orders_order_id',
      'test.acme.unique_sites_site',
    ])
  })

  test('describes a model with its place, what it reads, its text and its contract', () => {
    const orders = written.nodes['model.acme.orders']
    expect(orders).toMatchObject({
      database: 'warehouse',
      schema: 'shop',
      name: 'orders',
      resource_type: 'model',
      package_name: 'acme',
      path: 'shop/orders.ts',
      original_file_path: 'models/shop/orders.ts',
      fqn: ['acme', 'shop', 'orders'],
      description: 'One row per order.',
      relation_name: '"warehouse"."shop"."orders"',
      refs: [
        { name: 'real_orders', package: null, version: null },
        { name: 'sites', package: null, version: null },
      ],
      sources: [],
      depends_on: { macros: [], nodes: ['model.acme.real_orders', 'seed.acme.sites'] },
      constraints: [{ type: 'primary_key', columns: ['order_id'] }],
      primary_key: ['order_id'],
      meta: { layer: 'shop', grain: ['order_id'], materialization: 'view', data_through: 'placed_at' },
      contract: { enforced: true },
    })
    expect(orders?.config).toMatchObject({ materialized: 'view', meta: { grain: ['order_id'] }, enabled: true })
    expect(orders?.raw_code).toBe(
      [
        'select o.order_id, o.email, o.placed_at, s.site, 1 as revenue, 30 as return_days,',
        "  date_diff('day', o.placed_at, timestamp '2026-06-01 12:00:00') as age_days",
        'from tl_real_orders as o',
        'cross join seeds.sites as s',
      ].join('\n'),
    )
    expect(orders?.compiled_code).toBe(shop.compiled.models.get('orders')?.query?.text)
  })

  test('describes columns with the warehouse’s types and what the contract says of them', () => {
    const columns = written.nodes['model.acme.orders']?.columns as Readonly<Record<string, Record<string, unknown>>>
    expect(Object.entries(columns).map(([name, column]) => [name, column.data_type, column.constraints])).toEqual([
      ['order_id', 'varchar', [{ type: 'not_null' }]],
      ['email', 'varchar', [{ type: 'foreign_key', to: '"warehouse"."shop"."customers"', to_columns: ['email'] }]],
      ['placed_at', 'timestamp', [{ type: 'not_null' }]],
      ['site', 'varchar', [{ type: 'not_null' }]],
      ['revenue', 'decimal(38, 9)', [{ type: 'not_null' }]],
      ['return_days', 'decimal(38, 9)', [{ type: 'not_null' }]],
      ['age_days', 'decimal(38, 9)', [{ type: 'not_null' }]],
    ])
    expect(columns.order_id?.description).toBe('The order')
  })

  test('has dbt’s words for how each model comes into being', () => {
    const kinds = Object.values(written.nodes)
      .filter(node => node.resource_type !== 'test')
      .map(node => [node.name, (node.config as Node).materialized, (node.meta as Node).materialization])
    expect(kinds).toEqual([
      ['customers', 'table', 'table'],
      ['groups', 'table', 'fixpoint'],
      ['orders', 'view', 'view'],
      ['real_orders', 'ephemeral', 'inline'],
      ['sites', 'seed', 'seed'],
    ])
    expect(written.nodes['model.acme.real_orders']?.relation_name).toBeNull()
    expect(written.nodes['model.acme.groups']?.meta).toMatchObject({
      fixpoint: { maximum_rounds: 9, until: 'left', start: [{ table: 'left' }], step: [{ table: 'left' }] },
    })
  })

  test('describes raw tables as sources', () => {
    expect(written.sources['source.acme.shop.orders']).toMatchObject({
      schema: 'raw',
      name: 'orders',
      source_name: 'shop',
      source_description: 'The shop’s own database.',
      identifier: 'shop__orders',
      original_file_path: 'sources/shop.ts',
      relation_name: '"warehouse"."raw"."shop__orders"',
      columns: { placed_at: { data_type: 'timestamp', description: 'When' } },
    })
  })

  test('has column tests under dbt’s names, attached to their model', () => {
    expect(testNamed('not_null_customers_email')).toMatchObject({
      column_name: 'email',
      attached_node: 'model.acme.customers',
      depends_on: { nodes: ['model.acme.customers'] },
      test_metadata: { name: 'not_null', namespace: null, kwargs: { column_name: 'email' } },
      config: { severity: 'ERROR', warn_if: '> 0', error_if: '> 0', where: null },
    })
    expect(testNamed('unique_customers_email').test_metadata).toMatchObject({ name: 'unique', namespace: null })
    expect(testNamed('one_of_orders_site').test_metadata).toMatchObject({
      name: 'accepted_values',
      kwargs: { column_name: 'site', values: ['a.example', 'b.example'] },
    })
    expect(testNamed('at_most_customers_order_count')).toMatchObject({
      test_metadata: { name: 'accepted_range', namespace: 'dbt_utils', kwargs: { max_value: 1000, inclusive: true } },
      config: { severity: 'WARN', warn_if: '> 5', error_if: '> 0' },
    })
    expect(testNamed('matches_customers_email').test_metadata).toMatchObject({
      name: 'expect_column_values_to_match_regex',
      namespace: 'dbt_expectations',
      kwargs: { column_name: 'email', regex: '@' },
    })
  })

  test('has a reference as dbt’s relationships, the table referred to first', () => {
    expect(testNamed('references_orders_email')).toMatchObject({
      column_name: 'email',
      attached_node: 'model.acme.orders',
      refs: [{ name: 'customers' }, { name: 'orders' }],
      depends_on: { nodes: ['model.acme.customers', 'model.acme.orders'] },
      test_metadata: {
        name: 'relationships',
        kwargs: { column_name: 'email', to: "ref('customers')", field: 'email' },
      },
      config: { where: 'email is not null' },
    })
  })

  test('has tests of a whole model', () => {
    expect(testNamed('unique_orders_email_placed_at')).toMatchObject({
      column_name: null,
      test_metadata: {
        name: 'unique_combination_of_columns',
        namespace: 'dbt_utils',
        kwargs: { combination_of_columns: ['email', 'placed_at'] },
      },
    })
    expect(testNamed('always_orders_revenue_is_positive')).toMatchObject({
      description: 'revenue is positive',
      test_metadata: { name: 'expression_is_true', kwargs: { expression: 'revenue > 0' } },
    })
    expect(testNamed('never_orders_an_order_in_the_future')).toMatchObject({
      compiled_code: "select * from shop.orders where placed_at > timestamp '2030-01-01 00:00:00'",
      test_metadata: { name: 'never', namespace: 'throughline' },
    })
  })

  test('has a test over several tables as a singular test', () => {
    expect(testNamed('no_orphans')).toMatchObject({
      unique_id: 'test.acme.no_orphans',
      original_file_path: 'data_tests/no_orphans.ts',
      depends_on: { nodes: ['model.acme.customers', 'model.acme.orders'] },
      config: { severity: 'WARN' },
    })
    expect(testNamed('no_orphans')).not.toHaveProperty('test_metadata')
  })

  test('has unit tests with what is given and expected', () => {
    expect(written.unit_tests['unit_test.acme.orders.orders_have_a_site']).toMatchObject({
      model: 'orders',
      given: [
        { input: "ref('sites')", rows: [{ site: 'a.example' }], format: 'dict' },
        { input: "source('shop', 'orders')", rows: [{ order_id: 'o1', is_test: false }], format: 'dict' },
      ],
      expect: { rows: [{ order_id: 'o1', site: 'a.example' }], format: 'dict' },
      overrides: { vars: { returns: { days: 14 } } },
      depends_on: { nodes: ['model.acme.orders'] },
    })
  })

  test('maps parents and children both ways', () => {
    const withoutTests = (ids: readonly string[] = []) => ids.filter(id => !id.startsWith('test.'))
    expect(written.parent_map['model.acme.customers']).toEqual(['model.acme.real_orders'])
    expect(written.parent_map['model.acme.real_orders']).toEqual(['source.acme.shop.orders'])
    expect(written.parent_map['source.acme.shop.orders']).toEqual([])
    expect(written.parent_map['unit_test.acme.orders.orders_have_a_site']).toEqual(['model.acme.orders'])
    expect(withoutTests(written.child_map['model.acme.real_orders'])).toEqual([
      'model.acme.customers',
      'model.acme.orders',
    ])
    expect(withoutTests(written.child_map['seed.acme.sites'])).toEqual(['model.acme.orders'])
    expect(written.child_map['model.acme.groups']?.length).toBe(3)
    expect(written.child_map['model.acme.orders']).toContain('unit_test.acme.orders.orders_have_a_site')
  })

  test('refers to nothing that is not in it', () => {
    const known = new Set([written.nodes, written.sources, written.unit_tests].flatMap(nodes => Object.keys(nodes)))
    const read = [...Object.values(written.nodes), ...Object.values(written.unit_tests)].flatMap(
      node => node.depends_on.nodes ?? [],
    )
    expect(read.length).toBeGreaterThan(20)
    expect(read.filter(id => !known.has(id))).toEqual([])
  })

  test('is the same text for the same project but for metadata, whichever run wrote it', () => {
    const { metadata, ...rest } = manifest(shop, { runId: 'run-2', startedAt: '2026-06-01 12:00:00' })
    const { metadata: first, ...again } = written
    expect(JSON.stringify(rest)).toBe(JSON.stringify(again))
    expect(metadata).not.toEqual(first)
  })

  test('says nothing of where raw rows come from', () => {
    expect(JSON.stringify(written)).not.toContain('orders.csv')
  })
})

test('two models whose tests would be spelled alike have tests of their own', () => {
  const text = (name: string, column: string) => `
    import { key, model, sql } from 'throughline'
    export const ${name} = model({
      description: 'x', grain: [], columns: { ${column}: key('x') }, materialize: { kind: 'view' },
      query: () => sql\`select 'x' as ${column}\`,
    })`
  const project = projectOf({
    'models/a/shop.ts': text('shop', 'day_id'),
    'models/a/shop_day.ts': text('shop_day', 'id'),
  })
  const ids = Object.entries(manifest(project).nodes).filter(([, node]) =>
    String(node.name).startsWith('not_null_shop_day_id'),
  )
  expect(ids.map(([, node]) => [node.name, node.attached_node]).sort()).toEqual([
    ['not_null_shop_day_id', 'model.acme.shop'],
    ['not_null_shop_day_id_2', 'model.acme.shop_day'],
  ])
})
