import { readFileSync } from 'node:fs'
import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'
import type { ProjectFile } from './layers.ts'
import { problemAt } from './text-file.ts'

const mostNames = 8

/** Told at a file that stands in the place of one of a layer below, and exports less than the files there import from it. */
export function lackingProblem(
  { path, file }: ProjectFile,
  lacking: readonly string[],
  exported: readonly string[],
): Problem {
  const names = [...new Set(lacking)].sort()
  const more = names.length - mostNames
  const named = `${names.slice(0, mostNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  const them = names.length === 1 ? 'it' : 'them'
  const top = { line: 1, column: 1 }
  return problemAt(file, readFileSync(file, 'utf8'), top, {
    message: `${path} stands in the place of the stock file of that name, and does not export ${named}, which stock files import`,
    suggestion: names.length === 1 ? nearest(names[0]!, exported) : undefined,
    hint: `give it another name, or export ${them} too; to begin from the stock one, move yours away: throughline eject ${path}`,
  })
}
