import { describe, expect, it } from 'vitest'
import { layoutProblems } from '../../src/check/check-layout.ts'
import { projectOf } from '../support/project.ts'

const logs = (materialize: string) => `
import { boolean, date, integer, json, key, list, model, real, sql, text, timestamp } from 'throughline'

export const logs = model({
  description: 'One row per line.',
  grain: ['id'],
  columns: {
    id: key('Id'), day: date('Day'), sent_at: timestamp('When'), share: real('Share'), tags: list(text(), 'Tags'),
    data: json('Data'), ok: boolean('Ok'), size: integer('Size'), a: text('A'),
  },
  materialize: ${materialize},
  query: () => sql\`select 1 as id\`,
})
`

const told = (materialize: string) => {
  const { compiled, problems } = projectOf({ 'models/logs/logs.ts': logs(materialize) })
  return [...problems, ...layoutProblems(compiled).map(({ problem }) => problem)].map(({ message, hint }) => [
    message,
    hint,
  ])
}

describe('The keys of partitions and clusters', () => {
  it.each([
    `{ kind: 'table', partitionBy: 'day', clusterBy: ['id', 'ok', 'size', 'sent_at'] }`,
    `{ kind: 'table', partitionBy: { column: 'day', by: 'month' } }`,
    `{ kind: 'table', partitionBy: { column: 'sent_at', by: 'hour' } }`,
    `{ kind: 'table', clusterBy: ['a'] }`,
    `{ kind: 'table', partitionBy: 'day', requirePartitionFilter: true, partitionsExpireAfterDays: 400 }`,
    `{ kind: 'table', partitionBy: 'day', partitionsExpireAfterDays: 'never', expiresAfterDays: 30 }`,
    `{ kind: 'table', requirePartitionFilter: false, expiresAfterDays: 'never' }`,
  ])('are taken as they are in %s', materialize => {
    expect(told(materialize)).toEqual([])
  })

  it.each([
    [
      `{ kind: 'table', clusterBy: ['id', 'day', 'ok', 'size', 'a'] }`,
      'logs: clusters by 5 columns, and BigQuery takes 4 at most',
    ],
    [`{ kind: 'table', clusterBy: ['share'] }`, "logs: 'share' is real, which BigQuery does not cluster by"],
    [`{ kind: 'table', clusterBy: ['tags'] }`, "logs: 'tags' is list, which BigQuery does not cluster by"],
    [`{ kind: 'table', clusterBy: ['data'] }`, "logs: 'data' is json, which BigQuery does not cluster by"],
    [
      `{ kind: 'table', partitionBy: 'size' }`,
      "logs: 'size' is integer, and tables are partitioned by a date or a timestamp",
    ],
    [`{ kind: 'table', partitionBy: { column: 'day', by: 'hour' } }`, "logs: 'day' is a date, and has no hours"],
    [`{ kind: 'table', clusterBy: ['a', 'ok', 'a'] }`, "logs: clusters by 'a' twice"],
    [
      `{ kind: 'table', requirePartitionFilter: true }`,
      'logs: queries cannot be required to filter partitions, since it has none',
    ],
    [
      `{ kind: 'table', clusterBy: ['a'], partitionsExpireAfterDays: 90 }`,
      'logs: its partitions cannot expire, since it has none',
    ],
  ])('that BigQuery would refuse are refused: %s', (materialize, message) => {
    expect(told(materialize).map(([first]) => first)).toEqual([message])
  })

  it.each([
    [`{ kind: 'table', partitionBy: 'sent_at' }`, /'sent_at' is a timestamp.*write \{ column: 'sent_at', by: 'day' \}/],
    [`{ kind: 'view', clusterBy: ['a'] }`, /a view has no rows of its own to partition, cluster or let expire/],
    [`{ kind: 'table', clusterBy: ['b'] }`, /materialize\.clusterBy: the contract has no column 'b'/],
    [`{ kind: 'view', expiresAfterDays: 3 }`, /a view has no rows of its own to partition, cluster or let expire/],
    [`{ kind: 'table', expiresAfterDays: 0.5 }`, /expiresAfterDays: 0\.5 is no number of days/],
    [
      `{ kind: 'table', partitionsExpireAfterDays: '30 days' }`,
      /partitionsExpireAfterDays: 30 days is no number of days/,
    ],
    [`{ kind: 'table', requirePartitionFilter: 'yes' }`, /requirePartitionFilter is true or false/],
    [`{ kind: 'table', expiresAfter: 3 }`, /'expiresAfter' is none of kind, .*did you mean expiresAfterDays\?/],
    [`{ kind: 'table', partitionBy: { column: 'day', by: 'week' } }`, /'week' is none of hour, day, month, year/],
  ])('that no engine could make sense of are told where they stand: %s', (materialize, message) => {
    expect(
      told(materialize)
        .map(([first]) => first)
        .join(),
    ).toMatch(message)
  })
})
