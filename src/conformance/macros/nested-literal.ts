import type { ColumnType } from '../../authoring/column-type.ts'
import { type ExampleValue, macro } from '../../authoring/macro.ts'
import { identifier, join, type Sql, type SqlPart, type SqlValue, sql, type } from '../../authoring/sql.ts'

/**
 * A list or record of an example as each engine writes one, typed: fields that are left out are NULL. Snowflake's is a VARIANT, as which it keeps
 * what is nested in raw tables.
 */
export function nestedLiteral(of: ColumnType, value: ExampleValue): SqlPart {
  const json = value === null ? null : JSON.stringify(filled(of, value))
  const literal = macro({
    takes: [],
    gives: 'text',
    examples: [],
    as: () => ({
      duckdb: sql`cast(cast(${json} as json) as ${type.of(of)})`,
      bigquery: constructed(of, value),
      snowflake: sql`parse_json(${json})`,
    }),
  })
  return literal()
}

/** The value with all the fields that its type has; integers past 2^53 as text, which the engines read as well. */
function filled(of: ColumnType, value: ExampleValue): unknown {
  if (value === null) return null
  if (of.kind === 'list') return (value as readonly ExampleValue[]).map(item => filled(of.of, item))
  if (of.kind !== 'record') return typeof value === 'bigint' ? value.toString() : value
  return Object.fromEntries(Object.entries(of.fields).map(([name, field]) => [name, filled(field, at(value, name))]))
}

function constructed(of: ColumnType, value: ExampleValue): Sql {
  if (value === null || (of.kind !== 'list' && of.kind !== 'record'))
    return sql`cast(${value as SqlValue} as ${type.of(of)})`
  if (of.kind === 'list') {
    const items = (value as readonly ExampleValue[]).map(item => constructed(of.of, item))
    return items.length === 0 ? sql`cast([] as ${type.of(of)})` : sql`[${join(items, ', ')}]`
  }
  const fields = Object.entries(of.fields).map(
    ([name, field]) => sql`${constructed(field, at(value, name))} as ${identifier(name)}`,
  )
  return sql`struct(${join(fields, ', ')})`
}

function at(record: ExampleValue, name: string): ExampleValue {
  return (record as Readonly<Record<string, ExampleValue>>)[name] ?? null
}
