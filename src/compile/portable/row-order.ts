import { nullsUnplaced } from './check-window.ts'
import type { Refusal } from './findings.ts'
import { parseInAnyDialect } from './parse.ts'
import { bodyOf, list, type Node, node, plainColumn } from './tree.ts'
import type { Walk } from './walk.ts'

const byColumns: Refusal = [
  'rows are ordered by columns: what an expression sorts by may differ from engine to engine',
  'compute it in the select, and order by its name',
]

/** Refuses what of the order of a query's rows the engines do not share. For queries whose rows are read one after the other. */
export function checkRowOrder(walk: Walk, query: Node): void {
  const order = node(query.order_by)
  const items = bodyOf(order.kind, 'Expressions')
  if (items === undefined) return walk.findings.after('order', query.body, byColumns)
  for (const item of list(items)) {
    const { expr, options, with_fill: fill } = node(item)
    const { nulls_first: nullsFirst } = node(options)
    const column = plainColumn(expr)
    if (column === undefined || fill) walk.findings.at([expr], byColumns)
    else if (typeof nullsFirst !== 'boolean' && walk.isNullable(column) === true)
      walk.findings.at([expr], nullsUnplaced(column))
  }
}

/** Whether the rows of a query come in an order that it says itself. The parser must be ready. */
export function saysOrder(text: string): boolean {
  const [statement] = parseInAnyDialect(text).statements
  return Boolean(node(bodyOf(statement, 'Query')).order_by)
}
