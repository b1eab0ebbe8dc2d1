import { parseInAnyDialect } from '../portable/parse.ts'
import { argumentOf, bodyOf, ident, list, type Node, nameParts, node, plainColumn, variant } from '../portable/tree.ts'

/** A column of a relation that a query reads. */
export interface ColumnSource {
  /** As the text spells it: `journeys.sessions`. */
  readonly relation: string
  readonly column: string
}

/**
 * What each column of a query is computed from, in the order of the columns: every column of `relations` (their columns by the name that
 * the text gives them) in the expression that makes it, windows included, through CTEs, subqueries in `from` and the branches of a union.
 * Joins and filters choose rows and are not counted. What cannot be followed gives no sources; nothing throws for it.
 */
export function columnLineage(
  text: string,
  relations: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, readonly ColumnSource[]> {
  const lineage = new Map<string, readonly ColumnSource[]>()
  const { statements } = parseInAnyDialect(text)
  const query = bodyOf(statements[0], 'Query')
  if (query === undefined) return lineage
  for (const { name, sources } of queryColumns(node(query), { relations, ctes: new Map() }) ?? []) {
    if (name !== undefined) lineage.set(name, inOrder(sources))
  }
  return lineage
}

/** Sources by `relation column`, so that each is told once. */
type Sources = ReadonlyMap<string, ColumnSource>

interface OutputColumn {
  readonly name: string | undefined
  readonly sources: Sources
}

/** Undefined where the columns cannot be known. */
type Output = readonly OutputColumn[] | undefined

interface Names {
  readonly relations: Readonly<Record<string, readonly string[]>>
  readonly ctes: ReadonlyMap<string, Output>
}

interface Scope {
  readonly names: Names
  /** What `from` reads, in its order, each under the name it is called by. */
  readonly items: readonly (readonly [alias: string, columns: Output])[]
  readonly windows: ReadonlyMap<string, unknown>
  /** The columns of this select so far, which a later one may use on some engines. */
  readonly aliases: Map<string, Sources>
  readonly outer: Scope | undefined
}

const none: Sources = new Map()

function queryColumns(query: Node, names: Names, outer?: Scope): Output {
  const ctes = new Map(names.ctes)
  for (const table of list(node(query.with).cte_tables)) {
    const { alias, query: inner } = node(table)
    const { name, columns } = node(alias)
    const key = ident(name).value
    // While it is worked out, a recursive CTE's own rows bring nothing that its first branch does not.
    if (node(query.with).recursive === true) ctes.set(key, undefined)
    ctes.set(key, renamed(queryColumns(node(inner), { ...names, ctes }), list(columns)))
  }
  return bodyColumns(query.body, { ...names, ctes }, outer)
}

function bodyColumns(body: unknown, names: Names, outer: Scope | undefined): Output {
  const { name, body: inner } = variant(body)
  if (name === 'Select') return selectColumns(node(inner), names, outer)
  if (name === 'Query') return queryColumns(node(inner), names, outer)
  if (name !== 'SetOperation') return undefined
  const { left, op, right } = node(inner)
  const first = bodyColumns(left, names, outer)
  const second = op === 'Union' ? bodyColumns(right, names, outer) : undefined
  return first?.map((column, index) => ({
    ...column,
    sources: union([column.sources, second?.[index]?.sources ?? none]),
  }))
}

function selectColumns(select: Node, names: Names, outer: Scope | undefined): Output {
  const items = list(select.from).flatMap(part => {
    const { relation, joins } = node(part)
    return [relation, ...list(joins).map(join => node(join).relation)].flatMap(table => itemsOf(table, names))
  })
  const windows = new Map(
    list(select.named_window).map(definition => [ident(list(definition)[0]).value, list(definition)[1]]),
  )
  const scope: Scope = { names, items, windows, aliases: new Map(), outer }
  const columns: OutputColumn[] = []
  for (const item of list(select.projection)) {
    const { name: form, body } = variant(item)
    if (form === 'Wildcard') columns.push(...starred(items, undefined, body))
    else if (form === 'QualifiedWildcard') columns.push(...starred(items, qualifier(body), list(body)[1]))
    else {
      const expression = form === 'ExprWithAlias' ? node(body).expr : body
      const alias = form === 'ExprWithAlias' ? ident(node(body).alias).value : undefined
      const sources = sourcesOf(expression, scope)
      if (alias !== undefined) scope.aliases.set(alias, sources)
      columns.push({ name: alias ?? plainColumn(expression), sources })
    }
  }
  return columns
}

/** A relation of `from`, or the several in parentheses. */
function itemsOf(table: unknown, names: Names): (readonly [string, Output])[] {
  const { name: form, body } = variant(table)
  const item = node(body)
  const { name: aliasName, columns } = node(item.alias)
  const alias = ident(aliasName).value
  if (form === 'Table') {
    const path = nameParts(item.name).map(part => ident(part).value)
    const known = item.args ? undefined : tableColumns(path, names)
    return [[alias || (path.at(-1) ?? ''), renamed(known, list(columns))]]
  }
  if (form === 'Derived') return [[alias, renamed(queryColumns(node(item.subquery), names), list(columns))]]
  if (form === 'NestedJoin') {
    const { relation: first, joins } = node(item.table_with_joins)
    return [first, ...list(joins).map(join => node(join).relation)].flatMap(inner => itemsOf(inner, names))
  }
  return [[alias, undefined]]
}

function tableColumns(path: readonly string[], names: Names): Output {
  const name = path.join('.')
  return names.ctes.has(name) ? names.ctes.get(name) : relation(name, names)
}

function relation(name: string, { relations }: Names): Output {
  if (!Object.hasOwn(relations, name)) return undefined
  return relations[name]?.map(column => ({
    name: column,
    sources: new Map([[`${name} ${column}`, { relation: name, column }]]),
  }))
}

/** `as t(a, b)`: the first columns get these names. */
function renamed(output: Output, columns: readonly unknown[]): Output {
  if (columns.length === 0) return output
  // A table's alias has columns as { name }, a CTE's the same.
  const names = columns.map(column => ident(node(column).name).value)
  return output?.map((column, index) => ({ ...column, name: names[index] ?? column.name }))
}

function qualifier(body: unknown): string {
  return ident(nameParts(bodyOf(list(body)[0], 'ObjectName')).at(-1)).value
}

function starred(items: Scope['items'], alias: string | undefined, options: unknown): OutputColumn[] {
  const { opt_exclude: exclude, opt_except: except } = node(options)
  const left = new Set<string>()
  identsIn([exclude, except], name => left.add(name))
  return items
    .filter(([name]) => alias === undefined || name === alias)
    .flatMap(([, columns]) => columns ?? [])
    .filter(({ name }) => name === undefined || !left.has(name))
}

function identsIn(value: unknown, see: (name: string) => void): void {
  if (Array.isArray(value)) for (const item of value) identsIn(item, see)
  else if (typeof value === 'object' && value !== null) {
    const { value: name } = ident(value)
    if (name !== '') see(name)
    else for (const field of Object.values(value)) identsIn(field, see)
  }
}

function sourcesOf(expression: unknown, scope: Scope): Sources {
  if (Array.isArray(expression)) return union(expression.map(item => sourcesOf(item, scope)))
  if (typeof expression !== 'object' || expression === null) return none
  const found: Sources[] = []
  for (const [key, value] of Object.entries(expression)) {
    if (key === 'Identifier') found.push(ofColumn(ident(value).value, scope))
    else if (key === 'CompoundIdentifier')
      found.push(
        ofPath(
          list(value).map(part => ident(part).value),
          scope,
        ),
      )
    else if (key === 'Function') found.push(sourcesOf({ ...node(value), name: undefined }, scope))
    else if (key === 'Named') found.push(sourcesOf(argumentOf(expression).body, scope))
    else if (key === 'NamedWindow') found.push(sourcesOf(scope.windows.get(ident(value).value), scope))
    else if (key === 'Subquery') found.push(ofSubquery(value, scope))
    else if (key === 'InSubquery')
      found.push(sourcesOf(node(value).expr, scope), ofSubquery(node(value).subquery, scope))
    // Whether rows exist is no column's value.
    else if (key !== 'Exists') found.push(sourcesOf(value, scope))
  }
  return union(found)
}

function ofSubquery(query: unknown, scope: Scope): Sources {
  return union((queryColumns(node(query), scope.names, scope) ?? []).map(({ sources }) => sources))
}

/** `alias.column`, `schema.table.column`, and fields of structs after them: `alias.column.field`, `column.field`. */
function ofPath(path: readonly string[], scope: Scope): Sources {
  for (let length = path.length - 1; length > 0; length--) {
    const [alias, column] = [path[length - 1] ?? '', path[length] ?? '']
    for (let around: Scope | undefined = scope; around; around = around.outer) {
      const item = around.items.find(([name]) => name === alias)
      if (item) return item[1]?.find(({ name }) => name === column)?.sources ?? none
    }
  }
  return ofColumn(path[0] ?? '', scope)
}

function ofColumn(column: string, scope: Scope): Sources {
  for (let around: Scope | undefined = scope; around; around = around.outer) {
    for (const [, columns] of around.items) {
      const found = columns?.find(({ name }) => name === column)
      if (found) return found.sources
    }
    const alias = around.aliases.get(column)
    if (alias) return alias
  }
  return none
}

function union(all: readonly Sources[]): Sources {
  return new Map(all.flatMap(sources => [...sources]))
}

function inOrder(sources: Sources): readonly ColumnSource[] {
  return [...sources].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source)
}
