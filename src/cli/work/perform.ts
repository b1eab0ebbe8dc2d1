import { engines } from '../../authoring/macro.ts'
import { schemaOf } from '../../compile/naming.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { isInterrupted } from '../../run/node-problem.ts'
import type { RunResult } from '../../run/result.ts'
import { runProject } from '../../run/run-project.ts'
import { DuckDBWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts'
import type { Warehouse } from '../../warehouse/warehouse.ts'
import { checkModels } from '../check-models.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { keepBudget } from '../plan/keep-budget.ts'
import { checkedWords } from '../report/checked-words.ts'
import { shortPath } from '../report/problem-text.ts'
import { reporterOn } from '../report/reporter-on.ts'
import { viewOf } from '../report/run-view.ts'
import { listed } from '../report/words.ts'
import { runIdOf } from '../run-clock.ts'
import { openTarget, placeOf } from '../target.ts'
import type { Terminal } from '../terminal.ts'
import { withOwnScratch } from '../workspace.ts'
import { earlierSeconds, writeArtifacts, writeBegun } from './artifacts.ts'
import { writeCatalog } from './catalog.ts'
import type { Job } from './job.ts'

/**
 * Carries out a run: checks, builds or tests, writes the artifacts, and gives readers their copy. Readers get it after every build that came
 * to its end by itself, failures or not: a table that failed keeps its earlier rows. A build that was stopped gives them nothing new.
 */
export async function perform(job: Job, terminal: Terminal): Promise<ExitCode> {
  const stop = new AbortController()
  const undo = terminal.effects.onInterrupt(() => stop.abort())
  try {
    tellStart(job, terminal)
    await check(job, terminal)
    return await performUntil(stop.signal, job, terminal)
  } catch (error) {
    if (!(error instanceof NotBegun)) throw error
    terminal.complain(error.problems)
    terminal.notice(`\nNothing was ${did[job.command]}.`)
    return exitCodes.notCarriedOut
  } finally {
    undo()
  }
}

const did = { build: 'built', run: 'built', test: 'tested' } as const

/** What keeps a run from its first node. */
class NotBegun extends ProblemsError {}

async function performUntil(signal: AbortSignal, job: Job, terminal: Terminal): Promise<ExitCode> {
  const warehouse = await openFor(job)
  for (const warning of warehouse.warnings ?? []) terminal.notice(`${terminal.colors.yellow('warning')}  ${warning}`)
  try {
    const result = await run(warehouse, job, terminal, signal)
    if (job.onlyUnitTestsOn !== undefined) return exitCodeOf(result)
    const written = writeArtifacts(job, result, terminal)
    const catalog = job.command === 'test' ? undefined : await writeCatalog(warehouse, job.workspace, result, terminal)
    if (terminal.form === 'json') terminal.emit({ type: 'artifacts_written', ...written, catalog })
    if (result.status !== 'cancelled' && job.command !== 'test') await giveToReaders(warehouse, job, terminal)
    return exitCodeOf(result)
  } finally {
    await warehouse.close()
  }
}

/** Unit tests have their rows with them. */
function openFor({ workspace, onlyUnitTestsOn }: Job): Promise<Warehouse> {
  if (onlyUnitTestsOn !== undefined) return DuckDBWarehouse.open({ path: ':memory:' })
  return openTarget(workspace.config.target)
}

const doing = { build: 'Building', run: 'Running', test: 'Testing' } as const

function tellStart({ command, workspace, onlyUnitTestsOn }: Job, terminal: Terminal): void {
  if (terminal.form === 'json') return
  const { project, target } = workspace.config
  if (onlyUnitTestsOn !== undefined) return terminal.print(`Running the unit tests of ${project} on ${onlyUnitTestsOn}`)
  const where = placeOf(target, terminal.effects.cwd)
  terminal.print(`${doing[command]} ${project} in the target ${target.name} (${where})`)
  const sources = [...workspace.project.sources.keys()]
  if (sources.length === 0 || workspace.compiled.sourceTables.size > 0) return
  const known = listed(sources)
  terminal.print(
    `${terminal.colors.yellow('note')}  the config names no source, so there is nothing to read: ${known} may stand under sources`,
  )
}

/** Models are checked before they are built. */
async function check({ command, workspace, unitTestProblems }: Job, terminal: Terminal): Promise<void> {
  const checked = command === 'test' ? undefined : await checkModels(workspace)
  const problems = [...(checked?.problems ?? []), ...unitTestProblems]
  if (problems.length > 0) throw new NotBegun(problems)
  if (checked === undefined) return
  const { modelCount, oneEngineCount, seconds } = checked
  if (terminal.form === 'json') return terminal.emit({ type: 'checked', modelCount, oneEngineCount, engines, seconds })
  terminal.print(checkedWords(checked))
}

async function run(warehouse: Warehouse, job: Job, terminal: Terminal, signal: AbortSignal): Promise<RunResult> {
  const { workspace, storeFailures } = job
  const { config, compiled, input } = workspace
  const { effects } = terminal
  const reporter = reporterOn(terminal, viewOf(job, effects))
  const stopping = (): void => reporter.stopping()
  signal.addEventListener('abort', stopping)
  try {
    await keepBudget(warehouse, job, terminal, signal)
    const runId = runIdOf(effects.now(), effects.newToken())
    const named =
      warehouse.sharing === undefined ? { compiled, naming: input.naming } : withOwnScratch(workspace, runId)
    return await runProject({
      ...job,
      ...named,
      startedAt: input.startedAt,
      runId,
      owner: effects.process,
      every: effects.every,
      target: config.target.name,
      warehouse,
      storeFailures: storeFailures === undefined ? undefined : schemaOf(input.naming.model(storeFailures, '')),
      seconds: earlierSeconds(config),
      signal,
      emit: event => {
        if (event.type === 'run_started' && job.onlyUnitTestsOn === undefined) writeBegun(job, event, terminal)
        reporter.on(event)
      },
    })
  } catch (error) {
    if (error instanceof ProblemsError) throw new NotBegun(error.problems)
    if (signal.aborted && isInterrupted(error))
      throw new NotBegun([{ kind: 'warehouse', message: 'the run was stopped' }])
    throw error
  } finally {
    signal.removeEventListener('abort', stopping)
    reporter.close()
  }
}

async function giveToReaders(warehouse: Warehouse, { workspace }: Job, terminal: Terminal): Promise<void> {
  const { target } = workspace.config
  await warehouse.close()
  const publishTo = target.engine === 'duckdb' ? target.publishTo : undefined
  if (publishTo === undefined) return
  const shown = shortPath(publishTo, terminal.effects.cwd)
  try {
    await warehouse.publishToReaders()
  } catch (error) {
    const message = `the copy for readers cannot be written to ${shown}: ${(error as Error).message}`
    throw new ProblemsError([{ kind: 'warehouse', message, hint: 'readers keep the copy that they have' }], {
      cause: error,
    })
  }
  if (terminal.form === 'json') terminal.emit({ type: 'given_to_readers', file: publishTo })
  else terminal.print(`Readers have it in ${shown}`)
}

function exitCodeOf({ status }: RunResult): ExitCode {
  if (status === 'cancelled') return exitCodes.notCarriedOut
  return status === 'success' ? exitCodes.good : exitCodes.failed
}
