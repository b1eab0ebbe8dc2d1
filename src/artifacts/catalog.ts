import type { TableName } from '../compile/compiled.ts'
import { tableLabel } from '../compile/naming.ts'
import { type ArtifactContext, dbtVersion, isoInstant, modelId, sourceId } from './artifact-context.ts'
import type { JsonObject } from './json.ts'

/** A table or view as it stands in the warehouse. */
export interface CatalogRelation {
  readonly table: TableName
  readonly kind: 'table' | 'view'
  readonly comment: string | undefined
  readonly columns: readonly {
    readonly name: string
    readonly engineType: string
    readonly comment: string | undefined
  }[]
}

export interface CatalogInput extends ArtifactContext {
  /** What stands, by schema and name, `journeys.sessions`. */
  readonly standing: ReadonlyMap<string, CatalogRelation>
  /** Rows by schema and name, of those whose rows were counted. */
  readonly rowCounts: ReadonlyMap<string, number>
  readonly runId: string
  /** The run's instant, `2026-06-01 12:00:00`, UTC. */
  readonly startedAt: string
  /** ISO instant of the wall clock. */
  readonly generatedAt: string
}

/** What stands in the warehouse of the project's models and raw tables, as dbt's `catalog.json`, version 1. What is not built is not in it. */
export function catalogOf(input: CatalogInput): JsonObject {
  const { compiled, runId, startedAt, generatedAt } = input
  const models = [...compiled.models.values()].filter(({ materialization }) => materialization !== 'inline')
  return {
    metadata: {
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/catalog/v1.json',
      dbt_version: dbtVersion,
      generated_at: generatedAt,
      invocation_id: runId,
      invocation_started_at: isoInstant(startedAt),
      env: {},
    },
    nodes: standingNodes(
      input,
      models.map(({ name, table }) => [modelId(input, name) ?? name, table]),
    ),
    sources: standingNodes(
      input,
      [...compiled.sourceTables.values()].map(({ name, table }) => [sourceId(input, name), table]),
    ),
    errors: null,
  }
}

function standingNodes(
  input: CatalogInput,
  tables: readonly (readonly [id: string, table: TableName])[],
): Readonly<Record<string, JsonObject>> {
  const nodes = tables.flatMap(([id, table]): [string, JsonObject][] => {
    const relation = input.standing.get(tableLabel(table))
    return relation === undefined ? [] : [[id, catalogTable(input, id, relation)]]
  })
  return Object.fromEntries(nodes.sort(([a], [b]) => (a < b ? -1 : 1)))
}

const types = { table: 'BASE TABLE', view: 'VIEW' } as const

function catalogTable({ database, rowCounts }: CatalogInput, id: string, relation: CatalogRelation): JsonObject {
  const { table, kind, comment = null, columns } = relation
  const nodes = columns.map(({ name, engineType, comment: said = null }, index) => [
    name,
    { type: engineType, index: index + 1, name, comment: said },
  ])
  return {
    metadata: { type: types[kind], schema: table.schema, name: table.name, database, comment, owner: null },
    columns: Object.fromEntries(nodes),
    stats: statsOf(rowCounts.get(tableLabel(table))),
    unique_id: id,
  }
}

function statsOf(rowCount: number | undefined): JsonObject {
  const hasStats = {
    id: 'has_stats',
    label: 'Has Stats?',
    value: rowCount !== undefined,
    include: false,
    description: 'Indicates whether there are statistics for this table',
  }
  if (rowCount === undefined) return { has_stats: hasStats }
  const counted = { id: 'row_count', label: 'Rows', value: rowCount, include: true, description: 'Rows in the table' }
  return { has_stats: hasStats, row_count: counted }
}
