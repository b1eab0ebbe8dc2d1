import { functionAdvice } from './advice.ts'
import type { Refusal } from './findings.ts'
import { checkSpelling, checkUnreserved } from './names.ts'
import { argumentOf, bodyOf, columnsIn, ident, list, type Node, nameParts, node, otherField, variant } from './tree.ts'
import { type Ctes, type FromItem, isMacro, type OutputColumns, type Scope, type Site, type Walk } from './walk.ts'

/** What `from` needs of the checks of queries and expressions. */
export interface FromChecks {
  /** Checks a subquery and gives its columns. */
  readonly query: (query: unknown, ctes: Ctes) => OutputColumns
  readonly expression: (expression: unknown, site: Site) => void
  readonly condition: (condition: unknown, site: Site) => void
}

/** Refuses what in a `from` the engines do not share, and gives what it brings into sight. */
export function checkFrom(walk: Walk, select: Node, ctes: Ctes, outer: Scope | undefined, checks: FromChecks): Scope {
  const items = new Map<string, FromItem>()
  const scope: Scope = { ctes, items, outer }
  const site: Site = { scope, clause: 'from', aliases: new Map(), mayCorrelate: false, near: select.select_token }
  list(select.from).forEach((part, index) => {
    const { relation, joins } = node(part)
    if (index > 0) walk.findings.before(',', relation, ['a comma between tables', 'write cross join, or join … on …'])
    addItem(walk, relation, items, false, site, checks)
    for (const join of list(joins)) checkJoin(walk, node(join), items, site, checks)
  })
  return scope
}

function checkJoin(walk: Walk, join: Node, items: Map<string, FromItem>, site: Site, checks: FromChecks): void {
  const { name: operator, body: constraint } = variant(join.join_operator)
  const shape = joins[operator]
  if (!shape)
    walk.findings.at(
      [join.relation],
      [
        `${spoken[operator] ?? 'this kind of'} join is not in the portable core`,
        'write join, left join, full join or cross join',
      ],
    )
  if (shape === 'full') for (const [alias, item] of items) items.set(alias, { ...item, isOptional: true })
  addItem(walk, join.relation, items, shape === 'left' || shape === 'full', site, checks)
  if (join.global === true) walk.findings.at([join.relation], ['`global join` is on none of the engines', 'write join'])

  const condition = bodyOf(constraint, 'On')
  if (condition !== undefined) {
    checks.condition(condition, site)
    if ((shape === 'left' || shape === 'full') && !hasEquality(condition)) walk.findings.at([condition], noEquality)
  } else if (variant(constraint).name === 'Using') walk.findings.before('using', constraint, using)
  else if (variant(constraint).name === 'Natural') walk.findings.before('natural', join.relation, natural)
  else if (shape && shape !== 'cross')
    walk.findings.at([join.relation], ['a join without a condition', 'write on …, or cross join'])
  if (shape === 'cross' && variant(constraint).name !== 'None')
    walk.findings.at([join.relation], ['a cross join with a condition', 'write join … on …'])
}

const joins: Readonly<Record<string, 'inner' | 'left' | 'full' | 'cross'>> = {
  Join: 'inner',
  Inner: 'inner',
  Left: 'left',
  LeftOuter: 'left',
  FullOuter: 'full',
  CrossJoin: 'cross',
}

const spoken: Readonly<Record<string, string>> = {
  Right: 'a right',
  RightOuter: 'a right',
  Semi: 'a semi',
  LeftSemi: 'a semi',
  RightSemi: 'a semi',
  Anti: 'an anti',
  LeftAnti: 'an anti',
  RightAnti: 'an anti',
  AsOf: 'an asof',
}

const using: Refusal = ['`using`: which side a column is of, and how often it appears, differ', 'write on a.x = b.x']
const natural: Refusal = ['natural joins change their meaning with every new column', 'write on a.x = b.x']
const noEquality: Refusal = [
  'an outer join without an equality: BigQuery needs a column of one side equal to one of the other',
  'join on an equality too, or find the pairs in an inner join first',
]

/** Whether one of the conditions joined by `and` compares something of columns with something of columns, or is a macro. */
function hasEquality(condition: unknown): boolean {
  const { name, body } = variant(condition)
  if (name === 'Nested') return hasEquality(body)
  if (name === 'Function') return true
  const { left, op, right } = node(body)
  if (name !== 'BinaryOp') return false
  if (op === 'And') return hasEquality(left) || hasEquality(right)
  return op === 'Eq' && hasColumns(left) && hasColumns(right)
}

function hasColumns(expression: unknown): boolean {
  let found = false
  columnsIn(expression, () => {
    found = true
  })
  return found
}

function addItem(
  walk: Walk,
  relation: unknown,
  items: Map<string, FromItem>,
  isOptional: boolean,
  site: Site,
  checks: FromChecks,
): void {
  const { name: form, body } = variant(relation)
  const item = node(body)
  const alias = node(item.alias)
  if (item.alias) {
    checkUnreserved(walk, alias.name, item)
    if (list(alias.columns).length > 0)
      walk.findings.at(list(alias.columns), [
        'names of columns after an alias are not on BigQuery',
        'name the columns in the select',
      ])
  }
  if (form === 'Table') {
    const parts = nameParts(item.name)
    const columns = parts.length === 1 ? site.scope.ctes.get(ident(parts[0]).value) : undefined
    checkTable(walk, item, parts, site, checks)
    const path = parts.map(part => ident(part).value).join('.')
    const types = columns ?? (item.args || site.scope.ctes.has(path) ? undefined : walk.typesOf(path))
    items.set(ident(alias.name).value || ident(parts.at(-1)).value, { columns, types, isOptional })
  } else if (form === 'Derived') {
    if (item.lateral === true)
      walk.findings.before('lateral', item.subquery, [
        '`lateral` is limited on BigQuery and Snowflake',
        'join a CTE, or use window functions',
      ])
    if (otherField(item, derivedFields))
      walk.findings.at([item.subquery], ['sampling is not repeatable', 'filter by a key'])
    const columns = checks.query(item.subquery, site.scope.ctes)
    items.set(ident(alias.name).value, { columns, types: columns, isOptional })
  } else {
    const { value: name } = ident(nameParts(item.name).at(-1))
    walk.findings.at([relation], forms[form] ?? (name === '' ? unknownForm : functionAdvice(name.toLowerCase())))
    items.set(ident(alias.name).value, { columns: undefined, types: undefined, isOptional })
  }
}

const namedInText = (path: string): Refusal => [
  `${path} is named in plain text, so that nothing knows that this reads it`,
  `import it, and read it as \${${path.split('.').at(-1)}}`,
]

const tableFields: ReadonlySet<string> = new Set(['name', 'alias', 'args'])
const derivedFields: ReadonlySet<string> = new Set(['lateral', 'subquery', 'alias'])
const unknownForm: Refusal = [
  'this form of table is not in the portable core',
  'name a relation or a CTE, or a select in parentheses',
]
const pivot: Refusal = [
  '`pivot` and `unpivot` are spelled differently, or not proven equal',
  'write sum(case when … then x end) for each column, or `union all` for each row',
]

const forms: Readonly<Record<string, Refusal>> = {
  Pivot: pivot,
  Unpivot: pivot,
  UNNEST: functionAdvice('unnest'),
  NestedJoin: ['a join in parentheses', 'write the joins one after the other, or make a CTE'],
  TableFunction: ['`table(…)` is Snowflake alone', 'use a macro over a relation'],
}

function checkTable(walk: Walk, item: Node, parts: readonly unknown[], site: Site, checks: FromChecks): void {
  const name = ident(parts.at(-1)).value
  const isMacroCall = isMacro(name) && item.args
  const isAlone = parts.length === 1 && !site.scope.ctes.has(name)
  const path = parts.map(part => ident(part).value).join('.')
  if (!item.args && parts.length > 1 && !walk.isGiven(path)) walk.findings.at(parts, namedInText(path))
  if (!item.args) for (const part of parts) (isAlone ? checkUnreserved : checkSpelling)(walk, part, site.near)
  if (item.args) {
    if (!isMacroCall) walk.findings.at(parts, functionAdvice(name.toLowerCase()))
    for (const argument of list(node(item.args).args)) {
      const value = argumentOf(argument)
      const rows = bodyOf(value.body, 'Subquery')
      if (rows !== undefined && isMacroCall) checks.query(rows, site.scope.ctes)
      else if (value.name === 'Expr') checks.expression(value.body, site)
    }
  }
  if (otherField(item, tableFields)) {
    walk.findings.at(parts, [
      'sampling, time travel and other additions to a table are not on every engine',
      'read the relation as it stands',
    ])
  }
}
