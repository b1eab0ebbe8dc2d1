import type { CompiledExplanation, CompiledProject } from '../../compile/compiled.ts'
import { nearest } from '../../problems/nearest.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { listed } from '../report/words.ts'

/** The explanation of this name. Throws `ProblemsError` where there is none, or it reads what is not built. */
export function namedExplanation(
  { explanations, disabledExplanations }: CompiledProject,
  name: string,
): CompiledExplanation {
  const explanation = explanations.get(name)
  if (explanation !== undefined) return explanation
  const because = disabledExplanations.get(name)
  if (because !== undefined) {
    throw new ProblemsError([{ kind: 'project', message: `'${name}' cannot be explained: ${because}` }])
  }
  const known = [...explanations.keys()].sort()
  const message = `there is no explanation named '${name}'`
  const hint = known.length === 0 ? 'the project has none: they stand in explanations/' : `there is ${listed(known)}`
  throw new ProblemsError([{ kind: 'project', message, suggestion: nearest(name, known), hint }])
}
