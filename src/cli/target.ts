import type { Target } from '../config/targets.ts'
import { DuckDBWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'

/** Opens the warehouse of a target to look at what stands in it; nothing can be changed, and others may look at the same time. */
export function openTargetToRead({ path, memoryLimitBytes, threads }: Target): Promise<Warehouse> {
  return DuckDBWarehouse.openToRead({ path, memoryLimitBytes, threads })
}

/** Opens the warehouse of a target; throws `ProblemsError` where it cannot be opened, or another process has it. */
export function openTarget({ path, memoryLimitBytes, threads, publishTo }: Target): Promise<Warehouse> {
  return DuckDBWarehouse.open({ path, memoryLimitBytes, threads, publishTo })
}
