import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { compileProject } from '../../../src/compile/compile-project.ts'
import type { CompiledModel } from '../../../src/compile/compiled.ts'
import { bigquery } from '../../../src/compile/dialect/bigquery.ts'
import { namingBy, tablePath } from '../../../src/compile/naming.ts'
import { type GoogleSql, plainRows } from '../../../src/googlesql/googlesql.ts'
import { takeLease } from '../../../src/run/lease.ts'
import { publishedRow, staleStatement, statusTable } from '../../../src/run/table-status.ts'
import { BigQueryWarehouse } from '../../../src/warehouse/bigquery/bigquery-warehouse.ts'
import type { Fence } from '../../../src/warehouse/sharing.ts'
import { type Session, WarehouseError } from '../../../src/warehouse/warehouse.ts'
import { projectOf } from '../../support/project.ts'
import { startGoogleSql } from './google-sql.ts'
import { leaseIsOver } from './lease-row.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'

let google: GoogleSql
let server: LocalBigQuery
let warehouse: BigQueryWarehouse
let session: Session
let [ours, theirs]: Fence[] = []
let start: ReturnType<LocalBigQuery['store']['snapshot']>

const naming = namingBy(layer => ({ schema: `j_${layer}`, database: 'proof' }))
const emit = () => undefined
const every = () => () => undefined
const leaseInput = (runId: string) => ({ warehouse, naming, runId, owner: `the computer of ${runId}`, every, emit })

beforeAll(async () => {
  google = await startGoogleSql()
  server = await startLocalBigQuery({ google })
  warehouse = await BigQueryWarehouse.open({
    project: 'proof',
    location: 'EU',
    labels: {},
    priority: 'interactive',
    usdPerTib: 6.25,
    apiEndpoint: server.address,
  })
  session = await warehouse.connect()
  await warehouse.createSchemas(session, [{ schema: 'j_kpis' }, { schema: 'j_tl_scratch' }])
  const first = await takeLease(leaseInput('first'))
  await leaseIsOver(server)
  const second = await takeLease(leaseInput('second'))
  theirs = first!.fence
  ours = second!.fence
  await warehouse.createOwnTable(session, statusTable(naming.status))
  start = server.store.snapshot()
})
afterAll(async () => {
  await server?.close()
  google?.stop()
})
beforeEach(() => server.store.restore(start))

const model = (materialize: string, description: string, more: string) => `
import { integer, json, key, list, model, sql, text } from 'throughline'

export const notes = model({
  description: '${description}',
  grain: ['note'],
  columns: { note: key('Which'), words: list(text(), 'What it says'), more: json('Anything').nullable()${more} },
  materialize: { kind: '${materialize}' },
  query: () => sql\`select 'x' as note, ['a'] as words, cast(null as json) as more\`,
})
`

function notes(materialize: 'table' | 'view', description = 'Notes.', more = ''): CompiledModel {
  const { input } = projectOf({ 'models/kpis/notes.ts': model(materialize, description, more) })
  return compileProject({ ...input, dialect: bigquery, naming }).compiled.models.get('notes')!
}

const scratch = naming.scratch('notes')
const rowsOf = async (table: string) =>
  plainRows(await server.query(`select note from ${table} order by note`)).map(({ note }) => note)

/** Fills scratch with these notes, and publishes them for who has this fence. */
async function publishing(published: CompiledModel, fence: Fence, written: readonly string[]): Promise<unknown> {
  const rows = `select n as note, [n] as words, cast(null as json) as more from unnest(cast([${written.map(n => `'${n}'`)}] as array<string>)) as n`
  await server.query(`create or replace table ${tablePath(scratch)} as ${rows}`)
  const status = publishedRow(
    naming.status,
    {
      table: published.table,
      runId: fence.runId,
      publishedAt: '2026-06-01 12:00:00',
      dataThrough: undefined,
      rowCount: 1,
      tests: undefined,
    },
    bigquery,
  )
  return warehouse.publish(session, { model: published, scratch, status, fence }).catch((error: unknown) => error)
}

const lost = 'run first has lost the lease of its target'

/** All that is there, but scratch, with when it was changed. */
const standing = () =>
  server.store
    .allDatasets()
    .filter(({ id }) => id !== 'j_tl_scratch')
    .flatMap(({ id, tables }) => [...tables].map(([name, { modifiedAt }]) => `${id}.${name} ${modifiedAt}`))

async function expectNothingDone(work: () => Promise<unknown>): Promise<void> {
  const before = standing()
  const error = await work()
  expect(error).toBeInstanceOf(WarehouseError)
  expect(error).toMatchObject({ errorKind: 'lease' })
  expect((error as WarehouseError).message).toContain(lost)
  expect(standing()).toEqual(before)
}

describe('Where another run has the lease, nothing is done by', () => {
  test.each([
    ['some rows', ['a', 'b']],
    ['no row', []],
  ])('the first table, of %s', async (_, written) => {
    await expectNothingDone(() => publishing(notes('table'), theirs!, written))
    await publishing(notes('table'), ours!, written)
    expect(await rowsOf('j_kpis.notes')).toEqual(written)
  })

  test.each([
    ['some rows', ['a', 'b']],
    ['no row', []],
  ])('the next rows of a table that stands: %s', async (_, written) => {
    await publishing(notes('table'), ours!, ['c'])
    await expectNothingDone(() => publishing(notes('table'), theirs!, written))
    expect(await rowsOf('j_kpis.notes')).toEqual(['c'])
    await publishing(notes('table'), ours!, written)
    expect(await rowsOf('j_kpis.notes')).toEqual(written)
  })

  test('other words and columns of a table', async () => {
    await publishing(notes('table'), ours!, ['c'])
    await expectNothingDone(() => publishing(notes('table', 'Other notes.'), theirs!, ['a']))
  })

  test('a table that is made anew, also in the place of a view', async () => {
    await server.query('create table j_kpis.notes as select 1 as note')
    await expectNothingDone(() => publishing(notes('table'), theirs!, ['a']))
    await server.query('drop table j_kpis.notes')
    await publishing(notes('view'), ours!, [])
    await expectNothingDone(() => publishing(notes('table'), theirs!, ['a']))
    expect(await rowsOf('j_kpis.notes')).toEqual(['x'])
  })

  test('a view: the first, another query, and one in the place of a table', async () => {
    await expectNothingDone(() => publishing(notes('view'), theirs!, []))
    await publishing(notes('view'), ours!, [])
    await expectNothingDone(() => publishing(notes('view', 'Other notes.'), theirs!, []))
    await server.query('drop view j_kpis.notes')
    await publishing(notes('table'), ours!, ['c'])
    await expectNothingDone(() => publishing(notes('view'), theirs!, []))
    expect(await rowsOf('j_kpis.notes')).toEqual(['c'])
  })

  test('a row of the engine’s own tables, and the mark that a table is of an earlier run', async () => {
    await publishing(notes('table'), ours!, ['c'])
    const row = {
      into: naming.status,
      values: [
        ['table_name', "'j_kpis.notes'"],
        ['run_id', "'first'"],
      ] as const,
    }
    await expectNothingDone(() => warehouse.writeRow(session, row, theirs).catch(error => error))
    const stale = (fence: Fence) =>
      staleStatement(naming.status, [notes('table').table], bigquery, warehouse.sharing.fence(fence))
    await expectNothingDone(() => session.execute(stale(theirs!)).catch(error => error))
    expect(await session.change(stale(ours!))).toBe(1)
  })
})

test('A lease that was given back is nobody’s: what its run had still on the way does nothing', async () => {
  const lease = await (async () => {
    await leaseIsOver(server)
    return takeLease(leaseInput('third'))
  })()
  await lease!.release()
  await expect(session.execute(`select ${warehouse.sharing.fence(lease!.fence)}`)).rejects.toThrow(
    /run third has lost the lease/,
  )
})

test('Of many who take a free lease at a time, one has it', async () => {
  await leaseIsOver(server)
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const taken = await Promise.allSettled(names.map(name => takeLease(leaseInput(name))))
  const winners = taken.flatMap(each => (each.status === 'fulfilled' ? [each.value!] : []))
  expect(winners).toHaveLength(1)
  const [row] = plainRows(await server.query('select run_number, run_id, owner from j_about.lease'))
  expect(row).toEqual({
    run_number: 3,
    run_id: winners[0]!.fence.runId,
    owner: `the computer of ${winners[0]!.fence.runId}`,
  })
})

test('The table of the lease is made with its row by one of two, and says what its columns are', async () => {
  await server.query('drop table j_about.lease')
  const taken = await Promise.allSettled(['y', 'z'].map(name => takeLease(leaseInput(name))))
  expect(taken.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const { rows } = await server.query('select * from j_about.lease')
  expect(rows).toHaveLength(1)
  const { columns } = server.store.table({ dataset: 'j_about', table: 'lease' })
  expect(columns.find(({ name }) => name === 'expires_at')?.description).toContain('another may take it')
})
