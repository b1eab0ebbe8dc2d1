import type { Problem } from './problem.ts'

/** Problems, each told once, where it was found first. */
export function distinctProblems(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>()
  return problems.filter(({ place, message }) => {
    const key = `${place?.file}:${place?.line}:${place?.column}:${message}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
