import { readFileSync } from 'node:fs'
import { ConfigMistakes } from '../authoring/config-mistakes.ts'
import { siteOfMacro } from '../authoring/macro.ts'
import { type Problem, ProblemsError } from '../problems/problem.ts'
import { declaredMacro } from '../project/macro-place.ts'
import { StrippedCache } from '../project/strip-types.ts'
import { lineAndColumn, problemAt } from '../project/text-file.ts'
import { thrownAt } from '../project/thrown-at.ts'
import { configProblem, type ProblemInConfig } from './config-problem.ts'
import { MacroFault } from './rendering-of.ts'

/** What stands in a file of the project. */
interface Declared {
  readonly name: string
  readonly file: string
}

/** What the code of a file threw while it was compiled, told at its line, or at that of the config or the macro that is to blame. */
export function problemsOfThrown(
  error: unknown,
  at: Declared,
  inConfig: ProblemInConfig | undefined,
): readonly Problem[] {
  if (error instanceof ProblemsError) return error.problems
  if (error instanceof ConfigMistakes) return error.mistakes.map(mistake => configProblem(mistake, inConfig))
  if (error instanceof MacroFault) return [faultOfMacro(error, at)]
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  const text = readFileSync(at.file, 'utf8')
  const place = thrownAt(at.file, text, stack, new StrippedCache(undefined).strip)
  return [place === undefined ? problemInFile(at, message) : problemAt(at.file, text, place, { message })]
}

/** At the macro's `as`; at what uses it where its file is gone. */
function faultOfMacro({ macro, says, hint, message }: MacroFault, at: Declared): Problem {
  const site = siteOfMacro(macro)
  const declared = site && declaredMacro(site)
  if (declared === undefined) return problemInFile(at, message, hint)
  const { file, text, name, place } = declared
  return problemAt(file, text, place(['as']), { message: `${name ?? 'the macro'} ${says}`, hint })
}

/** At the name of what is declared. */
export function problemInFile({ name, file }: Declared, message: string, hint?: string): Problem {
  const text = readFileSync(file, 'utf8')
  const offset = Math.max(0, text.search(new RegExp(`\\b${name}\\b`)))
  return problemAt(file, text, lineAndColumn(text, offset), { message, hint })
}
