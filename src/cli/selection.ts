import { resolve } from 'node:path'
import { readState } from '../artifacts/read-state.ts'
import { fingerprintsOf } from '../compile/fingerprint.ts'
import { graphOf } from '../compile/graph-of.ts'
import { ProblemsError } from '../problems/problem.ts'
import { select } from '../project/selector.ts'
import { compareState } from '../project/state.ts'
import type { Workspace } from './workspace.ts'

export interface SelectionOptions {
  readonly select?: readonly string[] | undefined
  readonly exclude?: readonly string[] | undefined
  /** A folder with the `manifest.json` of an earlier build, which `state:` compares with. */
  readonly state?: string | undefined
}

/** The names of the nodes that were asked for, each after what it reads. Throws `ProblemsError` where a criterion selects nothing. */
export function selectNodes({ input, compiled }: Workspace, options: SelectionOptions, cwd: string): readonly string[] {
  const state =
    options.state === undefined
      ? undefined
      : compareState(fingerprintsOf(input), readState(resolve(cwd, options.state)))
  const { names, problems } = select(graphOf(compiled), {
    select: options.select ?? [],
    exclude: options.exclude ?? [],
    state,
    disabled: compiled.disabled,
  })
  if (problems.length > 0) throw new ProblemsError(problems)
  return names
}
