/** A position in a file that a person wrote. Line and column start at 1; the column counts UTF-16 units, as editors do. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** One thing that is wrong, told so that a person can mend it: what, where, what was expected, what to do. */
export interface Problem {
  /** Whose fault it is: the config file, the project's files, a model's SQL, the warehouse, or the data itself. */
  readonly kind: 'config' | 'project' | 'model' | 'warehouse' | 'data'
  readonly message: string
  readonly place?: Place | undefined
  /** The line at `place`, with a caret below it (two lines joined by a newline). */
  readonly excerpt?: string | undefined
  readonly expected?: string | undefined
  /** The nearest right spelling, without "did you mean". */
  readonly suggestion?: string | undefined
  /** What to do next. */
  readonly hint?: string | undefined
}

/** Thrown where work cannot go on; carries every problem that was found, not just the first. */
export class ProblemsError extends Error {
  override readonly name = 'ProblemsError'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[], options?: { readonly cause?: unknown }) {
    super(problems.map(describeProblem).join('\n'), options)
    this.problems = problems
  }
}

/** A problem as plain text: `file:line:column  message; did you mean x?`, then excerpt, expectation and hint, a line each. */
export function describeProblem(problem: Problem): string {
  const where = problem.place ? `${problem.place.file}:${problem.place.line}:${problem.place.column}  ` : ''
  const suggestion = problem.suggestion === undefined ? '' : `; did you mean ${problem.suggestion}?`
  const lines = [`${where}${problem.message}${suggestion}`]
  if (problem.excerpt !== undefined) lines.push(...problem.excerpt.split('\n').map(line => `    ${line}`))
  if (problem.expected !== undefined) lines.push(`  expected: ${problem.expected}`)
  if (problem.hint !== undefined) lines.push(`  ${problem.hint}`)
  return lines.join('\n')
}
