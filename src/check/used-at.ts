import { readFileSync } from 'node:fs'
import { fileOfTemplate } from '../authoring/sql.ts'
import type { Query } from '../compile/compiled.ts'
import { placeOf } from '../compile/position.ts'
import type { Problem } from '../problems/problem.ts'
import type { At } from './compare-columns.ts'

const ofTypes = /No function matches|No matching signature|an explicit cast is required/

/**
 * Types that do not meet within a macro or a shared fragment may be the fault of what uses it: where that is, in words. Undefined of any other problem,
 * and of what stands in the file itself.
 */
export function usedAt(
  { message, place }: Problem,
  offset: number | undefined,
  { segments }: Query,
  { file, name }: At,
): string | undefined {
  if (offset === undefined || place === undefined || place.file === file || !ofTypes.test(message)) return undefined
  const user = segments.findLast(({ start, strings }) => start <= offset && fileOfTemplate(strings) === file)
  const used = user && placeOf(user.end - 1, [user], each => readFileSync(each, 'utf8'))
  if (used === undefined) return undefined
  return `it is used in line ${used.line} of ${name}: has what it is given there the types that it takes?`
}
