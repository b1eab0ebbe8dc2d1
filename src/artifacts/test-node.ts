import type { CompiledDataTest, CompiledModel, CompiledTest, TableName } from '../compile/compiled.ts'
import { failingRows } from '../quality/test-sql.ts'
import { type ArtifactContext, dataTestId, fqnOf, modelId, pathWithin, testId } from './artifact-context.ts'
import { asJson, type JsonObject } from './json.ts'
import { refTo } from './model-node.ts'

interface TestMetadata {
  readonly name: string
  readonly namespace: string | null
  readonly kwargs: JsonObject
}

/** A data test of a model as a node of dbt's manifest, under the name that dbt or its usual packages have for it. */
export function testNode(context: ArtifactContext, model: CompiledModel, test: CompiledTest): JsonObject {
  const self = modelId(context, model.name)
  const target = test.kind === 'references' ? modelId(context, test.to) : undefined
  const { name, namespace, kwargs } = metadataOf(test)
  const rows = rowsOf(context, model.table, test)
  return {
    ...commonNode(context, model, test, rows),
    raw_code: `{{ ${namespace === null ? '' : `${namespace}.`}test_${name}(**_dbt_generic_test_kwargs) }}`,
    // Readers take the model tested to be the last for relationships, and the first for all other tests.
    refs: [...(test.kind === 'references' && target ? [test.to] : []), model.name].map(refTo),
    depends_on: { macros: [], nodes: [target, self].filter(id => id !== undefined) },
    column_name: test.column ?? null,
    file_key_name: `models.${model.name}`,
    attached_node: self,
    test_metadata: {
      name,
      kwargs: { column_name: test.column, ...kwargs, model: `{{ get_where_subquery(ref('${model.name}')) }}` },
      namespace,
    },
  }
}

/** A test over several tables as one of dbt's singular tests. */
export function dataTestNode(context: ArtifactContext, { name, test, query, reads }: CompiledDataTest): JsonObject {
  return {
    ...nodeOf(context, {
      id: dataTestId(context, name),
      name,
      path: test.path,
      schema: 'data_tests',
      description: test.value.description,
      severity: test.value.severity,
      code: query.text,
    }),
    refs: reads.map(refTo),
    depends_on: { macros: [], nodes: reads.map(read => modelId(context, read)).filter(id => id !== undefined) },
  }
}

function metadataOf(test: CompiledTest): TestMetadata {
  switch (test.kind) {
    case 'not_null':
      return { name: 'not_null', namespace: null, kwargs: {} }
    case 'unique':
      return test.columns.length === 1
        ? { name: 'unique', namespace: null, kwargs: {} }
        : {
            name: 'unique_combination_of_columns',
            namespace: 'dbt_utils',
            kwargs: { combination_of_columns: test.columns },
          }
    case 'one_of':
      return { name: 'accepted_values', namespace: null, kwargs: { values: asJson(test.values ?? []) } }
    case 'references':
      return { name: 'relationships', namespace: null, kwargs: { to: `ref('${test.to}')`, field: test.toColumn } }
    case 'at_least':
      return { name: 'accepted_range', namespace: 'dbt_utils', kwargs: { min_value: bound(test), inclusive: true } }
    case 'at_most':
      return { name: 'accepted_range', namespace: 'dbt_utils', kwargs: { max_value: bound(test), inclusive: true } }
    case 'matches':
      return {
        name: 'expect_column_values_to_match_regex',
        namespace: 'dbt_expectations',
        kwargs: { regex: asJson(test.values?.[0]) },
      }
    case 'always':
      return { name: 'expression_is_true', namespace: 'dbt_utils', kwargs: { expression: test.holds.text } }
    case 'never':
      return { name: 'never', namespace: 'throughline', kwargs: {} }
  }
}

function bound(test: { readonly values?: readonly unknown[] }): JsonObject[string] {
  return asJson(test.values?.[0])
}

/** The failing rows; undefined where the table that the test refers to is not built. */
function rowsOf(context: ArtifactContext, table: TableName, test: CompiledTest): string | undefined {
  const tableOf = (name: string) => context.compiled.models.get(name)?.table
  if (test.kind === 'references' && tableOf(test.to) === undefined) return undefined
  return failingRows(test, table, tableOf)
}

function commonNode(
  context: ArtifactContext,
  model: CompiledModel,
  test: CompiledTest,
  code: string | undefined,
): JsonObject {
  const where = test.kind === 'never' ? undefined : test.where?.text
  return nodeOf(context, {
    id: testId(context, model.name, test),
    name: test.name,
    path: model.model.path,
    schema: model.table.schema,
    description: test.says,
    severity: test.options.severity ?? 'error',
    errorAbove: test.options.errorAbove,
    warnAbove: test.options.warnAbove,
    where,
    code,
  })
}

interface TestFacts {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly schema: string
  readonly description: string
  readonly severity: 'error' | 'warn'
  readonly errorAbove?: number | undefined
  readonly warnAbove?: number | undefined
  readonly where?: string | undefined
  readonly code: string | undefined
}

function nodeOf(context: ArtifactContext, facts: TestFacts): JsonObject {
  return {
    database: context.database,
    schema: facts.schema,
    name: facts.name,
    resource_type: 'test',
    package_name: context.projectName,
    path: pathWithin(facts.path),
    original_file_path: facts.path,
    unique_id: facts.id,
    fqn: fqnOf(context, facts.path, facts.name),
    alias: facts.name,
    checksum: { name: 'none', checksum: '' },
    config: {
      enabled: true,
      alias: null,
      schema: facts.schema,
      database: null,
      tags: [],
      meta: {},
      group: null,
      materialized: 'test',
      severity: facts.severity === 'warn' ? 'WARN' : 'ERROR',
      store_failures: null,
      store_failures_as: null,
      where: facts.where ?? null,
      limit: null,
      fail_calc: 'count(*)',
      warn_if: `> ${facts.warnAbove ?? 0}`,
      error_if: `> ${facts.errorAbove ?? 0}`,
    },
    tags: [],
    description: facts.description,
    columns: {},
    meta: {},
    group: null,
    docs: { show: true, node_color: null },
    patch_path: null,
    build_path: null,
    unrendered_config: {},
    relation_name: null,
    raw_code: facts.code ?? '',
    doc_blocks: [],
    language: 'sql',
    sources: [],
    metrics: [],
    functions: [],
    compiled_path: null,
    compiled: facts.code !== undefined,
    compiled_code: facts.code ?? null,
    extra_ctes_injected: true,
    extra_ctes: [],
    contract: { enforced: false, alias_types: true, checksum: null },
  }
}
