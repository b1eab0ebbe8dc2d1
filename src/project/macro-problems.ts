import type { MacroMistakes } from '../authoring/macro-mistakes.ts'
import { pathText } from '../problems/path-text.ts'
import type { Problem } from '../problems/problem.ts'
import { declaredMacro } from './macro-place.ts'
import { problemAt } from './text-file.ts'

/** Each mistake in a macro's declaration at its own place; undefined where the declaration is not found. */
export function macroProblems({ mistakes, at }: MacroMistakes): readonly Problem[] | undefined {
  const declared = at && declaredMacro(at)
  if (declared === undefined) return undefined
  return mistakes.map(({ path, message, suggestion, expected }) => {
    const where = [declared.name ?? 'macro', ...(path.length === 0 ? [] : [pathText(path)])].join(', ')
    return problemAt(declared.file, declared.text, declared.place(path), {
      message: `${where}: ${message}`,
      suggestion,
      expected,
    })
  })
}
