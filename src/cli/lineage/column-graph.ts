import type { Columns } from '../../authoring/column.ts'
import type { CompiledModel, CompiledProject } from '../../compile/compiled.ts'
import { type ColumnSource, columnLineage } from '../../compile/lineage/columns.ts'
import { tablePath } from '../../compile/naming.ts'
import { inlineName } from '../../compile/query-text.ts'

/** A column of a raw table, of a model, or of a working table of one. */
export interface GraphColumn {
  /** `journeys.sessions`, `clickstream.events`, `profiles.identity_components (left)`. */
  readonly relation: string
  readonly column: string
}

interface Relation {
  readonly label: string
  readonly columns: readonly string[]
  /** The texts that make its rows; none for raw tables and seeds. */
  readonly queries: readonly string[]
}

/** Which columns each column is computed from, one query at a time, over the whole project; an inline model is a step like any other. */
export class ColumnGraph {
  /** By the names that queries give them. */
  private readonly relations: ReadonlyMap<string, Relation>
  private readonly pathOfLabel: ReadonlyMap<string, string>
  private readonly columnsOf: Readonly<Record<string, readonly string[]>>
  private readonly known = new Map<string, ReadonlyMap<string, readonly ColumnSource[]>>()

  constructor(compiled: CompiledProject) {
    this.relations = relationsOf(compiled)
    this.pathOfLabel = new Map([...this.relations].map(([path, { label }]) => [label, path]))
    this.columnsOf = Object.fromEntries([...this.relations].map(([path, { columns }]) => [path, columns]))
  }

  columnOf(model: CompiledModel, column: string): GraphColumn {
    return { relation: labelOf(model), column }
  }

  /** The columns that the expression behind this one names, each once, in order. */
  from({ relation, column }: GraphColumn): readonly GraphColumn[] {
    const path = this.pathOfLabel.get(relation)!
    return (this.lineageOf(path).get(column) ?? []).map(source => ({
      relation: this.relations.get(source.relation)!.label,
      column: source.column,
    }))
  }

  /** Whether its rows are made by a query; a raw table's and a seed's are not. */
  isComputed({ relation }: GraphColumn): boolean {
    return this.relations.get(this.pathOfLabel.get(relation)!)!.queries.length > 0
  }

  private lineageOf(path: string): ReadonlyMap<string, readonly ColumnSource[]> {
    const known = this.known.get(path)
    if (known !== undefined) return known
    const lineages = this.relations.get(path)!.queries.map(text => columnLineage(text, this.columnsOf))
    const merged = new Map<string, readonly ColumnSource[]>()
    for (const lineage of lineages) {
      for (const [column, sources] of lineage) merged.set(column, distinct([...(merged.get(column) ?? []), ...sources]))
    }
    this.known.set(path, merged)
    return merged
  }
}

function relationsOf(compiled: CompiledProject): ReadonlyMap<string, Relation> {
  const relations = new Map<string, Relation>()
  for (const { name, table, columns } of compiled.sourceTables.values()) {
    const all = [...Object.keys(columns), 'tl_row_id', 'tl_row_number']
    relations.set(tablePath(table), { label: name, columns: all, queries: [] })
  }
  for (const model of compiled.models.values()) {
    const path = model.materialization === 'inline' ? inlineName(model.name) : tablePath(model.table)
    const queries = model.authored === undefined ? [] : [model.authored.text]
    relations.set(path, { label: labelOf(model), columns: names(model.columns), queries })
    const { fixpoint } = model
    for (const [key, { table, columns }] of Object.entries(fixpoint?.work ?? {})) {
      const made = [...fixpoint!.start, ...fixpoint!.step].filter(part => part.table === key)
      const label = `${labelOf(model)} (${key})`
      relations.set(tablePath(table), { label, columns: names(columns), queries: made.map(part => part.authored.text) })
    }
  }
  return relations
}

function labelOf({ layer, name }: CompiledModel): string {
  return `${layer}.${name}`
}

function names(columns: Columns): readonly string[] {
  return Object.keys(columns)
}

function distinct(sources: readonly ColumnSource[]): readonly ColumnSource[] {
  return [...new Map(sources.map(source => [`${source.relation} ${source.column}`, source])).values()]
}
