import type { Columns } from '../authoring/column.ts'
import type { Dialect } from './dialect/dialect.ts'

/** The relation that a shape's members make together, under these names of theirs; without members, no rows of its columns. */
export function unionText(columns: Columns, members: readonly string[], dialect: Dialect): string {
  const names = Object.keys(columns)
  const selects = members.map(member => `select ${names.join(', ')} from ${member}`)
  if (selects.length > 0) return `(\n  ${selects.join('\n  union all ')}\n)`
  const nulls = names.map(name => `cast(null as ${dialect.type(columns[name]!.type)}) as ${name}`)
  return `(select ${nulls.join(', ')} from (select 1 as one) as no_rows where false)`
}
