import type { SqlParameter } from './catalog.ts'
import type { Edit } from './edited-text.ts'
import { fieldOf, rangeOf, walk } from './parse-tree.ts'
import type { ParseNode } from './wire.ts'

/** The evaluator takes parameters by name alone: names for those that a statement gives by place, and where they must be written. */
export function namedParameters(
  statement: ParseNode,
  parameters: readonly SqlParameter[],
): { readonly edits: readonly Edit[]; readonly parameters: readonly SqlParameter[] } {
  if (parameters.every(({ name }) => name !== undefined)) return { edits: [], parameters }
  const edits: Edit[] = []
  walk(statement, (node, field) => {
    const position = field === 'ast_parameter_expr_node' ? Number(fieldOf(node, 'position') ?? 0) : 0
    if (position > 0) edits.push({ ...rangeOf(node), text: `@${nameOf(position)}` })
    return true
  })
  return { edits, parameters: parameters.map((given, index) => ({ ...given, name: given.name ?? nameOf(index + 1) })) }
}

const nameOf = (position: number): string => `tl_parameter_${position}`
