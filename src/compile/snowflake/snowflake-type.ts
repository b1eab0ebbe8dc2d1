import type { ColumnType } from '../../authoring/column-type.ts'

/** The types of Snowflake that the project's SQL has, by Snowflake's names. */
export const snowflakeTypes = [
  'varchar',
  'number',
  'float',
  'boolean',
  'date',
  'timestamp_ntz',
  'variant',
  'array',
] as const
export type SnowflakeType = (typeof snowflakeTypes)[number]

/** As what a column of the contract is read there. Lists and records are VARIANT, as which raw tables have them. */
export function snowflakeTypeOf({ kind }: ColumnType): SnowflakeType {
  return types[kind]
}

const types: Readonly<Record<ColumnType['kind'], SnowflakeType>> = {
  text: 'varchar',
  integer: 'number',
  number: 'number',
  real: 'float',
  boolean: 'boolean',
  timestamp: 'timestamp_ntz',
  date: 'date',
  json: 'variant',
  list: 'variant',
  record: 'variant',
}
