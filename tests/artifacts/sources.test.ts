import { describe, expect, test } from 'vitest'
import { type SourceFreshness, sourcesOf } from '../../src/artifacts/source-freshness.ts'
import { judgeFreshness } from '../../src/quality/freshness.ts'
import { projectOf } from '../support/project.ts'
import { shopFiles, shopOptions } from './shop.ts'
import { contextOf, schemaErrors } from './support.ts'

const hour = 3600
const startedAt = '2026-06-01 12:00:00'

describe('a raw table is judged by its newest row', () => {
  const limits = { warnAfterSeconds: 12 * hour, errorAfterSeconds: 48 * hour }
  test.each([
    ['2026-06-01 11:30:00', limits, 'pass', 1800],
    ['2026-06-01 11:59:59.500000', limits, 'pass', 0.5],
    // As old as the limit is not over it.
    ['2026-06-01 00:00:00', limits, 'pass', 12 * hour],
    ['2026-05-31 23:59:59', limits, 'warn', 12 * hour + 1],
    ['2026-05-30 12:00:00', limits, 'warn', 48 * hour],
    ['2026-05-30 11:59:59', limits, 'error', 48 * hour + 1],
    ['2026-06-01 13:00:00', limits, 'pass', -hour],
    ['2026-05-30 11:59:59', { warnAfterSeconds: hour }, 'warn', 48 * hour + 1],
    ['2026-05-30 11:59:59', { errorAfterSeconds: hour }, 'error', 48 * hour + 1],
    [undefined, limits, 'error', undefined],
    [undefined, { warnAfterSeconds: hour }, 'warn', undefined],
    ['2020-01-01 00:00:00', undefined, 'no limit', 202_478_400],
    ['2020-01-01 00:00:00', {}, 'no limit', 202_478_400],
    [undefined, undefined, 'no limit', undefined],
  ] as const)('%s against %j: %s', (latest, given, status, ageSeconds) => {
    expect(judgeFreshness(latest, given, startedAt)).toEqual({ status, ageSeconds })
  })
})

const times = { beganAt: '2026-06-01T12:00:00.000Z', endedAt: '2026-06-01T12:00:00.250Z' }
const told: SourceFreshness = {
  name: 'shop.orders',
  tells: 'loaded',
  limits: { warnAfterSeconds: 90 * 60, errorAfterSeconds: 172_800 },
  status: 'warn',
  latestAt: '2026-06-01 10:00:00.500000',
  ageSeconds: 7199.5,
  ...times,
}

const sourcesFor = (tables: readonly SourceFreshness[]) =>
  sourcesOf({
    ...contextOf(projectOf(shopFiles, shopOptions)),
    tables,
    runId: 'run-7',
    startedAt,
    generatedAt: '2026-06-01T12:05:00.000Z',
  })

describe('sources.json', () => {
  const sources = sourcesFor([
    told,
    { ...told, name: 'shop.empty', status: 'error', latestAt: undefined, ageSeconds: undefined },
    { ...told, name: 'shop.unlimited', status: 'no limit' },
    {
      name: 'shop.gone',
      tells: 'loaded',
      limits: undefined,
      status: 'runtime error',
      message: 'it is not there',
      ...times,
    },
  ])
  const results = sources.results as readonly object[]

  test('is valid against the schema that dbt publishes', context => {
    expect(schemaErrors(context, 'sources-v3.json', sources)).toEqual([])
  })

  test('tells the newest row, its age and the limits, each in the largest unit that says it', () => {
    expect(results[0]).toEqual({
      unique_id: 'source.acme.shop.orders',
      max_loaded_at: '2026-06-01T10:00:00.500000Z',
      snapshotted_at: '2026-06-01T12:00:00Z',
      max_loaded_at_time_ago_in_s: 7199.5,
      status: 'warn',
      criteria: {
        warn_after: { count: 90, period: 'minute' },
        error_after: { count: 2, period: 'day' },
        filter: null,
      },
      adapter_response: {},
      timing: [
        { name: 'compile', started_at: times.beganAt, completed_at: times.beganAt },
        { name: 'execute', started_at: times.beganAt, completed_at: times.endedAt },
      ],
      thread_id: 'main',
      execution_time: 0.25,
    })
    expect(sources.elapsed_time).toBe(1)
  })

  test('has a table without rows as one of long ago, one that cannot be read with the reason, and none without limits', () => {
    expect(results.slice(1)).toMatchObject([
      { unique_id: 'source.acme.shop.empty', status: 'error', max_loaded_at: '0001-01-01T00:00:00Z' },
      { unique_id: 'source.acme.shop.gone', status: 'runtime error', error: 'it is not there' },
    ])
  })
})
