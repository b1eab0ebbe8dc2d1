import type { CompiledSourceTable } from '../../compile/compiled.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { judgedBy, latestInstant, latestSql } from '../freshness.ts'
import type { RawFreshness, Session } from '../warehouse.ts'
import { openSource } from './check-source.ts'
import { type Staging, withStagedRows } from './stage-rows.ts'

const landing = 'tl_freshness'

/**
 * The number of raw rows and the latest time that they tell, read where the rows stand and nothing kept. That one column alone is read:
 * a row whose time cannot be read counts and has none, and what is wrong with other columns is for the landing to tell.
 */
export async function sourceFreshness(
  session: Session,
  table: CompiledSourceTable,
  asOf: string,
): Promise<RawFreshness> {
  const by = judgedBy(table)
  const declared = by === undefined ? {} : { [by.column]: table.columns[by.column]! }
  const input = await openSource(session, { ...table, columns: declared })
  const staging: Staging = { what: table.name, input, declared, landing, kind: 'temp table', rowIds: 'without row ids' }
  return withStagedRows(session, staging, async () => {
    const latest = by === undefined ? 'null' : latestSql('t0', by, asOf, duckdb)
    const [found] = await session.query(
      `select count(*) as row_count, cast(${latest} as varchar) as latest from ${landing}`,
    )
    return { rowCount: Number(found?.row_count), latestAt: by && latestInstant(found?.latest, by) }
  })
}
