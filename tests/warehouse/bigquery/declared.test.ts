import { describe, expect, it } from 'vitest'
import { compileProject } from '../../../src/compile/compile-project.ts'
import { bigquery } from '../../../src/compile/dialect/bigquery.ts'
import { type Declared, declaredChanges, declaredOf, tagged } from '../../../src/warehouse/bigquery/declared.ts'
import { optionsClause } from '../../../src/warehouse/bigquery/options.ts'
import { everyRowOf } from '../../../src/warehouse/bigquery/raw-partitions.ts'
import type { TableResource } from '../../../src/warehouse/bigquery/resources.ts'
import { type BigQuerySettings, settingsFor } from '../../../src/warehouse/bigquery/settings.ts'
import { projectOf } from '../../support/project.ts'

const logs = (materialize: string) => `
import { date, key, model, sql, text } from 'throughline'

export const logs = model({
  description: 'One row per line.',
  grain: ['id'],
  columns: { id: key('Id'), day: date('Day'), email: text('Whose').classified('email'), phone: text('Theirs').classified('phone') },
  materialize: ${materialize},
  labels: { domain: 'web', team: 'models' },
  query: () => sql\`select 'a' as id, date '2026-01-01' as day, 'b' as email, 'c' as phone\`,
})
`

const settings: BigQuerySettings = {
  project: 'acme',
  location: 'EU',
  labels: { team: 'growth', cost: 'high' },
  priority: 'interactive',
  maximumBytesBilled: 10,
  models: { logs: { labels: { use: 'web' }, priority: 'batch' } },
  policyTags: { email: 'projects/p/1' },
  usdPerTib: 6.25,
}

function declared(materialize: string, now = 0): Declared {
  const { input } = projectOf({ 'models/logs/logs.ts': logs(materialize) })
  const { compiled, problems } = compileProject({ ...input, dialect: bigquery })
  expect(problems).toEqual([])
  return declaredOf(compiled.models.get('logs')!, settings, now)
}

const standing = (resource: Partial<TableResource> = {}): TableResource => ({
  tableReference: { projectId: 'acme', datasetId: 'j_logs', tableId: 'logs' },
  type: 'TABLE',
  labels: { team: 'models', cost: 'high', domain: 'web', use: 'web', by: 'hand' },
  timePartitioning: { type: 'DAY', field: 'day' },
  ...resource,
})

const day = 24 * 3600 * 1000

describe('What a model and its target declare of a table', () => {
  it('are labels, the nearest to the model winning, and the tags of the classes that have one', () => {
    const { labels, policyTags } = declared(`{ kind: 'table' }`)
    expect(labels).toEqual({ team: 'models', cost: 'high', domain: 'web', use: 'web' })
    expect(policyTags).toEqual({ email: 'projects/p/1' })
  })

  it('is told to a table that is new', () => {
    const kept = declared(
      `{ kind: 'table', partitionBy: 'day', requirePartitionFilter: true, partitionsExpireAfterDays: 90, expiresAfterDays: 2 }`,
      5,
    )
    expect(optionsClause('It', kept)).toBe(
      `options (description = 'It', labels = [('team', 'models'), ('cost', 'high'), ('domain', 'web'), ('use', 'web')], require_partition_filter = true, partition_expiration_days = 90, expiration_timestamp = timestamp_millis(${2 * day + 5}))`,
    )
    const never = declared(
      `{ kind: 'table', partitionBy: 'day', requirePartitionFilter: false, partitionsExpireAfterDays: 'never', expiresAfterDays: 'never' }`,
    )
    expect(optionsClause('It', { ...never, labels: {} })).toBe("options (description = 'It')")
  })

  it('is told to a table that stands only where that has it otherwise', () => {
    const kept = declared(
      `{ kind: 'table', partitionBy: 'day', requirePartitionFilter: true, partitionsExpireAfterDays: 90, expiresAfterDays: 2 }`,
    )
    const asKept: Partial<TableResource> = {
      requirePartitionFilter: true,
      timePartitioning: { type: 'DAY', field: 'day', expirationMs: String(90 * day) },
      expirationTime: String(2 * day),
    }
    expect(declaredChanges(kept, standing(asKept))).toEqual({})
    expect(declaredChanges(kept, standing({ labels: { team: 'other', by: 'hand' } }))).toEqual({
      labels: { team: 'models', cost: 'high', domain: 'web', use: 'web' },
      ...asKept,
    })
  })

  it('is taken away only where the model says so', () => {
    const byHand: Partial<TableResource> = {
      requirePartitionFilter: true,
      timePartitioning: { type: 'DAY', field: 'day', expirationMs: '1' },
      expirationTime: '1',
    }
    expect(declaredChanges(declared(`{ kind: 'table', partitionBy: 'day' }`), standing(byHand))).toEqual({})
    const never = declared(
      `{ kind: 'table', partitionBy: 'day', requirePartitionFilter: false, partitionsExpireAfterDays: 'never', expiresAfterDays: 'never' }`,
    )
    expect(declaredChanges(never, standing(byHand))).toEqual({
      requirePartitionFilter: false,
      timePartitioning: { type: 'DAY', field: 'day', expirationMs: null },
      expirationTime: null,
    })
    expect(declaredChanges(never, standing())).toEqual({})
  })

  it('leaves the tag of a column without a class, and takes the place of another on one that has', () => {
    const guards = { policyTags: { email: 'projects/p/1' } }
    const byHand = { policyTags: { names: ['projects/p/9'] } }
    expect(tagged({ name: 'id', type: 'STRING', ...byHand }, guards)).toMatchObject(byHand)
    expect(tagged({ name: 'email', type: 'STRING', ...byHand }, guards).policyTags).toEqual({ names: ['projects/p/1'] })
  })
})

describe('What a target says of one model', () => {
  it('holds in the place of what it says of all, its labels beside those', () => {
    expect(settingsFor(settings, 'logs')).toMatchObject({
      priority: 'batch',
      maximumBytesBilled: 10,
      labels: { team: 'growth', cost: 'high', use: 'web' },
    })
  })

  it('holds for no other statement', () => {
    expect(settingsFor(settings, 'orders')).toBe(settings)
    expect(settingsFor(settings, undefined)).toBe(settings)
  })
})

describe('The filter through which every row of a raw table is read', () => {
  const table = (type: string, more: Partial<TableResource> = {}, mode = 'NULLABLE') =>
    everyRowOf(standing({ requirePartitionFilter: true, schema: { fields: [{ name: 'Day', type, mode }] }, ...more }))

  it.each([
    ['DATE', "(`Day` >= date '0001-01-01' or `Day` is null)"],
    ['DATETIME', "(`Day` >= datetime '0001-01-01 00:00:00' or `Day` is null)"],
    ['TIMESTAMP', "(`Day` >= timestamp '0001-01-01 00:00:00+00' or `Day` is null)"],
  ])('is of the column that it is partitioned by, a %s', (columnType, filter) => {
    expect(table(columnType)).toBe(filter)
  })

  it('asks nothing about NULL of a column that has none', () => {
    expect(table('DATE', {}, 'REQUIRED')).toBe("`Day` >= date '0001-01-01'")
  })

  it('is of a range, or of when rows came in', () => {
    const range = { timePartitioning: undefined, rangePartitioning: { field: 'Day' } } as unknown as TableResource
    expect(table('INTEGER', range)).toBe('(`Day` >= -9223372036854775808 or `Day` is null)')
    expect(table('DATE', { timePartitioning: { type: 'DAY' } })).toBe(
      "(_PARTITIONTIME >= timestamp '0001-01-01 00:00:00+00' or _PARTITIONTIME is null)",
    )
  })

  it('is none where none is asked for', () => {
    expect(table('DATE', { requirePartitionFilter: false })).toBeUndefined()
  })
})
