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
import type { RunResult } from '../../run/result.ts'
import { artifactFolder, databaseName } from '../folders.ts'
import type { Terminal } from '../terminal.ts'
import type { Job } from './job.ts'

/** Writes the manifest of the project and the results of the run; gives where. */
export function writeArtifacts(
  { workspace, args }: Job,
  result: RunResult,
  { mask, effects }: Terminal,
): { readonly manifest: string; readonly runResults: string } {
  const { config, project, compiled, input } = workspace
  const folder = artifactFolder(config)
  const context: ArtifactContext = {
    projectName: config.project,
    database: databaseName(config),
    dialect: input.dialect,
    project,
    compiled,
  }
  const generatedAt = effects.now().toISOString()
  const { runId, startedAt } = result
  const manifest = manifestOf({ ...context, fingerprints: fingerprintsOf(input), runId, startedAt, generatedAt })
  const runResults = runResultsOf({ ...context, result, generatedAt, args })
  return {
    manifest: writeArtifact(folder, 'manifest.json', manifest, mask),
    runResults: writeArtifact(folder, 'run_results.json', runResults, mask),
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
