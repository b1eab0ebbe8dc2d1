import { checkCondition, checkExpression, isOuter } from './check-expression.ts'
import { checkFrom, type FromChecks } from './check-from.ts'
import { checkGroupBy, hasGroups, ungroupedHaving } from './check-groups.ts'
import { windowName } from './check-window.ts'
import type { Refusal } from './findings.ts'
import { checkUnreserved } from './names.ts'
import { bodyOf, columnsIn, ident, list, type Node, node, otherField, plainColumn, variant } from './tree.ts'
import {
  type Clause,
  type Ctes,
  type Kind,
  namedColumn,
  type OutputColumns,
  type Scope,
  type Site,
  type Walk,
} from './walk.ts'

/** What a select gives: its columns' names, where they are known, and their plain types by position. */
export interface Selected {
  readonly columns: OutputColumns
  readonly kinds: readonly Kind[]
  /** The expressions of the projection, for messages. */
  readonly parts: readonly unknown[]
}

/** The names of the columns matter, or not: after the first select of a `union all` they are the first's. */
export type Naming = 'named' | 'by position'

/** Refuses what in one select the engines do not share. */
export function checkSelect(
  walk: Walk,
  select: Node,
  ctes: Ctes,
  naming: Naming,
  query: FromChecks['query'],
): Selected {
  checkClauses(walk, select)
  const scope = checkFrom(walk, select, ctes, undefined, fromChecks(walk, query))
  const selected = checkProjection(walk, select, scope, naming)
  const aliases = aliasesOf(list(select.projection))
  const site = (clause: Clause): Site => ({ scope, clause, aliases, mayCorrelate: false, near: select.select_token })
  if (select.selection) checkWhere(walk, select.selection, site('where'))
  checkGroupBy(walk, select, site('group by'))
  if (select.having && !hasGroups(select)) walk.findings.before('having', select.having, ungroupedHaving)
  if (select.having) checkCondition(walk, select.having, site('having'))
  if (select.qualify) checkCondition(walk, select.qualify, site('qualify'))
  return selected
}

/** `exists` stands in `where` as it is or after `not`, and joined to others by `and` alone. */
function checkWhere(walk: Walk, condition: unknown, site: Site): void {
  const { name, body } = variant(condition)
  const { left, op, right, expr } = node(body)
  if (name === 'Nested') checkWhere(walk, body, site)
  else if (name === 'UnaryOp' && op === 'Not') checkWhere(walk, expr, site)
  else if (name === 'BinaryOp' && op === 'And') {
    checkWhere(walk, left, site)
    checkWhere(walk, right, site)
  } else checkCondition(walk, condition, { ...site, mayExist: name === 'Exists' })
}

/** Refuses what in the select of an `exists` goes beyond rows that are equal to the one outside. */
export function checkExistsSelect(walk: Walk, select: Node, outer: Scope, query: FromChecks['query']): void {
  checkClauses(walk, select)
  const scope = checkFrom(walk, select, outer.ctes, outer, fromChecks(walk, query))
  const site: Site = { scope, clause: 'where', aliases: new Map(), mayCorrelate: false, near: select.select_token }
  for (const item of list(select.projection)) {
    const expression = bodyOf(item, 'UnnamedExpr')
    if (bodyOf(expression, 'Value') === undefined)
      walk.findings.at(
        [item, select],
        ['`exists` looks for rows, whatever their columns', 'write exists (select 1 from …)'],
      )
  }
  if (hasGroups(select) || select.having || select.qualify || select.distinct) {
    walk.findings.at(
      [select],
      ['`exists` over groups or windows: correlated subqueries are limited', 'group in a CTE, and look for its rows'],
    )
  }
  if (select.selection) checkExistsCondition(walk, select.selection, site)
}

function checkExistsCondition(walk: Walk, condition: unknown, site: Site): void {
  const { name, body } = variant(condition)
  const { left, op, right } = node(body)
  if (name === 'Nested') checkExistsCondition(walk, body, site)
  else if (name === 'BinaryOp' && op === 'And') {
    checkExistsCondition(walk, left, site)
    checkExistsCondition(walk, right, site)
  } else {
    const sides = [sideOf(left, site), sideOf(right, site)]
    const mayCorrelate = name === 'BinaryOp' && op === 'Eq' && sides.includes('inner') && sides.includes('outer')
    checkCondition(walk, condition, { ...site, mayCorrelate, mayExist: name === 'Exists' })
  }
}

/** Whose columns one side of an equality has: of the select within, or of one around it. */
function sideOf(side: unknown, site: Site): 'inner' | 'outer' | 'mixed' | undefined {
  const sides = new Set<'inner' | 'outer'>()
  columnsIn(side, table => sides.add(table !== undefined && isOuter(table, site) ? 'outer' : 'inner'))
  return sides.size > 1 ? 'mixed' : [...sides][0]
}

function fromChecks(walk: Walk, query: FromChecks['query']): FromChecks {
  return {
    query,
    expression: (expression, site) => void checkExpression(walk, expression, site),
    condition: (condition, site) => checkCondition(walk, condition, site),
  }
}

const selectFields: ReadonlySet<string> = new Set([
  'select_token',
  'distinct',
  'projection',
  'from',
  'selection',
  'group_by',
  'having',
  'qualify',
  'named_window',
  'window_before_qualify',
  'flavor',
])

function checkClauses(walk: Walk, select: Node): void {
  const { findings } = walk
  for (const definition of list(select.named_window)) {
    findings.at(
      [definition],
      [
        `the named window '${windowName(definition)}' is not on Snowflake`,
        'write each window in place: over (partition by … order by …)',
      ],
    )
  }
  if (bodyOf(select.distinct, 'On') !== undefined) {
    findings.after('distinct', select.select_token, [
      '`distinct on` is DuckDB alone',
      'qualify row_number() over (partition by … order by …) = 1',
    ])
  } else if (select.distinct && select.distinct !== 'Distinct')
    findings.at([select.select_token], ['`select all`', 'write select'])
  if (select.flavor !== 'Standard')
    findings.at([select.select_token], ['`from` before `select` is DuckDB alone', 'write select … from …'])
  const field = otherField(select, selectFields)
  if (field !== undefined) {
    findings.at(
      [select.select_token],
      otherClauses[field] ?? [
        'this select has a clause that is not on every engine',
        'write it with where, group by, having and qualify',
      ],
    )
  }
}

const otherClauses: Readonly<Record<string, Refusal>> = {
  top: ['`top` without a total order is not deterministic', 'qualify row_number() over (order by …) <= n'],
  into: ['a model is one query and writes nothing', 'leave `into` out'],
  connect_by: ['`connect by` is Snowflake alone', 'write a fixpoint'],
  exclude: ['`exclude` is spelled differently, and hides the contract', 'name the columns'],
}

function checkProjection(walk: Walk, select: Node, scope: Scope, naming: Naming): Selected {
  const projection = list(select.projection)
  if (projection.some(item => variant(item).name.endsWith('Wildcard')))
    return checkWildcard(walk, select, scope, naming)
  const aliases = new Map<string, unknown>()
  const columns = new Map<string, Kind>()
  const kinds: Kind[] = []
  const parts: unknown[] = []
  for (const item of projection) {
    const { name: form, body } = variant(item)
    const expression = form === 'ExprWithAlias' ? node(body).expr : body
    const { value: alias } = ident(node(body).alias)
    if (form !== 'ExprWithAlias' && form !== 'UnnamedExpr')
      walk.findings.at([item], ['this form of column is not on every engine', 'write expression as name'])
    kinds.push(
      checkExpression(walk, expression, {
        scope,
        clause: 'select',
        aliases,
        mayCorrelate: false,
        near: select.select_token,
      }),
    )
    parts.push(expression)
    const name = form === 'ExprWithAlias' ? alias : plainColumn(expression)
    if (form === 'ExprWithAlias') checkUnreserved(walk, node(body).alias, item)
    if (name === undefined) {
      if (naming === 'named')
        walk.findings.at(
          [expression, select.select_token],
          ['a column without a name: each engine makes up another', 'write expression as name'],
        )
      columns.set('', undefined)
      continue
    }
    if (naming === 'named' && name !== namedColumn && columns.has(name)) {
      walk.findings.at(
        [node(body).alias, expression],
        [`two columns are named '${name}': DuckDB renames one, BigQuery refuses both`, 'give each its own name'],
      )
    }
    columns.set(name, kinds.at(-1))
    if (form === 'ExprWithAlias' && plainColumn(expression) !== alias) aliases.set(alias, expression)
  }
  return { columns, kinds, parts }
}

function aliasesOf(projection: readonly unknown[]): ReadonlyMap<string, unknown> {
  const aliases = new Map<string, unknown>()
  for (const item of projection) {
    const { expr, alias } = node(bodyOf(item, 'ExprWithAlias'))
    const { value } = ident(alias)
    if (value !== '' && plainColumn(expr) !== value) aliases.set(value, expr)
  }
  return aliases
}

/** `select * from x` and nothing else, where x is one relation, CTE or select in parentheses. */
function checkWildcard(walk: Walk, select: Node, scope: Scope, naming: Naming): Selected {
  const { findings } = walk
  const projection = list(select.projection)
  const wildcard = projection.find(item => variant(item).name.endsWith('Wildcard'))
  const options = node(bodyOf(wildcard, 'Wildcard') ?? list(bodyOf(wildcard, 'QualifiedWildcard'))[1])
  const [first] = scope.items.values()
  const columns = first?.columns ?? first?.types
  if (otherField(options, new Set(['wildcard_token'])) !== undefined) {
    findings.at(
      [options.wildcard_token],
      [
        '`except`, `exclude`, `replace` and `rename` are spelled differently, and hide the contract',
        'name the columns',
      ],
    )
  } else if (projection.length > 1 || variant(wildcard).name !== 'Wildcard' || !readsOneAsItStands(select)) {
    findings.at(
      [options.wildcard_token],
      ['`*` other than as the whole of select * from one relation or CTE hides the contract', 'name the columns'],
    )
  }
  for (const item of projection) {
    const { name: form, body } = variant(item)
    if (form === 'UnnamedExpr')
      checkExpression(walk, body, {
        scope,
        clause: 'select',
        aliases: new Map(),
        mayCorrelate: false,
        near: select.select_token,
      })
    if (form !== 'ExprWithAlias') continue
    checkExpression(walk, node(body).expr, {
      scope,
      clause: 'select',
      aliases: new Map(),
      mayCorrelate: false,
      near: select.select_token,
    })
    if (naming === 'named') checkUnreserved(walk, node(body).alias, item)
  }
  return { columns: projection.length === 1 ? columns : undefined, kinds: [], parts: [] }
}

function readsOneAsItStands(select: Node): boolean {
  const [first, ...others] = list(select.from)
  const isAlone = first !== undefined && others.length === 0 && list(node(first).joins).length === 0
  return isAlone && !select.selection && !select.having && !select.qualify && !select.distinct && !hasGroups(select)
}
