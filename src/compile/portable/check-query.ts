import { checkExistsSelect, checkSelect, type Naming, type Selected } from './check-select.ts'
import type { Refusal } from './findings.ts'
import { mixed } from './kinds.ts'
import { checkUnreserved } from './names.ts'
import { bodyOf, ident, list, type Node, node, otherField, text, variant } from './tree.ts'
import type { Ctes, OutputColumns, Site, Walk } from './walk.ts'

/** Refuses what in a query the engines do not share, its CTEs and subqueries included. Gives its columns, where they are known. */
export function checkQuery(walk: Walk, query: Node, around: Ctes, naming: Naming = 'named'): Selected {
  const ctes = checkWith(walk, node(query.with), around)
  checkTail(walk, query)
  return checkBody(walk, query.body, ctes, naming)
}

/** Refuses what in the query of an `exists` goes beyond one plain select. */
export function checkExistsQuery(walk: Walk, query: unknown, { scope }: Site): void {
  const { body } = node(query)
  const select = bodyOf(body, 'Select')
  checkTail(walk, node(query))
  if (select === undefined || node(query).with) {
    walk.findings.at(
      [query],
      [
        '`exists` over more than one plain select is limited',
        'make it a CTE, and write exists (select 1 from it where …)',
      ],
    )
    checkQuery(walk, node(query), scope.ctes, 'by position')
  } else checkExistsSelect(walk, node(select), scope, subquery(walk))
}

function subquery(walk: Walk): (query: unknown, ctes: Ctes) => OutputColumns {
  return (query, ctes) => checkQuery(walk, node(query), ctes).columns
}

function checkWith(walk: Walk, clause: Node, around: Ctes): Ctes {
  if (list(clause.cte_tables).length === 0) return around
  if (clause.recursive === true) {
    walk.findings.at(
      [clause.with_token],
      ['recursive CTEs are limited differently on each engine', 'write a fixpoint model'],
    )
  }
  const ctes = new Map(around)
  for (const table of list(clause.cte_tables)) {
    const { alias, query, from, materialized } = node(table)
    const { name, columns } = node(alias)
    checkUnreserved(walk, name, table)
    if (list(columns).length > 0)
      walk.findings.at(list(columns), [
        'names of columns after a CTE are not on every engine',
        'name the columns in its select',
      ])
    if (from || materialized) walk.findings.at([name], ['`materialized` is not on every engine', 'leave it out'])
    // A recursive CTE reads itself: its columns are not known yet.
    if (clause.recursive === true) ctes.set(ident(name).value, undefined)
    ctes.set(ident(name).value, checkQuery(walk, node(query), ctes).columns)
  }
  return ctes
}

const queryFields: ReadonlySet<string> = new Set([
  'with',
  'body',
  'order_by',
  'limit_clause',
  'fetch',
  'pipe_operators',
])
const limit: Refusal = [
  '`limit` without a total order gives other rows from run to run',
  'qualify row_number() over (order by …) <= n, with a total order',
]
const order: Refusal = [
  '`order by` of a query: the rows of a table have no order',
  'leave it out, or order where the table is read',
]

function checkTail(walk: Walk, query: Node): void {
  const { findings } = walk
  if (query.order_by) findings.before('order', query.order_by, order)
  if (query.limit_clause)
    findings.before(
      bodyOf(query.limit_clause, 'LimitOffset') && !hasLimit(query) ? 'offset' : 'limit',
      query.limit_clause,
      limit,
    )
  if (query.fetch) findings.before('fetch', query.fetch, limit)
  if (list(query.pipe_operators).length > 0)
    findings.before('|>', query.pipe_operators, ['pipes are BigQuery alone', 'write select … from … where …, and CTEs'])
  if (otherField(query, queryFields))
    findings.at([query], ['this query has a clause that is not on every engine', 'leave it out'])
}

function hasLimit(query: Node): boolean {
  return Boolean(node(bodyOf(query.limit_clause, 'LimitOffset')).limit)
}

function checkBody(walk: Walk, body: unknown, ctes: Ctes, naming: Naming): Selected {
  const { name, body: inner } = variant(body)
  if (name === 'Select') return checkSelect(walk, node(inner), ctes, naming, subquery(walk))
  if (name === 'Query') return checkQuery(walk, node(inner), ctes, naming)
  if (name === 'SetOperation') return checkSetOperation(walk, node(inner), ctes, naming)
  walk.findings.at(
    [body],
    name === 'Values' ? values : ['only queries are in the portable core', 'write select … from …'],
  )
  return { columns: undefined, kinds: [], parts: [] }
}

const values: Refusal = ['`values` as a table is not on BigQuery', 'write select … union all select …, or a seed']

function checkSetOperation(
  walk: Walk,
  { op, set_quantifier: quantifier, left, right }: Node,
  ctes: Ctes,
  naming: Naming,
): Selected {
  const first = checkBody(walk, left, ctes, naming)
  const second = checkBody(walk, right, ctes, 'by position')
  const word = text(op).toLowerCase()
  if (op !== 'Union') {
    walk.findings.before(word, right, [
      `\`${word}\` is not in the portable core`,
      'write exists or not exists, or join; name NULLs where they meet',
    ])
  } else if (quantifier === 'AllByName' || quantifier === 'ByName' || quantifier === 'DistinctByName') {
    walk.findings.before(word, right, [
      '`union by name` is not on every engine',
      'write union all, with the columns in the same order',
    ])
  } else if (quantifier !== 'All') {
    walk.findings.before(word, right, [
      '`union` needs `all` or `distinct` on BigQuery',
      'write union all, and select distinct of it if rows may repeat',
    ])
  }
  const kinds = first.kinds.map((kind, index) =>
    mixed(walk, kind, second.kinds[index], second.parts[index], 'union all'),
  )
  const names = first.columns === undefined ? [] : [...first.columns.keys()]
  if (names.length !== kinds.length) return { ...first, kinds }
  return { ...first, kinds, columns: new Map(names.map((name, index) => [name, kinds[index]])) }
}
