import type { Refusal } from './findings.ts'
import { columnsIn, ident, list, type Node, node, plainColumn, variant } from './tree.ts'
import type { Kind, Site, Walk } from './walk.ts'

const unframed: ReadonlySet<string> = new Set(['row_number', 'rank', 'ntile', 'lag', 'lead'])
/** Their result without an order is whatever row comes first. */
const needOrder: ReadonlySet<string> = new Set([...unframed, 'first_value', 'last_value'])

/** Refuses windows that the engines fill in or order differently. */
export function checkWindow(walk: Walk, call: Node, name: string, site: Site, check: (part: unknown) => Kind): void {
  const { findings } = walk
  const { name: form, body } = variant(call.over)
  if (form === 'NamedWindow') {
    findings.at(
      [body],
      ['named windows are not on Snowflake', 'write the window in place: over (partition by … order by …)'],
    )
    return
  }
  const window = node(body)
  if (window.window_name)
    findings.at([window.window_name], ['named windows are not on Snowflake', 'write the whole window in place'])
  for (const part of list(window.partition_by)) check(part)
  const order = list(window.order_by)
  for (const item of order) checkOrder(walk, item, site, check)
  if (order.length === 0 && needOrder.has(name)) {
    findings.at(
      [call.name],
      [
        `${name}() without \`order by\`: it is whatever row comes first`,
        'order it totally: by the time, then by the id',
      ],
    )
  }
  checkFrame(walk, call, name, window.window_frame, order.length > 0, check)
}

function checkOrder(walk: Walk, item: unknown, site: Site, check: (part: unknown) => Kind): void {
  const { expr, options, with_fill: fill } = node(item)
  check(expr)
  if (fill) walk.findings.at([expr], ['`with fill` is not on any of the engines', 'order by columns'])
  const { nulls_first: nullsFirst } = node(options)
  const column = plainColumn(expr)
  if (column === undefined || (nullsFirst !== null && nullsFirst !== undefined) || !mayBeNull(walk, expr, column, site))
    return
  walk.findings.at([expr], nullsUnplaced(column))
}

/** Of an order by a column that may be NULL, and does not say where NULLs go. */
export function nullsUnplaced(column: string): Refusal {
  return [
    `'${column}' may be NULL: BigQuery sorts NULLs as the smallest value, Snowflake as the largest, DuckDB last`,
    `write order by ${column} nulls last (or nulls first)`,
  ]
}

function mayBeNull(walk: Walk, expression: unknown, column: string, { scope }: Site): boolean {
  if (walk.isNullable(column) === true) return true
  let isOptional = false
  columnsIn(expression, table => {
    isOptional = table === undefined ? false : (scope.items.get(table)?.isOptional ?? false)
  })
  return isOptional
}

function checkFrame(
  walk: Walk,
  call: Node,
  name: string,
  frame: unknown,
  isOrdered: boolean,
  check: (part: unknown) => Kind,
): void {
  const { findings } = walk
  if (frame === null || frame === undefined) {
    if (isOrdered && !unframed.has(name)) {
      findings.at(
        [call.name],
        [
          `${name}() over an ordered window without a frame: its default is the rows to the current one, or the whole partition, and ties differ`,
          'write rows between unbounded preceding and current row (or unbounded following) after the order',
        ],
      )
    }
    return
  }
  const { units, start_bound: start, end_bound: end } = node(frame)
  if (unframed.has(name)) {
    findings.at(
      [call.name],
      [`a frame on ${name}(): BigQuery refuses it and the others do not use it`, 'leave the frame out'],
    )
  } else if (units !== 'Rows') {
    findings.at(
      [call.name],
      [`\`${String(units).toLowerCase()}\` frames are partly or not supported`, 'write rows between … and …'],
    )
  } else if (!isOrdered) {
    findings.at(
      [call.name],
      [
        'a frame without `order by`: which rows are before the current one is not determined',
        'order the window, or leave the frame out',
      ],
    )
  } else if (end === null || end === undefined) {
    findings.at([call.name], ['a frame with one end is not on every engine', 'write rows between … and current row'])
  }
  for (const bound of [start, end]) {
    const { body } = variant(bound)
    if (body === null || body === undefined) continue
    check(body)
    if (variant(body).name !== 'Value')
      findings.at([body], ['a frame by a count that is no literal is not on every engine', 'write a whole number'])
  }
}

/** The name of a named window's definition. */
export function windowName(definition: unknown): string {
  return ident(list(definition)[0]).value
}
