import { checkExpression } from './check-expression.ts'
import type { Refusal } from './findings.ts'
import { bodyOf, list, type Node, variant } from './tree.ts'
import type { Site, Walk } from './walk.ts'

/** Whether a select has a `group by` of any kind. */
export function hasGroups(select: Node): boolean {
  const { name, body } = variant(select.group_by)
  return name !== 'Expressions' || list(body).some(part => list(part).length > 0)
}

/** Refuses what in a `group by` the engines do not share. */
export function checkGroupBy(walk: Walk, select: Node, site: Site): void {
  const { name, body } = variant(select.group_by)
  const { findings } = walk
  if (name !== 'Expressions') {
    findings.after(
      'group',
      [select.select_token, select.from, select.selection],
      ['`group by all` is not proven equal', 'name the columns'],
    )
    return
  }
  const [expressions, modifiers] = list(body)
  for (const expression of list(expressions)) {
    const { name: form } = variant(expression)
    if (
      form === 'Rollup' ||
      form === 'Cube' ||
      form === 'GroupingSets' ||
      (form === 'Tuple' && list(bodyOf(expression, 'Tuple')).length === 0)
    ) {
      findings.at(
        [expression, select.select_token],
        ['grouping sets, rollup and cube are not proven equal', 'write one select a grouping, and `union all` them'],
      )
    } else if (form === 'Value') {
      findings.at([expression], ['`group by` a position or a literal', 'name the column or write the expression'])
    } else checkExpression(walk, expression, site)
  }
  if (list(modifiers).length > 0)
    findings.at(
      [...list(expressions)],
      ['`with rollup`, `with cube` and `with totals` are not on every engine', 'write one select a grouping'],
    )
}

export const ungroupedHaving: Refusal = [
  '`having` without `group by` is not known to mean the same on every engine',
  'count in a CTE, and write where',
]
