import type { NodeResult } from '../run/result.ts'
import { type TotalCost, totalCost } from '../run/total-cost.ts'
import type { JsonObject } from './json.ts'

type Costs = NodeResult['costs']

/** What the warehouse said of a node's statements, with the names that dbt gives: together, and each of them under `jobs`. What it does not tell is not there. */
export function adapterResponse({ rowCount, costs }: NodeResult): JsonObject {
  const rows = rowCount === undefined ? {} : { rows_affected: rowCount }
  if (costs.length === 0) return rows
  const isBilled = costs.some(({ bytesBilled }) => bytesBilled !== undefined)
  return isBilled ? { ...rows, ...billed(costs) } : { ...rows, ...taken(costs) }
}

/** BigQuery's jobs. */
function billed(costs: Costs): JsonObject {
  return {
    ...billedAmounts(totalCost(costs)),
    job_id: costs.at(-1)!.jobId,
    jobs: costs.map(cost => {
      const { estimated_usd, ...amounts } = billedAmounts(cost)
      const rows_affected = cost.rowsAffected ?? null
      return { job_id: cost.jobId, ...amounts, rows_affected, cache_hit: cost.isCacheHit ?? false, estimated_usd }
    }),
  }
}

function billedAmounts(amounts: Partial<TotalCost>) {
  return {
    bytes_processed: amounts.bytesProcessed ?? 0,
    bytes_billed: amounts.bytesBilled ?? 0,
    slot_ms: amounts.slotMilliseconds ?? 0,
    estimated_usd: amounts.estimatedUsd ?? 0,
  }
}

/** Snowflake's queries. */
function taken(costs: Costs): JsonObject {
  return {
    ...takenAmounts(totalCost(costs)),
    query_id: costs.at(-1)!.jobId,
    jobs: costs.map(cost => ({
      query_id: cost.jobId,
      ...takenAmounts(cost),
      rows_affected: cost.rowsAffected ?? null,
    })),
  }
}

function takenAmounts({ bytesProcessed, elapsedMilliseconds, cloudServicesCredits }: Partial<TotalCost>): JsonObject {
  return {
    ...(bytesProcessed === undefined ? {} : { bytes_scanned: bytesProcessed }),
    ...(elapsedMilliseconds === undefined ? {} : { elapsed_ms: elapsedMilliseconds }),
    ...(cloudServicesCredits === undefined ? {} : { credits_cloud_services: cloudServicesCredits }),
  }
}
