import type { GivenRows, UnitTest } from '../authoring/tests.ts'
import type { Named } from '../project/project.ts'
import { type ArtifactContext, fqnOf, modelId, pathWithin, unitTestId } from './artifact-context.ts'
import { asJson, type Json, type JsonObject } from './json.ts'

/** A unit test as dbt's manifest has it; undefined where its model is not built. Definitions stand where dbt has variables. */
export function unitTestNode(context: ArtifactContext, { name, path, value }: Named<UnitTest>): JsonObject | undefined {
  const model = context.project.names.model(value.model)
  const compiled = model === undefined ? undefined : context.compiled.models.get(model)
  if (compiled === undefined) return undefined
  const { given, definitions, expect } = value
  return {
    model: compiled.name,
    given: given.map(rows => ({
      input: inputOf(context, rows),
      rows: rowsOf(rows.rows),
      format: 'dict',
      fixture: null,
    })),
    expect: { rows: rowsOf(expect), format: 'dict', fixture: null },
    name,
    resource_type: 'unit_test',
    package_name: context.projectName,
    path: pathWithin(path),
    original_file_path: path,
    unique_id: unitTestId(context, compiled.name, name),
    fqn: fqnOf(context, path, name),
    description: value.description,
    overrides: definitions.length === 0 ? null : { macros: {}, vars: variablesOf(context, definitions), env_vars: {} },
    depends_on: { macros: [], nodes: [modelId(context, compiled.name) ?? ''] },
    config: { tags: [], meta: {}, enabled: true },
    checksum: null,
    schema: compiled.table.schema,
    versions: null,
    version: null,
  }
}

function inputOf(context: ArtifactContext, { relation }: GivenRows): string {
  const { names } = context.project
  if (relation.kind === 'model') return `ref('${names.model(relation)}')`
  const table = names.sourceTable(relation)
  return `source('${table?.source}', '${table?.table}')`
}

function rowsOf(rows: readonly Readonly<Record<string, unknown>>[]): readonly Json[] {
  return rows.map(asJson)
}

/** As in the config: sections by name, settings of sources below `sources`. */
function variablesOf(context: ArtifactContext, definitions: UnitTest['definitions']): JsonObject {
  const variables: Record<string, Json> = {}
  const sources: Record<string, Json> = {}
  for (const { of, value } of definitions) {
    if (of.kind === 'definition') variables[of.section] = asJson(value)
    else sources[context.project.names.source(of) ?? ''] = asJson(value)
  }
  return Object.keys(sources).length === 0 ? variables : { ...variables, sources }
}
