import type { Problem } from '../problems/problem.ts'
import type { CompileInput } from './compile-input.ts'
import { configProblem } from './config-problem.ts'

/** What the config leaves out and there is not: somebody believes that it is out. */
export function excludeProblems({ project, exclude, inConfig }: CompileInput): readonly Problem[] {
  const known = [...project.models.values()].flatMap(({ name, path }) => [name, path])
  const expected = 'the name of a model, or the path of its file, like models/journeys/sessions.ts'
  return exclude.flatMap((word, index) => {
    if (known.includes(word)) return []
    const message = `no model is named '${word}', and none stands there`
    return configProblem({ path: ['exclude', index], message, expected, unknown: { word, known } }, inConfig)
  })
}
