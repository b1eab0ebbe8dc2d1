import type { CompiledSourceTable } from '../../compile/compiled.ts'
import type { RawFreshness, Session } from '../warehouse.ts'
import { openSource } from './check-source.ts'
import { type Staging, withStagedRows } from './stage-rows.ts'

const landing = 'tl_freshness'

/**
 * The number of raw rows and the latest time at which one came in, read where the rows stand and nothing kept. That one column alone is read:
 * a row whose time cannot be read counts and has none, and what is wrong with other columns is for the landing to tell.
 */
export async function sourceFreshness(session: Session, table: CompiledSourceTable): Promise<RawFreshness> {
  const { loadedAt } = table
  const declared = loadedAt === undefined ? {} : { [loadedAt]: table.columns[loadedAt]! }
  const input = await openSource(session, { ...table, columns: declared })
  const staging: Staging = { what: table.name, input, declared, landing, kind: 'temp table', rowIds: 'without row ids' }
  return withStagedRows(session, staging, async () => {
    const latest = loadedAt === undefined ? 'null' : 'cast(cast(max(t0) as timestamp) as varchar)'
    const [found] = await session.query(`select count(*) as row_count, ${latest} as latest from ${landing}`)
    return {
      rowCount: Number(found?.row_count),
      latestLoadedAt: typeof found?.latest === 'string' ? found.latest : undefined,
    }
  })
}
