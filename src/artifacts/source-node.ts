import type { CompiledSourceTable } from '../compile/compiled.ts'
import type { Fingerprints } from '../compile/fingerprint.ts'
import { type ArtifactContext, pathWithin, relationName, sourceId } from './artifact-context.ts'
import { freshnessCriteria } from './freshness-criteria.ts'
import type { JsonObject } from './json.ts'
import { columnNodes } from './model-node.ts'

/** A raw table as a source of dbt's manifest. Where its rows come from is the config's, and is not told. */
export function sourceNode(
  context: ArtifactContext,
  table: CompiledSourceTable,
  fingerprints: Fingerprints,
): JsonObject {
  return {
    database: context.database,
    schema: table.table.schema,
    name: table.tableKey,
    resource_type: 'source',
    package_name: context.projectName,
    path: pathWithin(table.path),
    original_file_path: table.path,
    unique_id: sourceId(context, table.name),
    fqn: [context.projectName, table.source, table.tableKey],
    source_name: table.source,
    source_description: context.project.sources.get(table.source)?.value.description ?? '',
    loader: '',
    identifier: table.table.name,
    quoting: { database: null, schema: null, identifier: null, column: null },
    loaded_at_field: table.loadedAt ?? null,
    loaded_at_query: null,
    freshness: table.freshness === undefined ? null : freshnessCriteria(table.freshness),
    external: null,
    description: table.description,
    columns: columnNodes(context, table.columns),
    meta: { fingerprint: fingerprints.get(table.name) },
    source_meta: {},
    tags: [],
    config: { enabled: true },
    patch_path: null,
    unrendered_config: {},
    relation_name: relationName(context, table.table),
    unrendered_database: null,
    unrendered_schema: null,
    doc_blocks: [],
  }
}
