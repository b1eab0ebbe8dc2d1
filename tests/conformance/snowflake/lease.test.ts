import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { compileProject } from '../../../src/compile/compile-project.ts'
import type { CompiledModel } from '../../../src/compile/compiled.ts'
import { snowflake } from '../../../src/compile/dialect/snowflake.ts'
import { namingBy, tablePath } from '../../../src/compile/naming.ts'
import { takeLease } from '../../../src/run/lease.ts'
import { publishedRow, staleStatement, statusTable } from '../../../src/run/table-status.ts'
import type { Fence } from '../../../src/warehouse/sharing.ts'
import { SnowflakeWarehouse } from '../../../src/warehouse/snowflake/snowflake-warehouse.ts'
import { type Session, WarehouseError } from '../../../src/warehouse/warehouse.ts'
import { projectOf } from '../../support/project.ts'
import { pauses, settingsOf } from './client-support.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

const naming = namingBy(layer => ({ schema: `j_${layer}`, database: 'shop' }))
const scratch = naming.scratch('notes')
const lost = 'run first has lost the lease of its target'

const model = (materialize: string, description: string, more: string) => `
import { integer, key, model, sql } from 'throughline'

export const notes = model({
  description: '${description}',
  grain: ['note'],
  columns: { note: key('Which'), size: integer('How long')${more === '' ? '' : `, ${more}: integer('More').nullable()`} },
  materialize: { kind: '${materialize}' },
  query: () => sql\`select 'x' as note, 1 as size${more === '' ? '' : `, 2 as ${more}`}\`,
})
`

function notes(materialize: 'table' | 'view', description = 'Notes.', more = ''): CompiledModel {
  const { input } = projectOf({ 'models/kpis/notes.ts': model(materialize, description, more) })
  return compileProject({ ...input, dialect: snowflake, naming }).compiled.models.get('notes')!
}

describe.skipIf(whyNoFakesnow() !== undefined)('On Snowflake', { timeout: 120_000 }, () => {
  let server: LocalSnowflake
  let warehouse: SnowflakeWarehouse
  let session: Session
  let [ours, theirs]: Fence[] = []
  const leaseInput = (runId: string) => ({
    warehouse,
    naming,
    runId,
    owner: `the computer of ${runId}`,
    every: () => () => undefined,
    emit: () => undefined,
  })
  const leaseIsOver = () => server.query("update shop.j_about.lease set expires_at = '2026-01-01 00:00:00'")

  beforeAll(async () => {
    server = await startLocalSnowflake()
    server.told.tell(/\binformation_schema\.query_history\(/, [])
    server.told.tell(/^show grants on (table|view) /, [])
    warehouse = await SnowflakeWarehouse.open(settingsOf(server), pauses().retries)
    session = await warehouse.connect()
    await warehouse.clearScratch(session, { schema: 'j_tl_scratch', database: 'shop' })
    await warehouse.createSchemas(session, [{ schema: 'j_kpis', database: 'shop' }])
    const first = await takeLease(leaseInput('first'))
    await leaseIsOver()
    const second = await takeLease(leaseInput('second'))
    theirs = first!.fence
    ours = second!.fence
    await warehouse.createOwnTable(session, statusTable(naming.status))
  })
  afterAll(async () => {
    session?.close()
    await warehouse?.close()
    await server?.close()
  })
  beforeEach(async () => {
    await warehouse.clearScratch(session, { schema: 'j_kpis', database: 'shop' })
  })

  /** Fills scratch with these notes, and publishes them for who has this fence. */
  async function publishing(published: CompiledModel, fence: Fence, written: readonly string[]): Promise<unknown> {
    const isView = published.materialization === 'view'
    const rows = written.map(note => `select '${note}' as note, 1 as size`)
    const empty = "select 'x' as note, 1 as size where false"
    await server.query(
      isView
        ? `create or replace view ${tablePath(scratch)} as select 'x' as note`
        : `create or replace table ${tablePath(scratch)} as ${rows.length === 0 ? empty : rows.join(' union all ')}`,
    )
    const told = {
      table: published.table,
      runId: fence.runId,
      publishedAt: '2026-06-01 12:00:00',
      dataThrough: undefined,
      rowCount: 1,
      tests: undefined,
    }
    const status = publishedRow(naming.status, told, snowflake)
    const done = await warehouse
      .publish(session, { model: published, scratch, status, fence })
      .catch((error: unknown) => error)
    await warehouse.clearScratch(session, { schema: 'j_tl_scratch', database: 'shop' })
    return done
  }

  const rowsOf = async (table: string) =>
    (await session.query(`select note from shop.${table} order by note`)).map(({ note }) => note)

  /** All that is there, with what is told of it. */
  async function standing(): Promise<unknown> {
    const all = await warehouse.standingAll(session, [{ schema: 'j_kpis', database: 'shop' }])
    const objects = [...all.values()]
    const rows = await Promise.all(objects.map(({ table }) => server.query(`select * from ${tablePath(table)}`)))
    const status = await server.query(`select * from ${tablePath(naming.status)} order by table_name`)
    return { objects, rows: rows.map(one => one.rows), status: status.rows }
  }

  async function expectNothingDone(work: () => Promise<unknown>): Promise<void> {
    const before = await standing()
    const error = await work()
    expect(error).toBeInstanceOf(WarehouseError)
    expect(error).toMatchObject({ errorKind: 'lease' })
    expect((error as WarehouseError).message).toContain(lost)
    expect(await standing()).toEqual(before)
  }

  describe('where another run has the lease, nothing is done by', () => {
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
      await expectNothingDone(() => publishing(notes('table', 'Notes.', 'more'), theirs!, ['a']))
    })

    test('a table that is made anew, also in the place of a view', async () => {
      await session.execute('create table shop.j_kpis.notes as select 1 as note')
      await expectNothingDone(() => publishing(notes('table'), theirs!, ['a']))
      await session.execute('drop table shop.j_kpis.notes')
      await publishing(notes('view'), ours!, [])
      await expectNothingDone(() => publishing(notes('table'), theirs!, ['a']))
      expect(await rowsOf('j_kpis.notes')).toEqual(['x'])
    })

    test('a view: the first, another query, and one in the place of a table', async () => {
      await expectNothingDone(() => publishing(notes('view'), theirs!, []))
      await publishing(notes('view'), ours!, [])
      await expectNothingDone(() => publishing(notes('view', 'Other notes.'), theirs!, []))
      await session.execute('drop view shop.j_kpis.notes')
      await publishing(notes('table'), ours!, ['c'])
      await expectNothingDone(() => publishing(notes('view'), theirs!, []))
      expect(await rowsOf('j_kpis.notes')).toEqual(['c'])
    })

    test("a row of the engine's own tables, and the mark that a table is of an earlier run", async () => {
      await publishing(notes('table'), ours!, ['c'])
      const values = [
        ['table_name', "'j_kpis.notes'"],
        ['run_id', "'first'"],
      ] as const
      const row = { into: naming.status, values }
      await expectNothingDone(() => warehouse.writeRow(session, row, theirs).catch(error => error))
      const stale = (fence: Fence) =>
        staleStatement(naming.status, [notes('table').table], snowflake, warehouse.sharing.fence(fence))
      await expectNothingDone(() => session.execute(stale(theirs!)).catch(error => error))
      expect(await session.change(stale(ours!))).toBe(1)
    })
  })

  test('a lease is not to be had while a transaction that publishes holds it, and is lost to none that has published', async () => {
    const other = await warehouse.connect()
    await other.execute('begin')
    await other.change("update shop.j_about.lease set run_id = run_id where run_id = 'second'")
    let isTaken = false
    const taking = session
      .change("update shop.j_about.lease set run_id = 'third' where run_id = 'second'")
      .then(changed => {
        isTaken = true
        return changed
      })
    await new Promise(resolve => setTimeout(resolve, 1500))
    expect(isTaken).toBe(false)
    await other.execute('commit')
    expect(await taking).toBe(1)
    await session.change("update shop.j_about.lease set run_id = 'second' where run_id = 'third'")
    other.close()
  })

  test('of many who take a free lease at a time, one has it', async () => {
    await leaseIsOver()
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const taken = await Promise.allSettled(names.map(name => takeLease(leaseInput(name))))
    const winners = taken.flatMap(each => (each.status === 'fulfilled' ? [each.value!] : []))
    expect(winners).toHaveLength(1)
    const rows = await session.query('select run_id, owner from shop.j_about.lease')
    const { runId } = winners[0]!.fence
    expect(rows).toEqual([{ run_id: runId, owner: `the computer of ${runId}` }])
  })
})
