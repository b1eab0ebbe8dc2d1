import { concrete } from './parse-tree.ts'
import { type SqlField, typeOfWire } from './types.ts'
import type { ParseNode, WireColumn } from './wire.ts'

export interface Analyzed {
  /** Of a query; empty for any other statement. */
  readonly columns: readonly SqlField[]
  /** The resolved statement as the service describes it. */
  readonly resolved: ParseNode
}

interface OutputColumn {
  readonly name: string
  readonly column: WireColumn
}

export function analyzed(resolved: ParseNode): Analyzed {
  const { kind, node } = concrete(resolved)
  const output = kind === 'resolved_query_stmt_node' ? (node.output_column_list as OutputColumn[]) : []
  return { resolved, columns: output.map(({ name, column }, index) => field(name, column, index)) }
}

/** BigQuery calls a column without a name by its place. */
export function field(name: string, { type }: WireColumn, index: number): SqlField {
  return { name: name && !name.startsWith('$') ? name : `f${index}_`, type: typeOfWire(type) }
}
