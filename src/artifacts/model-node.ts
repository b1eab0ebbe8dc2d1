import { createHash } from 'node:crypto'
import type { AnyColumn, Columns } from '../authoring/column.ts'
import { describeType } from '../authoring/column-type.ts'
import { ownerOf } from '../authoring/model.ts'
import type { CompiledFixpoint, CompiledModel } from '../compile/compiled.ts'
import type { Fingerprints } from '../compile/fingerprint.ts'
import { type ArtifactContext, fqnOf, idsRead, modelId, pathWithin, relationName } from './artifact-context.ts'
import type { JsonObject } from './json.ts'

const materialized = { view: 'view', table: 'table', seed: 'seed', inline: 'ephemeral', fixpoint: 'table' } as const

/** A model or seed as a node of dbt's manifest; what dbt has no word for stands in `meta`. */
export function modelNode(context: ArtifactContext, model: CompiledModel, fingerprints: Fingerprints): JsonObject {
  const { name, layer, table, query, authored } = model
  const { path, value } = model.model
  const isSeed = model.materialization === 'seed'
  const meta = metaOf(model)
  const common: JsonObject = {
    database: context.database,
    schema: table.schema,
    name,
    resource_type: isSeed ? 'seed' : 'model',
    package_name: context.projectName,
    path: pathWithin(path),
    original_file_path: path,
    unique_id: modelId(context, name),
    fqn: fqnOf(context, path, name),
    alias: name,
    checksum: { name: 'sha256', checksum: fingerprints.get(name) ?? '' },
    config: configOf(model, layer, meta),
    tags: value.tags,
    description: value.description,
    columns: columnNodes(context, model.columns),
    meta,
    group: null,
    docs: { show: true, node_color: null },
    patch_path: null,
    build_path: null,
    unrendered_config: {},
    relation_name: model.materialization === 'inline' ? null : relationName(context, table),
    raw_code: authored?.text ?? '',
    doc_blocks: [],
  }
  if (isSeed) return { ...common, depends_on: { macros: [] } }
  return {
    ...common,
    language: 'sql',
    refs: model.reads.map(refTo),
    sources: model.readsSourceTables.map(source => source.split('.')),
    metrics: [],
    functions: [],
    depends_on: { macros: [], nodes: idsRead(context, model) },
    compiled_path: null,
    compiled: true,
    compiled_code: query?.text ?? null,
    extra_ctes_injected: true,
    extra_ctes: [],
    contract: { enforced: true, alias_types: true, checksum: contractChecksum(model.columns) },
    access: 'protected',
    constraints: value.grain.length === 0 ? [] : [{ type: 'primary_key', columns: value.grain }],
    version: null,
    latest_version: null,
    deprecation_date: null,
    primary_key: value.grain,
    time_spine: null,
  }
}

/** `ref('name')` as dbt keeps it. */
export function refTo(name: string): JsonObject {
  return { name, package: null, version: null }
}

/** Columns with the engine's types; what a contract says of a column is a constraint. */
export function columnNodes(context: ArtifactContext, columns: Columns): JsonObject {
  const nodes: Record<string, JsonObject> = {}
  for (const [name, column] of Object.entries(columns)) {
    nodes[name] = {
      name,
      description: column.description,
      meta: { classification: column.classification },
      data_type: context.dialect.type(column.type),
      constraints: constraintsOf(context, column),
      quote: null,
      config: { meta: { classification: column.classification }, tags: [] },
      tags: [],
      granularity: null,
      doc_blocks: [],
    }
  }
  return nodes
}

function constraintsOf(context: ArtifactContext, column: AnyColumn): readonly JsonObject[] {
  const constraints: JsonObject[] = column.isNullable ? [] : [{ type: 'not_null' }]
  for (const { rule } of column.tests) {
    if (rule.kind !== 'references') continue
    const owner = ownerOf(rule.to)
    const target = owner && context.compiled.models.get(context.project.names.model(owner) ?? '')
    const [toColumn] = Object.entries(owner?.columns ?? {}).find(([, own]) => own === rule.to) ?? []
    if (target === undefined || toColumn === undefined) continue
    constraints.push({ type: 'foreign_key', to: relationName(context, target.table), to_columns: [toColumn] })
  }
  return constraints
}

function metaOf({ layer, materialization, model, fixpoint }: CompiledModel): JsonObject {
  const { grain, dataThrough } = model.value
  return {
    layer,
    grain,
    materialization,
    data_through: dataThrough,
    fixpoint: fixpoint && fixpointMeta(fixpoint),
  }
}

function fixpointMeta({ maximumRounds, until, start, step }: CompiledFixpoint): JsonObject {
  const queries = (of: CompiledFixpoint['start']) => of.map(({ table, query }) => ({ table, sql: query.text }))
  return { maximum_rounds: maximumRounds, until, start: queries(start), step: queries(step) }
}

function configOf(model: CompiledModel, layer: string, meta: JsonObject): JsonObject {
  const common: JsonObject = {
    enabled: true,
    alias: null,
    schema: layer,
    database: null,
    tags: model.model.value.tags,
    labels: model.model.value.labels,
    meta,
    group: null,
    materialized: materialized[model.materialization],
    incremental_strategy: null,
    batch_size: null,
    lookback: 1,
    begin: null,
    persist_docs: { relation: true, columns: true },
    'post-hook': [],
    'pre-hook': [],
    quoting: {},
    column_types: {},
    full_refresh: null,
    unique_key: null,
    on_schema_change: 'append_new_columns',
    on_configuration_change: 'apply',
    grants: {},
    packages: [],
    docs: { show: true, node_color: null },
    contract: { enforced: true, alias_types: true },
    event_time: null,
    concurrent_batches: null,
  }
  return model.materialization === 'seed'
    ? { ...common, delimiter: ',', quote_columns: null }
    : { ...common, access: 'protected', freshness: null }
}

function contractChecksum(columns: Columns): string {
  const facts = Object.entries(columns).map(([name, { type, isNullable }]) => [name, describeType(type), isNullable])
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex')
}
