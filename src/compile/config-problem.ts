import type { Mistake } from '../authoring/config-mistakes.ts'
import { nearest } from '../problems/nearest.ts'
import { pathText } from '../problems/path-text.ts'
import type { Problem } from '../problems/problem.ts'

/** Makes a problem of what is wrong with the config's value at `path`, with its place. */
export type ProblemInConfig = (
  path: Mistake['path'],
  told: Pick<Problem, 'message' | 'expected' | 'suggestion' | 'hint'>,
) => Problem

/** A mistake as a problem of the config, at its line where that can be found. */
export function configProblem(
  { path, message, unknown, expected, hint }: Mistake,
  inConfig: ProblemInConfig | undefined,
): Problem {
  const told = {
    message: `${pathText(path)}: ${message}`,
    expected: expected ?? (unknown === undefined ? undefined : `one of ${unknown.known.join(', ')}`),
    suggestion: unknown && nearest(unknown.word, unknown.known),
    hint,
  }
  return inConfig?.(path, told) ?? { kind: 'config', ...told }
}
