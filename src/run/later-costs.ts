import type { LaterCost, StatementCost } from '../warehouse/warehouse.ts'
import type { NodeResult } from './result.ts'

/** Results with what the warehouse told of their statements after they had run; of what it did not tell, as they were. */
export function withLaterCosts(
  results: readonly NodeResult[],
  told: ReadonlyMap<string, LaterCost>,
): readonly NodeResult[] {
  if (told.size === 0) return results
  const completed = (cost: StatementCost): StatementCost => ({ ...cost, ...told.get(cost.jobId) })
  return results.map(result => ({ ...result, costs: result.costs.map(completed) }))
}
