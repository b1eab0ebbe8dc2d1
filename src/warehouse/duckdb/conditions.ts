/** A condition on a row in SQL, or on an element, `x<depth>`, of a list: it holds where it does for some element. NULL is as good as false. */
export type Condition = { readonly sql: string; readonly list?: undefined } | ElementCondition

export interface ElementCondition {
  readonly list: string
  readonly depth: number
  readonly element: Condition
}

export function conditionSql(condition: Condition): string {
  if (condition.list === undefined) return condition.sql
  return someElement(condition, conditionSql(condition.element))
}

/** SQL that holds where one of the conditions does. Elements of a list are gone through once for all conditions on them. */
export function anyOf(conditions: readonly Condition[]): string {
  const parts: string[] = []
  const lists = new Map<string, ElementCondition[]>()
  for (const condition of conditions) {
    if (condition.list === undefined) parts.push(condition.sql)
    else lists.set(condition.list, [...(lists.get(condition.list) ?? []), condition])
  }
  for (const [first, ...others] of lists.values()) {
    parts.push(someElement(first!, anyOf([first!, ...others].map(({ element }) => element))))
  }
  // Within a lambda `or` computes all of its parts; this stops at the first that holds.
  return parts.length === 1 ? parts[0]! : `case ${parts.map(part => `when ${part} then true`).join(' ')} else false end`
}

function someElement({ list, depth }: ElementCondition, holds: string): string {
  return `(len(list_filter(${list}, lambda x${depth}: ${holds})) > 0)`
}
