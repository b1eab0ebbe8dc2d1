import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ArtifactContext } from '../../artifacts/artifact-context.ts'
import { writeArtifact } from '../../artifacts/artifact-file.ts'
import { manifestOf } from '../../artifacts/manifest.ts'
import { readRunResults } from '../../artifacts/read-run-results.ts'
import { runResultsOf } from '../../artifacts/run-results.ts'
import { fingerprintsOf } from '../../compile/fingerprint.ts'
import type { Config } from '../../config/load-config.ts'
import { ProblemsError } from '../../problems/problem.ts'
import type { NodeResult, RunResult } from '../../run/result.ts'
import { artifactFolder } from '../folders.ts'
import { databaseOf } from '../target.ts'
import type { Terminal } from '../terminal.ts'
import type { Workspace } from '../workspace.ts'
import type { Job } from './job.ts'

/** Writes the manifest of the project and the results of the run; gives where. */
export function writeArtifacts(
  { workspace, args }: Job,
  result: RunResult,
  { mask, effects }: Terminal,
): { readonly manifest: string; readonly runResults: string } {
  const folder = artifactFolder(workspace.config)
  const context = contextOf(workspace)
  const generatedAt = effects.now().toISOString()
  const { runId, startedAt } = result
  const manifest = manifestOf({
    ...context,
    fingerprints: fingerprintsOf(workspace.input),
    runId,
    startedAt,
    generatedAt,
  })
  const runResults = runResultsOf({ ...context, result, generatedAt, args })
  return {
    manifest: writeArtifact(folder, 'manifest.json', manifest, mask),
    runResults: writeArtifact(folder, 'run_results.json', runResults, mask),
  }
}

/** Leaves word of a run that has begun, with nothing reached: where it is killed, `retry` goes on with it. */
export function writeBegun(
  job: Job,
  { runId, startedAt }: Pick<RunResult, 'runId' | 'startedAt'>,
  { mask, effects }: Terminal,
): void {
  const { workspace, command, args } = job
  const generatedAt = effects.now().toISOString()
  const results = nodesOf(job).map(node => ({ ...node, ...notReached }))
  const result: RunResult = { runId, command, startedAt, finishedAt: generatedAt, status: 'cancelled', results }
  const runResults = runResultsOf({ ...contextOf(workspace), result, generatedAt, args })
  writeArtifact(artifactFolder(workspace.config), 'run_results.json', runResults, mask)
}

const notReached = {
  status: 'skipped',
  problems: [],
  skippedBecause: undefined,
  startedAt: undefined,
  finishedAt: undefined,
  seconds: 0,
  rowCount: undefined,
  tests: [],
  costs: [],
} as const

/** What a run works on. A test of what is published reads no raw table; an inline model is built in those that read it. */
function nodesOf({ workspace, command, selected, dataTests, unitTests }: Job): Pick<NodeResult, 'kind' | 'name'>[] {
  const { models, sourceTables } = workspace.compiled
  const built = [...selected].filter(name => models.has(name) && models.get(name)?.materialization !== 'inline')
  const landed = command === 'test' ? [] : [...selected].filter(name => sourceTables.has(name))
  return [
    ...landed.map(name => ({ kind: 'source' as const, name })),
    ...built.map(name => ({ kind: 'model' as const, name })),
    ...[...dataTests].map(name => ({ kind: 'data-test' as const, name })),
    ...unitTests.map(({ name }) => ({ kind: 'unit-test' as const, name })),
  ]
}

/** The workspace as artifacts describe it. */
export function contextOf({ config, project, compiled, input }: Workspace): ArtifactContext {
  return {
    projectName: config.project,
    database: databaseOf(config.target),
    dialect: input.dialect,
    project,
    compiled,
  }
}

/** Seconds that models took in the target's last run. They say what to begin with: without them the order is merely less good. */
export function earlierSeconds(config: Config): ReadonlyMap<string, number> | undefined {
  const folder = artifactFolder(config)
  if (!existsSync(join(folder, 'run_results.json'))) return undefined
  try {
    return readRunResults(folder).seconds
  } catch (error) {
    if (error instanceof ProblemsError) return undefined
    throw error
  }
}
