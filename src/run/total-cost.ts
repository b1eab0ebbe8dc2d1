import type { StatementCost } from '../warehouse/warehouse.ts'

/** Undefined is what no statement tells. */
export interface TotalCost {
  readonly bytesProcessed: number | undefined
  readonly bytesBilled: number | undefined
  readonly slotMilliseconds: number | undefined
  readonly elapsedMilliseconds: number | undefined
  readonly cloudServicesCredits: number | undefined
  readonly estimatedUsd: number | undefined
}

/** What several statements took together, as far as they tell. */
export function totalCost(costs: readonly StatementCost[]): TotalCost {
  const sum = (of: keyof TotalCost): number | undefined => {
    const known = costs.flatMap(cost => cost[of] ?? [])
    return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0)
  }
  return {
    bytesProcessed: sum('bytesProcessed'),
    bytesBilled: sum('bytesBilled'),
    slotMilliseconds: sum('slotMilliseconds'),
    elapsedMilliseconds: sum('elapsedMilliseconds'),
    cloudServicesCredits: sum('cloudServicesCredits'),
    estimatedUsd: sum('estimatedUsd'),
  }
}
