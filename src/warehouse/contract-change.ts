import type { AnyColumn, Columns } from '../authoring/column.ts'
import { describeType } from '../authoring/column-type.ts'
import type { Standing } from './warehouse.ts'

/** What a contract asks of the table that stands. */
export type ContractChange =
  | { readonly kind: 'new' }
  | { readonly kind: 'same'; readonly added: readonly string[] }
  | { readonly kind: 'breaking'; readonly because: string }

export function contractChange(columns: Columns, standing: Standing | undefined): ContractChange {
  if (!standing) return { kind: 'new' }
  if (standing.kind === 'view') return { kind: 'breaking', because: 'it was a view and is a table now' }
  for (const { name, type } of standing.columns) {
    const declared: AnyColumn | undefined = columns[name]
    if (!declared) return { kind: 'breaking', because: `its column ${name} is gone` }
    if (type === undefined || describeType(type) !== describeType(declared.type)) {
      return {
        kind: 'breaking',
        because: `its column ${name} was ${type ? describeType(type) : 'of another type'} and is ${describeType(declared.type)} now`,
      }
    }
  }
  const known = new Set(standing.columns.map(column => column.name))
  return { kind: 'same', added: Object.keys(columns).filter(name => !known.has(name)) }
}
