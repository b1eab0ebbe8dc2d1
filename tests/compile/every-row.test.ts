import { describe, expect, it } from 'vitest'
import { compileProject } from '../../src/compile/compile-project.ts'
import { bigquery } from '../../src/compile/dialect/bigquery.ts'
import type { Dialect } from '../../src/compile/dialect/dialect.ts'
import { duckdb } from '../../src/compile/dialect/duckdb.ts'
import { tablePath } from '../../src/compile/naming.ts'
import { failingRows, rowScanSql } from '../../src/quality/test-sql.ts'
import { projectOf } from '../support/project.ts'

const visits = (column: string, materialize: string) => `
import { date, key, model, sql, timestamp } from 'throughline'

export const visits = model({
  description: 'One row per visit.',
  grain: ['visit_id'],
  columns: { visit_id: key('Id'), seen: ${column} },
  materialize: { kind: 'table', ${materialize} },
  tests: { never: { 'is of nobody': self => sql\`select v.visit_id from \${self} as v where v.visit_id is null\` } },
  query: () => sql\`select 'a' as visit_id, date '2026-01-01' as seen\`,
})
`

const counted = `
import { model, references, sql } from 'throughline'
import { visits } from './visits'

export const counted = model({
  description: 'One row per visit.',
  grain: ['visit_id'],
  columns: { visit_id: references(visits.columns.visit_id) },
  materialize: { kind: 'view' },
  query: () => sql\`select v.visit_id from \${visits} as v\`,
})
`

const compiled = (dialect: Dialect, column: string, materialize: string) => {
  const { input } = projectOf({ 'models/web/visits.ts': visits(column, materialize), 'models/web/counted.ts': counted })
  const { compiled: project, problems } = compileProject({ ...input, dialect })
  expect(problems).toEqual([])
  return project
}

const filtered = `partitionBy: { column: 'seen', by: 'day' }, requirePartitionFilter: true`

describe('A table of which BigQuery asks a filter of the partitions', () => {
  it.each([
    ["date('Day')", "seen >= date '0001-01-01'"],
    ["timestamp('When')", "seen >= timestamp '0001-01-01 00:00:00+00'"],
    ["date('Day').nullable()", "(seen >= date '0001-01-01' or seen is null)"],
  ])('is read through one that every row passes, wherever the project reads it: %s', (column, condition) => {
    const { models } = compiled(bigquery, column, filtered)
    const table = models.get('visits')!.table
    const read = `(select * from web.visits as tl_all where ${condition})`
    expect(models.get('counted')!.authored!.text).toBe(`select v.visit_id from ${read} as v`)
    const { tests } = models.get('visits')!
    expect(rowScanSql(table, tests, undefined).sql).toContain(`from ${read} as tl_tested`)
    const never = tests.find(({ kind }) => kind === 'never')!
    expect(failingRows(never, table, () => table)).toContain(`from ${read} as v`)
    const references = models.get('counted')!.tests.find(({ kind }) => kind === 'references')!
    expect(failingRows(references, models.get('counted')!.table, () => table)).toContain(`from ${read} as parent`)
    // What makes and changes it names the table itself.
    expect(tablePath(table)).toBe('web.visits')
  })

  it('is read as it stands where the model asks none, and on an engine without partitions', () => {
    const plain = 'select v.visit_id from web.visits as v'
    const none = `partitionBy: { column: 'seen', by: 'day' }, requirePartitionFilter: false`
    expect(compiled(bigquery, "date('Day')", none).models.get('counted')!.authored!.text).toBe(plain)
    expect(compiled(duckdb, "date('Day')", filtered).models.get('counted')!.authored!.text).toBe(plain)
  })
})
