import { plainRows } from '../../../src/googlesql/googlesql.ts'
import type { LocalBigQuery } from './server/server.ts'

/** Lets the lease of the small shop be over, as five minutes without a renewal do. */
export async function leaseIsOver(server: LocalBigQuery): Promise<void> {
  if (server.store.findTable({ dataset: 'j_about', table: 'lease' }) === undefined) return
  await server.query("update j_about.lease set expires_at = timestamp '2020-01-01 00:00:00' where true")
}

/** The run that has the lease of the small shop, or had it last; and whether it has given it back. */
export async function leaseOf(server: LocalBigQuery): Promise<{ readonly runId: string; readonly isFree: boolean }> {
  const [row] = plainRows(await server.query('select run_id, released_at is not null as is_free from j_about.lease'))
  return { runId: String(row!.run_id), isFree: row!.is_free === true }
}
