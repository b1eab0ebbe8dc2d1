import { isAbsolute, relative } from 'node:path'
import { describeProblem, type Problem } from '../../problems/problem.ts'
import type { Colors } from '../colors.ts'

/** A problem for a terminal: files below `cwd` by their short names, the place and the caret in colour. */
export function problemText(problem: Problem, colors: Colors, cwd: string): string {
  const place = problem.place && { ...problem.place, file: shortPath(problem.place.file, cwd) }
  const where = place === undefined ? '' : `${place.file}:${place.line}:${place.column}`
  const [message = '', ...others] = describeProblem({ ...problem, place })
    .slice(where.length)
    .split('\n')
  return [colors.cyan(where) + colors.bold(message), ...others.map(line => painted(line, colors))].join('\n')
}

/** `models/journeys/sessions.ts` for what is below `cwd`; elsewhere the whole path. */
export function shortPath(file: string, cwd: string): string {
  if (!isAbsolute(file)) return file
  const short = relative(cwd, file)
  return short === '' || short.startsWith('..') || isAbsolute(short) ? file : short
}

/** Excerpts are indented by four, expectation and hint by two. */
function painted(line: string, colors: Colors): string {
  if (/^ {4} *\^$/.test(line)) return colors.red(line)
  return /^ {2}\S/.test(line) ? colors.dim(line) : line
}
