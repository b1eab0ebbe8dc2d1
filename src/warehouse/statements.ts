import type { Query, TableName } from '../compile/compiled.ts'
import { tablePath } from '../compile/naming.ts'

export const createTable = (table: TableName, query: Query | string): string =>
  `create or replace table ${tablePath(table)} as\n${typeof query === 'string' ? query : query.text}`

export const createView = (view: TableName, query: Query | string): string =>
  `create or replace view ${tablePath(view)} as\n${typeof query === 'string' ? query : query.text}`

export const dropTable = (table: TableName): string => `drop table if exists ${tablePath(table)}`

export const dropView = (view: TableName): string => `drop view if exists ${tablePath(view)}`
