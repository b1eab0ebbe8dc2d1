import type { EarlierRun } from '../../artifacts/read-run-results.ts'
import type { CompiledProject } from '../../compile/compiled.ts'
import { graphOf } from '../../compile/graph-of.ts'
import { topologicalOrder } from '../../project/graph.ts'
import type { Workspace } from '../workspace.ts'
import type { Job } from './job.ts'
import { dataTestsReading, unitTestsOf } from './tests-of.ts'

/** What is done again of an earlier run: what failed or was not reached, with the tests of it. What the project no longer has is left out. */
export function retried(
  workspace: Workspace,
  { command, failed, skipped }: EarlierRun,
): Pick<Job, 'selected' | 'dataTests' | 'unitTests' | 'unitTestProblems'> {
  const { compiled } = workspace
  const names = new Set([...failed, ...skipped].map(({ name }) => name))
  // Each after what it reads, as in any other run.
  const nodes = topologicalOrder(graphOf(compiled)).filter(name => names.has(name))
  const selected = new Set([...nodes, ...inlinesReadBy(nodes, compiled)])
  if (command === 'run') return { selected, dataTests: new Set(), unitTests: [], unitTestProblems: [] }
  const { tests, problems } = unitTestsOf(workspace)
  const ofTables = compiled.dataTests.map(({ name }) => name).filter(name => names.has(name))
  return {
    selected,
    dataTests: new Set([...ofTables, ...dataTestsReading(compiled, selected)]),
    unitTests: tests.filter(({ name, model }) => names.has(name) || selected.has(model)),
    unitTestProblems: problems,
  }
}

/** Inline models have no result of their own, but unit tests, which may be what failed. */
function inlinesReadBy(
  names: Iterable<string>,
  compiled: CompiledProject,
  found: Set<string> = new Set(),
): ReadonlySet<string> {
  for (const name of names) {
    const inlines = (compiled.models.get(name)?.reads ?? []).filter(
      read => compiled.models.get(read)?.materialization === 'inline' && !found.has(read),
    )
    for (const inline of inlines) found.add(inline)
    inlinesReadBy(inlines, compiled, found)
  }
  return found
}
