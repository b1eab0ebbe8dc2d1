import { bodyOf, ident, list, type Node, node, otherField, variant } from '../portable/tree.ts'
import { callOf, commonType } from './call-types.ts'
import { type Reading, typedCall, typeOfExpression } from './expression-types.ts'
import { nowhere, type Scope, type TypedColumns } from './scope.ts'
import type { SnowflakeType } from './snowflake-type.ts'

/** What is told while a query is read. */
export type Report = Omit<Reading, 'query'>

/** The columns of a query in Snowflake's dialect, with their types; reports what the lists do not have. `tableColumns` knows the tables. */
export function columnsOfQuery(
  query: unknown,
  report: Report,
  tableColumns: (path: string) => TypedColumns,
): TypedColumns {
  const reader = new QueryReader(report, tableColumns)
  return reader.query(query, nowhere)
}

class QueryReader {
  private readonly reading: Reading

  constructor(
    report: Report,
    private readonly tableColumns: (path: string) => TypedColumns,
  ) {
    this.reading = { ...report, query: (query, scope) => this.query(query, scope) }
  }

  query(query: unknown, around: Scope): TypedColumns {
    const { with: clause, body, order_by: order } = node(query)
    let { ctes } = around
    for (const table of list(node(clause).cte_tables)) {
      const { alias, query: inner } = node(table)
      ctes = new Map([...ctes, [nameOf(node(alias).name), renamed(alias, this.query(inner, { ...around, ctes }))]])
    }
    const columns = this.body(body, { ...around, ctes })
    for (const { expr } of list(bodyOf(node(order).kind, 'Expressions')).map(node))
      typeOfExpression(this.reading, expr, { ...nowhere, aliases: columns ?? new Map() })
    return columns
  }

  private body(body: unknown, scope: Scope): TypedColumns {
    const { name, body: inner } = variant(body)
    if (name === 'Select') return this.select(node(inner), scope)
    if (name === 'Query') return this.query(inner, scope)
    if (name !== 'SetOperation') return undefined
    const { left, right } = node(inner)
    const first = this.body(left, scope)
    const second = [...(this.body(right, scope)?.values() ?? [])]
    return first && new Map([...first].map(([column, type], index) => [column, either(type, second[index])]))
  }

  private select(select: Node, around: Scope): TypedColumns {
    const items = new Map<string, TypedColumns>()
    const scope: Scope = { ...nowhere, ctes: around.ctes, items, outer: around }
    for (const part of list(select.from).map(node)) {
      this.item(part.relation, items, scope)
      for (const join of list(part.joins).map(node)) {
        this.item(join.relation, items, scope)
        const condition = bodyOf(variant(join.join_operator).body, 'On')
        if (condition !== undefined) this.expression(condition, scope)
      }
    }
    const columns = this.projection(select, items, scope)
    const withAliases: Scope = { ...scope, aliases: columns ?? new Map() }
    const [groups] = list(bodyOf(select.group_by, 'Expressions'))
    for (const part of [select.selection, ...list(groups), select.having, select.qualify])
      if (part) this.expression(part, withAliases)
    return columns
  }

  private projection(select: Node, items: ReadonlyMap<string, TypedColumns>, scope: Scope): TypedColumns {
    const columns = new Map<string, SnowflakeType | undefined>()
    let isKnown = true
    for (const item of list(select.projection)) {
      const { name: form, body } = variant(item)
      if (form === 'ExprWithAlias') columns.set(nameOf(node(body).alias), this.expression(node(body).expr, scope))
      else if (form === 'UnnamedExpr') columns.set(columnName(body) ?? `#${columns.size}`, this.expression(body, scope))
      else {
        isKnown &&= isWhole(form === 'QualifiedWildcard' ? list(body)[1] : body)
        const of = form === 'QualifiedWildcard' ? wildcardOf(body) : undefined
        for (const read of of === undefined ? items.values() : [items.get(of)]) {
          isKnown &&= read !== undefined
          for (const [name, type] of read ?? []) columns.set(name, type)
        }
      }
    }
    return isKnown ? columns : undefined
  }

  private item(relation: unknown, items: Map<string, TypedColumns>, scope: Scope): void {
    const { name: form, body } = variant(relation)
    const item = node(body)
    const path = list(item.name).map(part => nameOf(bodyOf(part, 'Identifier')))
    const alias = nameOf(node(item.alias).name) || (path.at(-1) ?? '')
    const columns = (): TypedColumns => {
      if (form === 'Derived') return this.query(item.subquery, scope)
      if (form === 'TableFunction') return this.rows(item.expr, scope)
      if (form === 'Table' && !item.args) return scope.ctes.get(path.join('.')) ?? this.tableColumns(path.join('.'))
      this.reading.fault(relation, 'this form of table is not among those that are vouched for')
      return undefined
    }
    items.set(alias, renamed(item.alias, columns()))
  }

  /** `table(flatten(…))` */
  private rows(expression: unknown, scope: Scope): TypedColumns {
    const call = callOf(variant(expression).name, variant(expression).body)
    const gives = call && typedCall(this.reading, expression, call, scope).type
    if (gives !== 'rows') return undefined
    return flattened
  }

  private expression(expression: unknown, scope: Scope): SnowflakeType | undefined {
    return typeOfExpression(this.reading, expression, scope)
  }
}

/** What `flatten` gives: https://docs.snowflake.com/en/sql-reference/functions/flatten */
const flattened: ReadonlyMap<string, SnowflakeType> = new Map([
  ['seq', 'number'],
  ['key', 'varchar'],
  ['path', 'varchar'],
  ['index', 'number'],
  ['value', 'variant'],
  ['this', 'variant'],
])

/** Nothing is known of a relation whose alias gives its columns other names. */
function renamed(alias: unknown, columns: TypedColumns): TypedColumns {
  return list(node(alias).columns).length > 0 ? undefined : columns
}

const nameOf = (name: unknown): string => ident(name).value.toLowerCase()

const wildcardOf = (body: unknown): string => nameOf(bodyOf(list(bodyOf(list(body)[0], 'ObjectName'))[0], 'Identifier'))

/** Whether a wildcard has no `exclude`, `rename`, `replace` or other word after it. */
const isWhole = (options: unknown): boolean => otherField(node(options), new Set(['wildcard_token'])) === undefined

function columnName(expression: unknown): string | undefined {
  const { name, body } = variant(expression)
  if (name === 'Identifier') return nameOf(body)
  return name === 'CompoundIdentifier' ? nameOf(list(body).at(-1)) : undefined
}

function either(a: SnowflakeType | undefined, b: SnowflakeType | undefined): SnowflakeType | undefined {
  return a === undefined || b === undefined ? (a ?? b) : commonType(a, b)
}
