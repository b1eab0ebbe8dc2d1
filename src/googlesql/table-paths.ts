import type { Edit } from './edited-text.ts'
import { fieldOf, isNode, namesOf, nodeField, nodesField, type ParsedStatement, rangeOf } from './parse-tree.ts'
import type { ParseNode } from './wire.ts'

/** The evaluator knows tables by one name each; says which, of a path that is written in a statement. */
export type FlatName = (path: readonly string[]) => string | undefined

/** Replacements that write each table's one name for its path, and which were met. Names of CTEs and paths that no table has stay. */
export function flattenTables(
  { kind, node: statement }: ParsedStatement,
  flatName: FlatName,
): { readonly edits: readonly Edit[]; readonly tables: ReadonlySet<string> } {
  const edits: Edit[] = []
  const tables = new Set<string>()
  const take = (path: ParseNode, needsAlias: boolean, hidden: ReadonlySet<string>): void => {
    const names = namesOf(path)
    if (names.length === 1 && hidden.has(names[0]!.toLowerCase())) return
    const flat = flatName(names)
    if (flat === undefined) return
    tables.add(flat)
    const alias = needsAlias ? ` as ${quoted(names.at(-1)!.split('.').at(-1)!)}` : ''
    edits.push({ ...rangeOf(path), text: quoted(flat) + alias })
  }
  const visit = (value: unknown, hidden: ReadonlySet<string>, field: string): void => {
    if (Array.isArray(value)) return value.forEach(item => void visit(item, hidden, field))
    if (!isNode(value)) return
    if (field === 'target_path') return take(value, mayHaveAlias(kind, statement), hidden)
    if (field === 'ast_table_path_expression_node') {
      const path = nodeField(value, 'path_expr')
      if (path !== undefined) take(path, nodeField(value, 'alias') === undefined, hidden)
    }
    const clause = nodeField(value, 'with_clause')
    const within = clause === undefined ? hidden : visitWith(clause, hidden)
    for (const [name, below] of Object.entries(value)) if (name !== 'with_clause') visit(below, within, name)
  }
  /** The entries of a WITH see those before them; a recursive one all of them. */
  const visitWith = (clause: ParseNode, hidden: ReadonlySet<string>): ReadonlySet<string> => {
    const entries = nodesField(clause, 'with')
    const nameOf = (entry: ParseNode) => String(fieldOf(nodeField(entry, 'alias') ?? {}, 'id_string')).toLowerCase()
    let seen = fieldOf(clause, 'recursive') === true ? new Set([...hidden, ...entries.map(nameOf)]) : hidden
    for (const entry of entries) {
      visit(fieldOf(entry, 'query'), seen, 'query')
      seen = new Set([...seen, nameOf(entry)])
    }
    return seen
  }
  visit(statement, new Set(), '')
  return { edits: distinct(edits), tables }
}

/** The target of an UPDATE, DELETE or MERGE may be called by a name of its own; that of an INSERT never. */
function mayHaveAlias(kind: string, statement: ParseNode): boolean {
  const never = kind === 'ast_insert_statement_node' || kind === 'ast_truncate_statement_node'
  return !never && nodeField(statement, 'alias') === undefined
}

const quoted = (name: string): string => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``

function distinct(edits: readonly Edit[]): readonly Edit[] {
  return [...new Map(edits.map(edit => [edit.start, edit])).values()]
}
