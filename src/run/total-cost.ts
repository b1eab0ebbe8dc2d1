import type { StatementCost } from '../warehouse/warehouse.ts'

export interface TotalCost {
  readonly bytesProcessed: number
  readonly bytesBilled: number
  readonly slotMilliseconds: number
  readonly estimatedUsd: number
}

/** What several statements took together. */
export function totalCost(costs: readonly StatementCost[]): TotalCost {
  const sum = (of: (cost: StatementCost) => number) => costs.reduce((total, cost) => total + of(cost), 0)
  return {
    bytesProcessed: sum(cost => cost.bytesProcessed),
    bytesBilled: sum(cost => cost.bytesBilled),
    slotMilliseconds: sum(cost => cost.slotMilliseconds),
    estimatedUsd: sum(cost => cost.estimatedUsd),
  }
}
