import { ProblemsError } from '../../problems/problem.ts'
import { planProject } from '../../run/plan-project.ts'
import type { Warehouse } from '../../warehouse/warehouse.ts'
import type { Terminal } from '../terminal.ts'
import type { Job } from '../work/job.ts'
import { budgetWords, isAbove, overBudget, spendingOf, unknownWords } from './budget.ts'

/** Estimates a run whose target has a budget, and throws `ProblemsError` where it would be above it. Nothing has run by then. */
export async function keepBudget(
  warehouse: Warehouse,
  { command, workspace, selected, dataTests }: Job,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const { target, problem } = workspace.config
  if (command === 'test' || target.engine === 'duckdb' || target.budget === undefined) return
  const { budget, name } = target
  const plan = await planProject({ warehouse, compiled: workspace.compiled, selected, dataTests, signal })
  if (isAbove(budget, plan))
    throw new ProblemsError([problem(['targets', name, 'budget'], overBudget(budget, plan, name))])
  const { total, unknown } = plan
  if (terminal.form === 'json') return terminal.emit({ type: 'estimated', ...total, unknown, budget })
  const beside = unknown.length === 0 ? '' : `; ${unknownWords(plan)}`
  terminal.print(`Reads ${spendingOf(plan)}, within the budget of ${budgetWords(budget)}${beside}`)
}
