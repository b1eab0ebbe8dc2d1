import { existsSync } from 'node:fs'
import { basename, parse } from 'node:path'
import type { Naming } from '../compile/compiled.ts'
import type { Dialect } from '../compile/dialect/dialect.ts'
import { dialects } from '../compile/dialect/dialects.ts'
import { naming, namingBy } from '../compile/naming.ts'
import type { BigQueryTarget, Target } from '../config/targets.ts'
import { BigQueryWarehouse } from '../warehouse/bigquery/bigquery-warehouse.ts'
import { DuckDBWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { shortPath } from './report/problem-text.ts'

/** Opens the warehouse of a target to look at what stands in it; nothing is changed, and others may look at the same time. */
export function openTargetToRead(target: Target): Promise<Warehouse> {
  if (target.engine === 'bigquery') return BigQueryWarehouse.open(target)
  const { path, memoryLimitBytes, threads } = target
  return DuckDBWarehouse.openToRead({ path, memoryLimitBytes, threads })
}

/** Opens the warehouse of a target; throws `ProblemsError` where it cannot be opened, or another process has it. */
export function openTarget(target: Target): Promise<Warehouse> {
  if (target.engine === 'bigquery') return BigQueryWarehouse.open(target)
  const { path, memoryLimitBytes, threads, publishTo } = target
  return DuckDBWarehouse.open({ path, memoryLimitBytes, threads, publishTo })
}

/** Whether there is something to open: opening a file that is not there would make one. */
export function canBeOpened(target: Target): boolean {
  return target.engine === 'bigquery' || existsSync(target.path)
}

export function dialectOf({ engine }: Target): Dialect {
  return dialects[engine]
}

/** Where the tables of a target stand. */
export function namingOf(target: Target): Naming {
  return target.engine === 'bigquery' ? namingBy(layer => datasetOf(layer, target)) : naming(target.schema)
}

function datasetOf(layer: string, { project, dataset, datasets }: BigQueryTarget) {
  const named = datasets[layer] ?? `${dataset}_${layer}`
  const dot = named.lastIndexOf('.')
  return dot < 0
    ? { schema: named, database: project }
    : { schema: named.slice(dot + 1), database: named.slice(0, dot) }
}

/** The database of a target, as its engine calls it. */
export function databaseOf(target: Target): string {
  if (target.engine === 'bigquery') return target.project
  return target.path === ':memory:' ? 'memory' : parse(basename(target.path)).name
}

/** Where a target builds, in a word or two. */
export function placeOf(target: Target, cwd: string): string {
  if (target.engine === 'bigquery') return `BigQuery, ${target.project}, ${target.location}`
  return shortPath(target.path, cwd)
}
