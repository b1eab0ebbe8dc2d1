import type { Macro } from '../../authoring/macro.ts'
import type { SqlPart } from '../../authoring/sql.ts'
import type { NamedMacro } from './example-query.ts'

/** The names of the macros that a macro's texts are written with, on whatever engine and however deep. */
export function macrosWithin(macro: Macro, all: readonly NamedMacro[]): ReadonlySet<string> {
  const names = new Map(all.map(named => [named.macro, named.name]))
  const found = new Set<string>()
  const [example] = macro.examples
  if (example === undefined) return found
  const visit = (part: SqlPart): void => {
    if (part === null || typeof part !== 'object') return
    if (part.kind === 'sql' || part.kind === 'join') return part.parts.forEach(visit)
    if (part.kind !== 'macro-call') return
    const name = names.get(part.macro)
    if (name !== undefined) found.add(name)
    part.parts.forEach(visit)
    textsOf(part.macro, part.parts).forEach(visit)
  }
  textsOf(macro, example.given as readonly SqlPart[]).forEach(visit)
  return found
}

/** None where the macro gives none for these parts, which its examples tell. */
function textsOf(macro: Macro, parts: readonly SqlPart[]): readonly SqlPart[] {
  try {
    const rendering = macro.as(...parts)
    return 'kind' in rendering ? [rendering] : Object.values(rendering)
  } catch {
    return []
  }
}
