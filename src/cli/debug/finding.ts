import { type Problem, ProblemsError } from '../../problems/problem.ts'

/** What was looked at, and what was found. */
export interface Finding {
  readonly what: string
  /** `off`: it is not used, and was not looked at. */
  readonly status: 'ok' | 'fail' | 'off'
  /** In a line. */
  readonly detail: string
  readonly problems: readonly Problem[]
}

export function ok(what: string, detail: string): Finding {
  return { what, status: 'ok', detail, problems: [] }
}

export function off(what: string, detail: string): Finding {
  return { what, status: 'off', detail, problems: [] }
}

/** Of an error that carries problems; any other goes on up. */
export function failed(what: string, error: unknown): Finding {
  if (!(error instanceof ProblemsError)) throw error
  return failedWith(what, error.problems)
}

export function failedWith(what: string, problems: readonly Problem[]): Finding {
  return { what, status: 'fail', detail: problems.length === 1 ? '' : `${problems.length} problems`, problems }
}
