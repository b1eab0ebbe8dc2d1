import { resolve } from 'node:path'
import { readState } from '../artifacts/read-state.ts'
import type { CompiledProject } from '../compile/compiled.ts'
import { fingerprintsOf } from '../compile/fingerprint.ts'
import { graphOf } from '../compile/graph-of.ts'
import { ProblemsError } from '../problems/problem.ts'
import type { Project } from '../project/project.ts'
import { type SelectionInput, select } from '../project/selector.ts'
import { compareState } from '../project/state.ts'
import type { Workspace } from './workspace.ts'

export interface SelectionOptions {
  readonly select?: readonly string[] | undefined
  readonly exclude?: readonly string[] | undefined
  /** A folder with the `manifest.json` of an earlier build, which `state:` compares with. */
  readonly state?: string | undefined
}

/** The names of the nodes that were asked for, each after what it reads. Throws `ProblemsError` where a criterion selects nothing. */
export function selectNodes(
  { input, compiled, project }: Workspace,
  options: SelectionOptions,
  cwd: string,
): readonly string[] {
  const state =
    options.state === undefined
      ? undefined
      : compareState(fingerprintsOf(input), readState(resolve(cwd, options.state)))
  const { names, problems } = select(graphOf(compiled), {
    select: options.select ?? [],
    exclude: options.exclude ?? [],
    state,
    disabled: compiled.disabled,
    tests: testsOf(project, compiled),
  })
  if (problems.length > 0) throw new ProblemsError(problems)
  return names
}

function testsOf({ unitTests, names }: Project, { dataTests }: CompiledProject): SelectionInput['tests'] {
  const ofData = dataTests.map(({ test, reads }) => ({ test, told: { what: 'a data test', of: reads } }))
  const ofModels = unitTests.map(test => {
    const model = names.model(test.value.model)
    return { test, told: { what: 'a unit test', of: model === undefined ? [] : [model] } }
  })
  const tests = [...ofData, ...ofModels].filter(({ told }) => told.of.length > 0)
  return new Map(tests.flatMap(({ test: { name, path }, told }) => [[name, told] as const, [path, told] as const]))
}
