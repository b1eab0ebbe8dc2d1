import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import type { Session } from '../../src/warehouse/warehouse.ts'
import { afterFile } from './after-file.ts'

/** A database of its own, closed when the tests of the file are done. */
export async function inMemory(): Promise<{ readonly warehouse: DuckDBWarehouse; readonly session: Session }> {
  const warehouse = await DuckDBWarehouse.open({ path: ':memory:' })
  const session = await warehouse.connect()
  afterFile(async () => {
    session.close()
    await warehouse.close()
  })
  return { warehouse, session }
}
