import { describeProblem } from '../problems/problem.ts'
import type { NodeResult, RunResult, TestResult } from '../run/result.ts'
import { adapterResponse } from './adapter-response.ts'
import {
  type ArtifactContext,
  dataTestId,
  dbtVersion,
  isoInstant,
  modelId,
  relationName,
  sourceId,
  testId,
  unitTestId,
} from './artifact-context.ts'
import type { JsonObject } from './json.ts'

export interface RunResultsInput extends ArtifactContext {
  readonly result: RunResult
  /** ISO instant of the wall clock. */
  readonly generatedAt: string
  /** What the command was given (`select`, `exclude`, `target` …): `retry` does the same again. */
  readonly args: JsonObject
}

/**
 * What became of each node as dbt's `run_results.json`, version 6, in the order in which they ended; each model's tests follow it. The run's id
 * and instant stand in `args`, where `retry` finds them.
 */
export function runResultsOf(input: RunResultsInput): JsonObject {
  const { result } = input
  return {
    metadata: {
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/run-results/v6.json',
      dbt_version: dbtVersion,
      generated_at: input.generatedAt,
      invocation_id: result.runId,
      invocation_started_at: isoInstant(result.startedAt),
      env: {},
    },
    results: result.results.flatMap(node => resultsOf(input, node)),
    elapsed_time: elapsedSeconds(result.results),
    args: {
      ...input.args,
      which: result.command,
      run_id: result.runId,
      started_at: result.startedAt,
      status: result.status,
    },
  }
}

function resultsOf(context: ArtifactContext, node: NodeResult): readonly JsonObject[] {
  if (node.kind === 'data-test') return [dataTestResult(context, node)]
  if (node.kind === 'unit-test') return [unitTestResult(context, node)]
  const own = node.kind === 'source' ? sourceResult(context, node) : modelResult(context, node)
  return [own, ...node.tests.map(test => testResult(testId(context, node.name, test), node, test))]
}

function modelResult(context: ArtifactContext, node: NodeResult): JsonObject {
  const model = context.compiled.models.get(node.name)
  return {
    ...ended(node),
    // That a test warned is the test's result.
    status: node.status === 'warn' ? 'success' : node.status,
    failures: null,
    unique_id: modelId(context, node.name) ?? `model.${context.projectName}.${node.name}`,
    compiled: model !== undefined,
    compiled_code: model?.query?.text ?? null,
    relation_name: model === undefined ? null : relationName(context, model.table),
  }
}

function sourceResult(context: ArtifactContext, node: NodeResult): JsonObject {
  const table = context.compiled.sourceTables.get(node.name)?.table
  return {
    ...ended(node),
    status: node.status === 'warn' ? 'success' : node.status,
    failures: null,
    unique_id: sourceId(context, node.name),
    compiled: false,
    compiled_code: null,
    relation_name: table === undefined ? null : relationName(context, table),
  }
}

const testStatus = { success: 'pass', warn: 'warn', error: 'error', skipped: 'skipped' } as const

function dataTestResult(context: ArtifactContext, node: NodeResult): JsonObject {
  const compiled = context.compiled.dataTests.find(({ name }) => name === node.name)
  return ownTestResult(dataTestId(context, node.name), node, compiled?.query.text)
}

function unitTestResult(context: ArtifactContext, node: NodeResult): JsonObject {
  const unitTest = context.project.unitTests.find(({ name }) => name === node.name)
  const model = unitTest && context.project.names.model(unitTest.value.model)
  return ownTestResult(unitTestId(context, model ?? 'unknown', node.name), node, undefined)
}

/** A test of its own is a node with one test, itself; without one it could not be run. */
function ownTestResult(id: string, node: NodeResult, compiledCode: string | undefined): JsonObject {
  const [test] = node.tests
  if (test !== undefined) return testResult(id, node, test)
  return {
    ...ended(node),
    status: testStatus[node.status],
    failures: null,
    unique_id: id,
    compiled: compiledCode !== undefined,
    compiled_code: compiledCode ?? null,
    relation_name: null,
  }
}

function testResult(id: string, node: NodeResult, test: TestResult): JsonObject {
  const ran = test.status !== 'skipped'
  return {
    ...ended(node),
    status: test.status,
    execution_time: test.seconds,
    adapter_response: {},
    message: test.message ?? null,
    failures: ran && test.status !== 'error' ? test.failures : null,
    unique_id: id,
    compiled: test.sql !== undefined,
    compiled_code: test.sql ?? null,
    relation_name: null,
  }
}

/** What every result has: when, how long, how many rows, what is to be said. */
function ended(node: NodeResult): JsonObject {
  const { startedAt = null, finishedAt = null } = node
  const timing =
    startedAt === null
      ? []
      : [
          { name: 'compile', started_at: startedAt, completed_at: startedAt },
          { name: 'execute', started_at: startedAt, completed_at: finishedAt },
        ]
  return {
    status: node.status,
    timing,
    thread_id: 'main',
    execution_time: node.seconds,
    adapter_response: adapterResponse(node),
    message: messageOf(node),
  }
}

function messageOf({ status, problems, skippedBecause, rowCount }: NodeResult): string | null {
  if (problems.length > 0) return problems.map(describeProblem).join('\n')
  if (status === 'skipped') {
    return skippedBecause === undefined ? 'skipped: the run was stopped' : `skipped: '${skippedBecause}' failed`
  }
  return rowCount === undefined ? null : `${rowCount} ${rowCount === 1 ? 'row' : 'rows'}`
}

/** From the first start to the last end: the run's own instant may be that of an earlier run. */
function elapsedSeconds(results: readonly NodeResult[]): number {
  const starts = results.flatMap(({ startedAt }) => (startedAt === undefined ? [] : [Date.parse(startedAt)]))
  const ends = results.flatMap(({ finishedAt }) => (finishedAt === undefined ? [] : [Date.parse(finishedAt)]))
  if (starts.length === 0 || ends.length === 0) return 0
  return (ends.reduce((a, b) => Math.max(a, b)) - starts.reduce((a, b) => Math.min(a, b))) / 1000
}
