import type { AnyColumn } from '../../authoring/column.ts'
import type { CompiledProject } from '../compiled.ts'
import { landingColumns } from '../landing-columns.ts'
import { tablePath } from '../naming.ts'
import type { TypedColumns } from './scope.ts'
import { type SnowflakeType, snowflakeTypeOf } from './snowflake-type.ts'

/** The columns of the project's tables by their paths, as Snowflake has them by their contracts. */
export function typedTables({ models, sourceTables }: CompiledProject): (path: string) => TypedColumns {
  const tables = new Map<string, TypedColumns>()
  for (const { table, columns } of sourceTables.values())
    tables.set(tablePath(table).toLowerCase(), typed({ ...columns, ...landingColumns }))
  for (const { table, columns, fixpoint } of models.values()) {
    tables.set(tablePath(table).toLowerCase(), typed(columns))
    for (const work of Object.values(fixpoint?.work ?? {}))
      tables.set(tablePath(work.table).toLowerCase(), typed(work.columns))
  }
  return path => tables.get(path)
}

function typed(columns: Readonly<Record<string, AnyColumn>>): TypedColumns {
  return new Map(
    Object.entries(columns).map(([name, { type }]): [string, SnowflakeType] => [
      name.toLowerCase(),
      snowflakeTypeOf(type),
    ]),
  )
}
