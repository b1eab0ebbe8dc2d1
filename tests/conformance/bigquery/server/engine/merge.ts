import {
  concrete,
  fieldOf,
  namesOf,
  nodeField,
  nodesField,
  rangeOf,
  sliceBytes,
} from '../../../../../src/googlesql/parse-tree.ts'
import type { ParseNode, WireRow } from '../../../../../src/googlesql/wire.ts'
import { invalidQuery, notImplemented } from '../api-error.ts'
import type { StoredTable } from '../store.ts'
import { outcome, targetOf } from './dml.ts'
import type { Outcome, Statement } from './session.ts'
import { rowColumn, statementCatalog } from './statement-catalog.ts'
import { storedRows } from './stored-rows.ts'

type Match = 'MATCHED' | 'NOT_MATCHED_BY_TARGET' | 'NOT_MATCHED_BY_SOURCE'

interface Clause {
  readonly match: Match
  readonly condition: string
  readonly action: 'INSERT' | 'UPDATE' | 'DELETE'
  /** Text of the new value by the column's name in lower case; columns that are not named keep what they have, or are NULL. */
  readonly values: ReadonlyMap<string, string>
}

interface Merge {
  readonly target: string
  readonly alias: string
  readonly source: string
  readonly on: string
  readonly clauses: readonly Clause[]
}

/**
 * The evaluator runs no MERGE, so it is taken apart into a query for each way of matching, and the rows that these give are put in place. The
 * analyzer has checked the whole before. https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#merge_statement
 */
export async function merge(statement: Statement): Promise<Outcome> {
  const { sql, session } = statement
  const { store, google } = session
  const { id, table } = targetOf(statement)
  await google.analyze(sql, statementCatalog(session), session.parameters)
  const read = readMerge(statement, table)
  const catalog = statementCatalog(session, { id, isKey: false })
  const ask = async (query: string): Promise<readonly WireRow[]> =>
    (await google.evaluate(query, catalog, session.parameters)).rows

  const rows: (WireRow | undefined)[] = [...table.rows]
  const touched = new Set<number>()
  const counts = { inserted: 0, updated: 0, deleted: 0 }
  const change = (found: readonly WireRow[], clauses: readonly Clause[]): void => {
    for (const [row, chosen, ...cells] of found) {
      const clause = clauses[numberIn(chosen) - 1]
      if (clause === undefined) continue
      const at = numberIn(row)
      if (touched.has(at)) throw invalidQuery('UPDATE/MERGE must match at most one source row for each target row')
      touched.add(at)
      rows[at] = clause.action === 'DELETE' ? undefined : [...cells, ...table.rows[at]!.slice(table.columns.length)]
      counts[clause.action === 'DELETE' ? 'deleted' : 'updated'] += 1
    }
  }
  const of = (match: Match) => read.clauses.filter(clause => clause.match === match)
  const matched = of('MATCHED')
  if (matched.length > 0) change(await ask(matchedRows(read, matched, table)), matched)
  const left = of('NOT_MATCHED_BY_SOURCE')
  if (left.length > 0) change(await ask(rowsLeft(read, left, table)), left)
  const added = of('NOT_MATCHED_BY_TARGET')
  const found = added.length === 0 ? [] : await ask(rowsToAdd(read, added, table))
  const inserted = found.filter(([chosen]) => numberIn(chosen) > 0).map(([, ...cells]) => cells)
  counts.inserted = inserted.length

  const kept = rows.filter(row => row !== undefined)
  store.changeTable(id, { rows: storedRows(store, table, [...kept, ...inserted]) })
  return outcome('MERGE', id, counts)
}

const numberIn = (cell: WireRow[number] | undefined): number => Number(cell?.int64_value ?? 0)

const matchedRows = ({ target, alias, source, on }: Merge, clauses: readonly Clause[], table: StoredTable): string =>
  `select ${alias}.${rowColumn}, ${chosenOf(clauses)}, ${valuesOf(clauses, table, name => `${alias}.${name}`)} from ${target} join ${source} on ${on}`

const rowsLeft = ({ target, alias, source, on }: Merge, clauses: readonly Clause[], table: StoredTable): string =>
  `select ${alias}.${rowColumn}, ${chosenOf(clauses)}, ${valuesOf(clauses, table, name => `${alias}.${name}`)} from ${target} where not exists (select 1 from ${source} where ${on})`

const rowsToAdd = ({ target, source, on }: Merge, clauses: readonly Clause[], table: StoredTable): string =>
  `select ${chosenOf(clauses)}, ${valuesOf(clauses, table, () => 'null')} from ${source} where not exists (select 1 from ${target} where ${on})`

/** The number of the first clause whose condition holds; 0 where none does. */
const chosenOf = (clauses: readonly Clause[]): string =>
  `case ${clauses.map(({ condition }, index) => `when (${condition}) then ${index + 1}`).join(' ')} else 0 end`

function valuesOf(clauses: readonly Clause[], { columns }: StoredTable, otherwise: (name: string) => string): string {
  return columns
    .map(({ name }) => {
      const cases = clauses.flatMap(({ values }, index) => {
        const value = values.get(name.toLowerCase())
        return value === undefined ? [] : [`when ${index + 1} then ${value}`]
      })
      const plain = otherwise(`\`${name}\``)
      return cases.length === 0 ? plain : `case ${chosenOf(clauses)} ${cases.join(' ')} else ${plain} end`
    })
    .join(', ')
}

function readMerge({ node, sql }: Statement, table: StoredTable): Merge {
  const text = (of: ParseNode): string => sliceBytes(sql, rangeOf(of))
  const path = nodeField(node, 'target_path')!
  const given = nodeField(node, 'alias')
  const alias = `\`${given === undefined ? namesOf(path).at(-1)!.split('.').at(-1)! : identifierOf(given)}\``
  const source = nodeField(node, 'table_expression')!
  const clauses = nodesField(nodeField(node, 'when_clauses')!, 'clause_list').map((clause): Clause => {
    const condition = nodeField(clause, 'search_condition')
    const action = nodeField(clause, 'action')!
    return {
      match: String(fieldOf(clause, 'match_type')) as Match,
      condition: condition === undefined ? 'true' : text(condition),
      action: String(fieldOf(action, 'action_type')) as Clause['action'],
      values: valuesIn(action, table, aliasOf(source), text),
    }
  })
  const target = `\`${namesOf(path).join('.')}\` as ${alias}`
  return { target, alias, source: text(source), on: text(nodeField(node, 'merge_condition')!), clauses }
}

function valuesIn(
  action: ParseNode,
  { columns }: StoredTable,
  source: string | undefined,
  text: (node: ParseNode) => string,
): ReadonlyMap<string, string> {
  const items = nodesField(nodeField(action, 'update_item_list') ?? {}, 'update_items')
  if (items.length > 0) {
    return new Map(
      items.map(item => {
        const set = nodeField(item, 'set_value')!
        const path = namesOf(nodeField(set, 'path')!)
        const name = path.at(-1)!
        if (path.length > 1 && !columns.some(column => column.name.toLowerCase() === name.toLowerCase()))
          throw notImplemented("a MERGE that sets a struct's field")
        return [name.toLowerCase(), valueText(nodeField(set, 'value')!, text)]
      }),
    )
  }
  const row = nodeField(action, 'insert_row')
  if (row === undefined) return new Map()
  const list = nodeField(action, 'insert_column_list')
  const names =
    list === undefined
      ? columns.map(({ name }) => name)
      : nodesField(list, 'identifiers').map(identifier => String(fieldOf(identifier, 'id_string')))
  const values = nodesField(row, 'values')
  // INSERT ROW: the source's column of the same name.
  const ofSource = (name: string): string => `${source === undefined ? '' : `\`${source}\`.`}\`${name}\``
  return new Map(
    names.map((name, index) => [
      name.toLowerCase(),
      values.length === 0 ? ofSource(name) : valueText(values[index]!, text),
    ]),
  )
}

const valueText = (value: ParseNode, text: (node: ParseNode) => string): string =>
  concrete(value).kind === 'ast_default_literal_node' ? 'null' : text(value)

const identifierOf = (alias: ParseNode): string => String(fieldOf(nodeField(alias, 'identifier')!, 'id_string'))

/** What the source is called; undefined where it has no name. */
function aliasOf(source: ParseNode): string | undefined {
  const { node } = concrete(source)
  const alias = nodeField(node, 'alias')
  if (alias !== undefined) return identifierOf(alias)
  const path = nodeField(node, 'path_expr')
  return path && namesOf(path).at(-1)!.split('.').at(-1)!
}
