import { existsSync } from 'node:fs'
import { basename, parse } from 'node:path'
import type { Naming, SchemaName } from '../compile/compiled.ts'
import type { Dialect } from '../compile/dialect/dialect.ts'
import { dialects } from '../compile/dialect/dialects.ts'
import { naming, namingBy } from '../compile/naming.ts'
import type { SnowflakeTarget } from '../config/snowflake-target.ts'
import type { BigQueryTarget, Target } from '../config/targets.ts'
import { ProblemsError } from '../problems/problem.ts'
import { BigQueryWarehouse } from '../warehouse/bigquery/bigquery-warehouse.ts'
import { DuckDBWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts'
import { readConnection } from '../warehouse/snowflake/connections-toml.ts'
import { layerSchema } from '../warehouse/snowflake/layer-schema.ts'
import { openSettings, secretsOfConnection, secretsOfSignIn } from '../warehouse/snowflake/open-settings.ts'
import { SnowflakeWarehouse } from '../warehouse/snowflake/snowflake-warehouse.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import type { Effects } from './effects.ts'
import { shortPath } from './report/problem-text.ts'

/** Opens the warehouse of a target to look at what stands in it; nothing is changed, and others may look at the same time. */
export function openTargetToRead(target: Target): Promise<Warehouse> {
  if (target.engine !== 'duckdb') return openTarget(target)
  const { path, memoryLimitBytes, threads } = target
  return DuckDBWarehouse.openToRead({ path, memoryLimitBytes, threads })
}

/** Opens the warehouse of a target; throws `ProblemsError` where it cannot be opened, or another process has it. */
export function openTarget(target: Target): Promise<Warehouse> {
  if (target.engine === 'bigquery') return BigQueryWarehouse.open(target)
  if (target.engine === 'snowflake') return openSnowflake(target)
  const { path, memoryLimitBytes, threads, publishTo } = target
  return DuckDBWarehouse.open({ path, memoryLimitBytes, threads, publishTo })
}

/** Whether there is something to open: opening a file that is not there would make one. */
export function canBeOpened(target: Target): boolean {
  return target.engine !== 'duckdb' || existsSync(target.path)
}

export function dialectOf({ engine }: Target): Dialect {
  return dialects[engine]
}

/** Where the tables of a target stand. */
export function namingOf(target: Target): Naming {
  switch (target.engine) {
    case 'duckdb':
      return naming(target.schema)
    case 'bigquery':
      return namingBy(layer => datasetOf(layer, target))
    case 'snowflake':
      return namingBy(layer => layerSchema(layer, target))
  }
}

function datasetOf(layer: string, { project, dataset, datasets }: BigQueryTarget): SchemaName {
  const named = datasets[layer] ?? `${dataset}_${layer}`
  const dot = named.lastIndexOf('.')
  return dot < 0
    ? { schema: named, database: project }
    : { schema: named.slice(dot + 1), database: named.slice(0, dot) }
}

/** The database of a target, as its engine calls it. */
export function databaseOf(target: Target): string {
  switch (target.engine) {
    case 'duckdb':
      return target.path === ':memory:' ? 'memory' : parse(basename(target.path)).name
    case 'bigquery':
      return target.project
    case 'snowflake':
      return target.database.toLowerCase()
  }
}

/** Where a target builds, in a word or two. */
export function placeOf(target: Target, cwd: string): string {
  switch (target.engine) {
    case 'duckdb':
      return shortPath(target.path, cwd)
    case 'bigquery':
      return `BigQuery, ${target.project}, ${target.location}`
    case 'snowflake':
      return `Snowflake, ${target.account ?? `connection ${target.connection}`}, ${target.database}`
  }
}

/** The settings as they are, with what a named connection says. */
async function openSnowflake(target: SnowflakeTarget): Promise<Warehouse> {
  return SnowflakeWarehouse.open(openSettings(target, process.env))
}

/** Secrets that stand neither in the config nor in the environment: those of a file, or of a named connection. None where it cannot be read: whoever opens it says so. */
export function secretsOfTarget(target: Target, env: Effects['env']): readonly string[] {
  if (target.engine !== 'snowflake') return []
  if (target.connection === undefined) return target.signIn === undefined ? [] : secretsOfSignIn(target.signIn)
  try {
    return secretsOfConnection(readConnection(target.connection, env))
  } catch (error) {
    if (error instanceof ProblemsError) return []
    throw error
  }
}
