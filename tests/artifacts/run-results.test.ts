import { describe, expect, test } from 'vitest'
import { writeArtifact } from '../../src/artifacts/artifact-file.ts'
import { manifestOf } from '../../src/artifacts/manifest.ts'
import { readRunResults } from '../../src/artifacts/read-run-results.ts'
import { runResultsOf } from '../../src/artifacts/run-results.ts'
import type { NodeResult, RunResult, TestResult } from '../../src/run/result.ts'
import { folderOf, projectOf } from '../support/project.ts'
import { shopFiles, shopOptions } from './shop.ts'
import { contextOf, schemaErrors } from './support.ts'

const shop = projectOf(shopFiles, shopOptions)

const passed: TestResult = {
  name: 'not_null_customers_email',
  says: 'email is not null',
  status: 'pass',
  failures: 0,
  message: undefined,
  sql: 'select 0',
  seconds: 0.25,
}
const warned: TestResult = {
  ...passed,
  name: 'at_most_customers_order_count',
  status: 'warn',
  failures: 7,
  message: '7 rows fail: order_count is at most 1000',
}
const failed: TestResult = {
  ...passed,
  name: 'not_null_orders_email',
  status: 'fail',
  failures: 2,
  message: '2 rows fail',
}
const unfinished: TestResult = {
  ...passed,
  name: 'references_orders_email',
  status: 'error',
  message: 'the table that it refers to is not built',
  sql: undefined,
}

const done: NodeResult = {
  kind: 'source',
  name: 'shop.orders',
  status: 'success',
  problems: [],
  skippedBecause: undefined,
  startedAt: '2026-06-03T08:00:00.000Z',
  finishedAt: '2026-06-03T08:00:01.500Z',
  seconds: 1.5,
  rowCount: 100,
  tests: [],
  costs: [],
}

const result: RunResult = {
  runId: 'run-7',
  command: 'build',
  startedAt: '2026-06-01 12:00:00',
  finishedAt: '2026-06-03 08:00:04',
  status: 'error',
  results: [
    done,
    { ...done, kind: 'model', name: 'sites', rowCount: 1 },
    { ...done, kind: 'model', name: 'customers', status: 'warn', seconds: 2, rowCount: 40, tests: [passed, warned] },
    {
      ...done,
      kind: 'model',
      name: 'orders',
      status: 'error',
      problems: [{ kind: 'data', message: 'orders is not published' }],
      startedAt: '2026-06-03T08:00:01.500Z',
      finishedAt: '2026-06-03T08:00:04.000Z',
      rowCount: undefined,
      tests: [failed, unfinished],
    },
    {
      ...done,
      kind: 'model',
      name: 'groups',
      status: 'skipped',
      skippedBecause: 'orders',
      startedAt: undefined,
      finishedAt: undefined,
      seconds: 0,
      rowCount: undefined,
    },
    {
      ...done,
      kind: 'data-test',
      name: 'no_orphans',
      status: 'error',
      tests: [{ ...failed, name: 'no_orphans' }],
    },
    {
      ...done,
      kind: 'unit-test',
      name: 'orders_have_a_site',
      status: 'error',
      problems: [{ kind: 'model', message: 'unit test orders_have_a_site of orders: 1 row expected, 0 found' }],
      rowCount: undefined,
      tests: [
        {
          ...passed,
          name: 'orders_have_a_site',
          status: 'fail',
          failures: 1,
          message: '1 row expected, 0 found',
          sql: undefined,
        },
      ],
    },
  ],
}

const input = {
  ...contextOf(shop),
  result,
  generatedAt: '2026-06-03T08:00:04.100Z',
  args: { select: ['+orders'], target: 'local' },
}
const written = runResultsOf(input)

interface Result {
  readonly unique_id: string
  readonly [key: string]: unknown
}
const results = written.results as unknown as readonly Result[]
const resultOf = (id: string) => results.find(({ unique_id }) => unique_id.startsWith(id))

describe('run results', () => {
  test('are valid against the schema that dbt publishes', context => {
    expect(schemaErrors(context, 'run-results-v6.json', written)).toEqual([])
  })

  test('tell of each node and of each test, in the order of the run', () => {
    expect(
      results.map(({ unique_id, status, failures }) => [unique_id.replace(/\.[0-9a-f]{10}$/, ''), status, failures]),
    ).toEqual([
      ['source.acme.shop.orders', 'success', null],
      ['seed.acme.sites', 'success', null],
      ['model.acme.customers', 'success', null],
      ['test.acme.not_null_customers_email', 'pass', 0],
      ['test.acme.at_most_customers_order_count', 'warn', 7],
      ['model.acme.orders', 'error', null],
      ['test.acme.not_null_orders_email', 'fail', 2],
      ['test.acme.references_orders_email', 'error', null],
      ['model.acme.groups', 'skipped', null],
      ['test.acme.no_orphans', 'fail', 2],
      ['unit_test.acme.orders.orders_have_a_site', 'fail', 1],
    ])
  })

  test('name nodes and tests as the manifest does', () => {
    const manifest = manifestOf({ ...input, fingerprints: new Map(), runId: 'r', startedAt: '2026-06-01 12:00:00' })
    const { nodes, sources, unit_tests } = manifest as Readonly<Record<string, object>>
    const known = Object.keys({ ...nodes, ...sources, ...unit_tests })
    const testThatIsGone = 'test.acme.not_null_orders_email'
    expect(
      results.filter(({ unique_id }) => !known.includes(unique_id) && !unique_id.startsWith(testThatIsGone)),
    ).toEqual([])
  })

  test('say how long, how many rows, and what was run', () => {
    expect(resultOf('model.acme.customers')).toEqual({
      status: 'success',
      timing: [
        { name: 'compile', started_at: '2026-06-03T08:00:00.000Z', completed_at: '2026-06-03T08:00:00.000Z' },
        { name: 'execute', started_at: '2026-06-03T08:00:00.000Z', completed_at: '2026-06-03T08:00:01.500Z' },
      ],
      thread_id: 'main',
      execution_time: 2,
      adapter_response: { rows_affected: 40 },
      message: '40 rows',
      failures: null,
      unique_id: 'model.acme.customers',
      compiled: true,
      compiled_code: shop.compiled.models.get('customers')?.query?.text,
      relation_name: '"warehouse"."shop"."customers"',
    })
    expect(resultOf('test.acme.at_most')).toMatchObject({
      execution_time: 0.25,
      message: '7 rows fail: order_count is at most 1000',
      compiled_code: 'select 0',
    })
  })

  test('say what went wrong and why a node was skipped', () => {
    expect(resultOf('model.acme.orders')?.message).toBe('orders is not published')
    expect(resultOf('model.acme.groups')).toMatchObject({ message: "skipped: 'orders' failed", timing: [] })
  })

  test('have a unit test that was not reached', () => {
    const skipped: NodeResult = {
      ...done,
      kind: 'unit-test',
      name: 'orders_have_a_site',
      status: 'skipped',
      startedAt: undefined,
      finishedAt: undefined,
      rowCount: undefined,
    }
    const { results } = runResultsOf({ ...input, result: { ...result, results: [skipped] } })
    expect(results).toEqual([
      expect.objectContaining({
        unique_id: 'unit_test.acme.orders.orders_have_a_site',
        status: 'skipped',
        failures: null,
        message: 'skipped: the run was stopped',
      }),
    ])
  })

  test('take the time from the first start to the last end, not from the run’s instant', () => {
    expect(written.elapsed_time).toBe(4)
  })

  test('name the run, its clock and what the command was given', () => {
    expect(written.metadata).toEqual({
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/run-results/v6.json',
      dbt_version: '1.10.0',
      generated_at: '2026-06-03T08:00:04.100Z',
      invocation_id: 'run-7',
      invocation_started_at: '2026-06-01T12:00:00Z',
      env: {},
    })
    expect(written.args).toEqual({
      select: ['+orders'],
      target: 'local',
      which: 'build',
      run_id: 'run-7',
      started_at: '2026-06-01 12:00:00',
      status: 'error',
    })
  })
})

describe('an earlier run', () => {
  test('is read back: what failed, what was skipped, with its clock', () => {
    const folder = folderOf({})
    writeArtifact(folder, 'run_results.json', written)
    expect(readRunResults(folder)).toEqual({
      runId: 'run-7',
      startedAt: '2026-06-01 12:00:00',
      command: 'build',
      status: 'error',
      args: written.args,
      failed: [
        { kind: 'model', name: 'orders' },
        { kind: 'data-test', name: 'no_orphans' },
        { kind: 'unit-test', name: 'orders_have_a_site' },
      ],
      skipped: [{ kind: 'model', name: 'groups' }],
      seconds: new Map([
        ['sites', 1.5],
        ['customers', 2],
      ]),
    })
  })

  test('is told to be missing, with what writes it', () => {
    const folder = folderOf({})
    expect(() => readRunResults(folder)).toThrow(
      `there is no ${folder}/run_results.json\n  throughline build writes it; retry continues a run that has failed`,
    )
  })

  test('of another tool is told so', () => {
    const folder = folderOf({ 'run_results.json': '{"metadata": {}, "results": [], "args": {"which": "build"}}' })
    expect(() => readRunResults(folder)).toThrow(
      `the run_results.json in ${folder} was written by another tool: it does not name its run`,
    )
  })
})
