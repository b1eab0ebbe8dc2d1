import { engines } from '../../authoring/macro.ts'
import { packageName } from '../../googlesql/find-package.ts'
import { distinctProblems } from '../../problems/distinct.ts'
import { type Problem, ProblemsError } from '../../problems/problem.ts'
import { type Analyzed, type CheckOutcome, checkModels, checkModelsForBigQuery } from '../check-models.ts'
import { type Cli, declare } from '../cli.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { findGoogleSql, howToInstall, requireGoogleSql } from '../google-sql.ts'
import { type NotVouched, notVouchedIn } from '../not-vouched.ts'
import { type CommonOptions, configOption, outputOption, targetOption } from '../options.ts'
import { checkedWords } from '../report/checked-words.ts'
import { problemText } from '../report/problem-text.ts'
import { countOf } from '../report/words.ts'
import { clockOf } from '../run-clock.ts'
import type { Terminal } from '../terminal.ts'
import { unitTestsOf } from '../work/tests-of.ts'
import { compileAsOf, readProjectAlone, type Workspace, type WorkspaceOptions } from '../workspace.ts'

interface CheckOptions extends CommonOptions, WorkspaceOptions {}

export function checkCommand(cli: Cli): void {
  declare(cli, 'check', {
    description: 'find what would go wrong, for every engine, without running anything',
    notes: `Exits with 1 where it finds problems in the models, with 2 where the config cannot be read. Of a target in BigQuery, Google's own analyzer types every query too, where ${packageName} is installed; of one in Snowflake, every function is looked up in a list made from its documentation. What nobody here can vouch for is told, and is no problem.`,
    examples: [
      ['check', 'every model of the project, in seconds, without a warehouse'],
      ['check --target prod', "the same; where prod is in BigQuery, with Google's analyzer too"],
    ],
    options: [configOption(), targetOption(), outputOption()],
  }).action((options: CheckOptions) => cli.carryOut(options, terminal => check(options, terminal)))
}

async function check(options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const started = performance.now()
  const now = clockOf(terminal.effects.now())
  const { workspace, problems: ofFiles } = compileAsOf(now, readProjectAlone(options, terminal))
  const { modelCount, oneEngineCount, problems: ofModels, analyzed, notAnalyzed } = await checked(workspace)
  const { notVouched, readByList } = await notVouchedIn(workspace, analyzed !== undefined)
  const { problems: ofUnitTests } = unitTestsOf(workspace)
  const problems = distinctProblems([...ofFiles, ...ofModels, ...ofUnitTests])
  const seconds = (performance.now() - started) / 1000
  terminal.printProblems(problems)
  if (terminal.form === 'json') {
    const problemCount = problems.length
    terminal.emit({
      type: 'check_finished',
      modelCount,
      oneEngineCount,
      engines,
      problemCount,
      seconds,
      analyzed,
      notAnalyzed,
      readByList,
      notVouched,
    })
  } else {
    const found = problems.length === 0 ? 'no problems' : terminal.colors.red(countOf(problems.length, 'problem'))
    terminal.print(`${checkedWords({ modelCount, oneEngineCount, seconds })}: ${found}`)
    if (analyzed !== undefined) tellAnalyzed(analyzed, terminal)
    if (notAnalyzed !== undefined) terminal.print(`${terminal.colors.yellow('note')}  ${notAnalyzed}`)
    if (readByList !== undefined) tellRead(readByList, terminal)
    tellNotVouched(notVouched, terminal)
  }
  return problems.length === 0 ? exitCodes.good : exitCodes.failed
}

interface Checked extends CheckOutcome {
  readonly analyzed?: Analyzed
  /** Of a target in BigQuery: why Google's analyzer was not asked. */
  readonly notAnalyzed?: string
}

async function checked(workspace: Workspace): Promise<Checked> {
  const { config } = workspace
  if (config.target.engine !== 'bigquery') return checkModels(workspace)
  const byCoreAlone = "BigQuery's SQL was checked by the portable core alone"
  if (findGoogleSql(config) === undefined) {
    const notAnalyzed = `${byCoreAlone}; Google's own analyzer types every query: ${howToInstall}`
    return { ...(await checkModels(workspace)), notAnalyzed }
  }
  try {
    return await checkModelsForBigQuery(workspace, requireGoogleSql(config))
  } catch (error) {
    const why = whyNotStarted(error)
    if (why === undefined) throw error
    return { ...(await checkModels(workspace)), notAnalyzed: `${byCoreAlone}: ${why}` }
  }
}

/** Undefined of any other error. */
function whyNotStarted(error: unknown): string | undefined {
  if (error instanceof ProblemsError) return error.problems[0]?.message
  return error instanceof Error && error.name === 'ServiceFailure' ? error.message : undefined
}

function tellRead({ queryCount, functionCount }: NonNullable<NotVouched['readByList']>, terminal: Terminal): void {
  const queries = countOf(queryCount, 'query', 'queries')
  terminal.print(
    `Snowflake's SQL, ${queries}, was read by a list of ${functionCount} functions made from Snowflake's documentation`,
  )
}

/** What may be right, and nobody here can say so. It is no problem, and changes no exit code. */
function tellNotVouched(notVouched: readonly Problem[], terminal: Terminal): void {
  const { colors, effects } = terminal
  for (const problem of notVouched)
    terminal.print(`${colors.yellow('not vouched for')}  ${problemText(problem, colors, effects.cwd)}`)
}

function tellAnalyzed({ version, statementCount, notVerified }: Analyzed, terminal: Terminal): void {
  const count = notVerified.length
  const left = count === 0 ? '' : `; ${count} of them not verified, which it is too old to know:`
  terminal.print(
    `Google's analyzer (${packageName} ${version}) was asked of ${countOf(statementCount, 'query', 'queries')}${left}`,
  )
  const { colors, effects } = terminal
  for (const problem of notVerified) terminal.print(problemText(problem, colors, effects.cwd))
}
