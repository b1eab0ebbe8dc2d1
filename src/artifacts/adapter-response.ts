import type { NodeResult } from '../run/result.ts'
import { totalCost } from '../run/total-cost.ts'
import type { JsonObject } from './json.ts'

/** What the warehouse said of a node's statements, with the names that dbt gives: together, and each of them under `jobs`. */
export function adapterResponse({ rowCount, costs }: NodeResult): JsonObject {
  const rows = rowCount === undefined ? {} : { rows_affected: rowCount }
  if (costs.length === 0) return rows
  const { bytesProcessed, bytesBilled, slotMilliseconds, estimatedUsd } = totalCost(costs)
  return {
    ...rows,
    bytes_processed: bytesProcessed,
    bytes_billed: bytesBilled,
    slot_ms: slotMilliseconds,
    estimated_usd: estimatedUsd,
    job_id: costs.at(-1)!.jobId,
    jobs: costs.map(cost => ({
      job_id: cost.jobId,
      bytes_processed: cost.bytesProcessed,
      bytes_billed: cost.bytesBilled,
      slot_ms: cost.slotMilliseconds,
      rows_affected: cost.rowsAffected ?? null,
      cache_hit: cost.isCacheHit,
      estimated_usd: cost.estimatedUsd,
    })),
  }
}
