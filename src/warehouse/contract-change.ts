import type { AnyColumn, Columns } from '../authoring/column.ts'
import { describeType } from '../authoring/column-type.ts'
import type { CompiledModel } from '../compile/compiled.ts'
import type { Standing } from './warehouse.ts'

/** What a contract asks of the table that stands. */
export type ContractChange =
  | { readonly kind: 'new' }
  | { readonly kind: 'same'; readonly added: readonly string[] }
  | { readonly kind: 'breaking'; readonly because: string }

/** What becomes of the table or view of a model, whatever its materialization. */
export function publicationChange(
  { materialization, columns }: Pick<CompiledModel, 'materialization' | 'columns'>,
  standing: Standing | undefined,
): ContractChange {
  return materialization === 'view' ? viewChange(standing) : contractChange(columns, standing)
}

/** A view has no rows to keep: another query takes the place of the one that it has. */
export function viewChange(standing: Standing | undefined): ContractChange {
  if (standing === undefined) return { kind: 'new' }
  if (standing.kind === 'view') return { kind: 'same', added: [] }
  return { kind: 'breaking', because: 'it was a table and is a view now' }
}

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
