import { ProblemsError } from '../../problems/problem.ts'
import { type Plan, planProject } from '../../run/plan-project.ts'
import { DuckDBWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts'
import { type Cli, declare } from '../cli.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import {
  type CommonOptions,
  configOption,
  excludeOption,
  outputOption,
  selectOption,
  stateOption,
  targetOption,
} from '../options.ts'
import { budgetWords, isAbove } from '../plan/budget.ts'
import { planEvents } from '../plan/plan-events.ts'
import { planLines, totalLines } from '../plan/plan-lines.ts'
import { countOf } from '../report/words.ts'
import { type SelectionOptions, selectNodes } from '../selection.ts'
import { canBeOpened, openTargetToRead, placeOf } from '../target.ts'
import type { Terminal } from '../terminal.ts'
import { dataTestsReading, unitTestsOf } from '../work/tests-of.ts'
import { openWorkspace, type Workspace, type WorkspaceOptions } from '../workspace.ts'

interface PlanOptions extends CommonOptions, WorkspaceOptions, SelectionOptions {}

export function planCommand(cli: Cli): void {
  declare(cli, 'plan', {
    description: 'say what a build would do, in order, and what it would cost; do nothing',
    notes:
      'Of a target in BigQuery each query is told as a dry run, which costs nothing: bytes and price are by the tables as they stand now. What is read of tables that do not stand yet is not known.',
    examples: [
      ['plan', 'everything, in the default target'],
      ['plan --select state:modified+ --state last-build', 'what changed since an earlier build, and what reads it'],
    ],
    options: [configOption(), targetOption(), selectOption(), excludeOption(), stateOption(), outputOption()],
  }).action((options: PlanOptions) => cli.carryOut(options, terminal => tellPlan(options, terminal)))
}

async function tellPlan(options: PlanOptions, terminal: Terminal): Promise<ExitCode> {
  const workspace = openWorkspace(options, terminal)
  const selected = new Set(selectNodes(workspace, options, terminal.effects.cwd))
  if (selected.size === 0) {
    terminal.notice('nothing is selected: there is nothing to build')
    return exitCodes.good
  }
  const { tests, problems } = unitTestsOf(workspace)
  if (problems.length > 0) throw new ProblemsError(problems)
  const unitTestCount = tests.filter(({ model }) => selected.has(model)).length
  const plan = await planOf(workspace, selected)
  const { target } = workspace.config
  if (terminal.form === 'json') {
    for (const event of planEvents(plan, target.name, unitTestCount)) terminal.emit(event)
  } else {
    tellText(plan, workspace, unitTestCount, terminal)
  }
  const refused = plan.nodes.flatMap(({ estimate }) => (estimate.kind === 'refused' ? estimate.problems : []))
  if (refused.length === 0) return exitCodes.good
  if (terminal.form === 'text') terminal.print('')
  terminal.printProblems(refused)
  return exitCodes.failed
}

/** The target is looked at, and nothing of it is changed: a file that is not there is not made. */
async function planOf({ config, compiled }: Workspace, selected: ReadonlySet<string>): Promise<Plan> {
  const warehouse = canBeOpened(config.target)
    ? await openTargetToRead(config.target)
    : await DuckDBWarehouse.open({ path: ':memory:' })
  const dataTests = dataTestsReading(compiled, selected)
  try {
    return await planProject({ warehouse, compiled, selected, dataTests })
  } finally {
    await warehouse.close()
  }
}

function tellText(plan: Plan, { config, compiled }: Workspace, unitTestCount: number, terminal: Terminal): void {
  const { target, project } = config
  const where = placeOf(target, terminal.effects.cwd)
  terminal.print(`A build of ${project} in the target ${target.name} (${where}) would do this; nothing is done now`)
  if (unitTestCount > 0) terminal.print(`${countOf(unitTestCount, 'unit test')} first`)
  terminal.print('')
  for (const line of planLines(plan, compiled, terminal.colors)) terminal.print(line)
  const totals = totalLines(plan)
  if (totals.length > 0) terminal.print('')
  for (const line of totals) terminal.print(line)
  if (target.engine === 'duckdb' || target.budget === undefined) return
  const words = budgetWords(target.budget)
  terminal.print(
    isAbove(target.budget, plan)
      ? `${terminal.colors.red('Above the budget')} of ${words}: a build is refused`
      : `Within the budget of ${words}`,
  )
}
