import { createHash } from 'node:crypto'
import type { Fingerprints } from '../compile/fingerprint.ts'
import { type ArtifactContext, dbtVersion, isoInstant } from './artifact-context.ts'
import type { Json, JsonObject } from './json.ts'
import { modelNode } from './model-node.ts'
import { sourceNode } from './source-node.ts'
import { dataTestNode, testNode } from './test-node.ts'
import { unitTestNode } from './unit-test-node.ts'

export interface ManifestInput extends ArtifactContext {
  /** Of `fingerprintsOf`: what a later `state:modified` compares with. */
  readonly fingerprints: Fingerprints
  readonly runId: string
  /** The run's instant, `2026-06-01 12:00:00`, UTC. */
  readonly startedAt: string
  /** ISO instant of the wall clock. */
  readonly generatedAt: string
}

/** Fingerprints are comparable between manifests that name the same version. */
export const fingerprintVersion = '1'
export const fingerprintVariable = 'THROUGHLINE_FINGERPRINT_VERSION'

/**
 * The project as dbt's `manifest.json`, version 12: what dbt-docs, Lightdash and Cosmos read. Nodes stand in order of id; only `metadata` has
 * times, so that the rest of two equal builds is equal.
 */
export function manifestOf(input: ManifestInput): JsonObject {
  const nodes = byId(nodesOf(input))
  const sources = byId(
    [...input.compiled.sourceTables.values()].map(table => sourceNode(input, table, input.fingerprints)),
  )
  const unitTests = byId(
    input.project.unitTests.map(test => unitTestNode(input, test)).filter(node => node !== undefined),
  )
  const parents = parentMap({ ...nodes, ...sources, ...unitTests })
  return {
    metadata: metadataOf(input),
    nodes,
    sources,
    macros: {},
    docs: {},
    exposures: {},
    metrics: {},
    groups: {},
    selectors: {},
    disabled: {},
    parent_map: parents,
    child_map: childMap(parents),
    group_map: {},
    saved_queries: {},
    semantic_models: {},
    unit_tests: unitTests,
    functions: {},
  }
}

function nodesOf(input: ManifestInput): readonly JsonObject[] {
  const models = [...input.compiled.models.values()]
  return [
    ...models.map(model => modelNode(input, model, input.fingerprints)),
    // An inline model has no table of its own to be tested.
    ...models
      .filter(model => model.materialization !== 'inline')
      .flatMap(model => model.tests.map(test => testNode(input, model, test))),
    ...input.compiled.dataTests.map(test => dataTestNode(input, test)),
  ]
}

function metadataOf({ projectName, dialect, runId, startedAt, generatedAt }: ManifestInput): JsonObject {
  const runStartedAt = isoInstant(startedAt)
  return {
    dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
    dbt_version: dbtVersion,
    generated_at: generatedAt,
    invocation_id: runId,
    invocation_started_at: runStartedAt,
    env: { [fingerprintVariable]: fingerprintVersion },
    project_name: projectName,
    project_id: createHash('md5').update(projectName).digest('hex'),
    user_id: null,
    send_anonymous_usage_stats: false,
    adapter_type: dialect.engine,
    quoting: { database: null, schema: null, identifier: null, column: null },
    run_started_at: runStartedAt,
  }
}

function byId(nodes: readonly JsonObject[]): Readonly<Record<string, JsonObject>> {
  const entries = nodes.map(node => [String(node.unique_id), node] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

type NodeMap = Readonly<Record<string, readonly string[]>>

function parentMap(nodes: Readonly<Record<string, JsonObject>>): NodeMap {
  const parents = Object.entries(nodes).map(([id, { depends_on: depends }]) => {
    const read = ((depends ?? {}) as { readonly nodes?: Json }).nodes ?? []
    return [id, [...new Set(read as readonly string[])].sort()] as const
  })
  return Object.fromEntries(parents.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function childMap(parents: NodeMap): NodeMap {
  const children: Record<string, string[]> = Object.fromEntries(Object.keys(parents).map(id => [id, []]))
  for (const [id, read] of Object.entries(parents)) for (const parent of read) children[parent]?.push(id)
  return children
}
