import type { Engine } from '../../authoring/macro.ts'
import { bigquery } from './bigquery.ts'
import type { Dialect } from './dialect.ts'
import { duckdb } from './duckdb.ts'
import { snowflake } from './snowflake.ts'

export const dialects: Readonly<Record<Engine, Dialect>> = { duckdb, bigquery, snowflake }
