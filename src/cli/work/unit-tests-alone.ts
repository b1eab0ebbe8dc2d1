import { packageName } from '../../googlesql/find-package.ts'
import { type Problem, ProblemsError } from '../../problems/problem.ts'
import type { PreparedUnitTests } from '../../quality/unit-tests.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { requireGoogleSql, withGoogleSql } from '../google-sql.ts'
import { selectNodes } from '../selection.ts'
import type { Terminal } from '../terminal.ts'
import { openWorkspaceAlone, type Workspace } from '../workspace.ts'
import { argsOf } from './job.ts'
import { perform } from './perform.ts'
import { unitTestsOf, unitTestsOn } from './tests-of.ts'
import type { WorkOptions } from './work.ts'

/** Runs the unit tests of what was selected on DuckDB, in memory; no target is opened. */
export async function unitTestsAlone(options: WorkOptions, terminal: Terminal): Promise<ExitCode> {
  const workspace = openWorkspaceAlone(options, terminal)
  return performAlone(workspace, options, terminal, unitTestsOf(workspace), 'DuckDB, in memory')
}

/** The same in BigQuery's SQL, on Google's evaluator, without an account. Throws `ProblemsError` where the target is none in BigQuery. */
export async function unitTestsOffline(options: WorkOptions, terminal: Terminal): Promise<ExitCode> {
  const workspace = openWorkspaceAlone(options, terminal)
  const { config } = workspace
  if (config.target.engine !== 'bigquery') throw new ProblemsError([notInBigQuery(config.target.name)])
  const found = requireGoogleSql(config)
  const { onGoogleSql } = await import('../../quality/unit-test/on-googlesql.ts')
  return withGoogleSql(found, google => {
    const tests = unitTestsOn(onGoogleSql(google), workspace)
    return performAlone(workspace, options, terminal, tests, `Google's evaluator, ${packageName} ${found.version}`)
  })
}

/** `--offline` without `--unit`. */
export const offlineWithoutUnit: Problem = {
  kind: 'project',
  message: '--offline is for unit tests: the other tests read published tables',
  hint: 'test --unit --offline',
}

function notInBigQuery(target: string): Problem {
  return {
    kind: 'project',
    message: `--offline runs BigQuery's SQL, and the target ${target} is not in BigQuery`,
    hint: 'name one with --target; without --offline, unit tests run on DuckDB, in memory',
  }
}

async function performAlone(
  workspace: Workspace,
  options: WorkOptions,
  terminal: Terminal,
  { tests, problems }: PreparedUnitTests,
  engine: string,
): Promise<ExitCode> {
  const selected = new Set(selectNodes(workspace, options, terminal.effects.cwd))
  const unitTests = tests.filter(({ model }) => selected.has(model))
  if (unitTests.length === 0 && problems.length === 0) {
    terminal.notice('nothing that is selected has a unit test')
    return exitCodes.good
  }
  const settings = { threads: options.threads, failFast: options.failFast ?? false, storeFailures: undefined }
  const args = argsOf(settings, options, workspace.config.target.name)
  const nothing: ReadonlySet<string> = new Set()
  return perform(
    {
      command: 'test',
      workspace,
      selected: nothing,
      dataTests: nothing,
      unitTests,
      unitTestProblems: problems,
      onlyUnitTestsOn: engine,
      ...settings,
      args,
    },
    terminal,
  )
}
