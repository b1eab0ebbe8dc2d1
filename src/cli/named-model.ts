import type { CompiledModel, CompiledProject } from '../compile/compiled.ts'
import { nearest } from '../problems/nearest.ts'
import { ProblemsError } from '../problems/problem.ts'

/** The model of this name, spelled with its layer or without. Throws `ProblemsError` where there is none, or it is not built. */
export function namedModel({ models, disabled }: CompiledProject, name: string): CompiledModel {
  const plain = name.slice(name.lastIndexOf('.') + 1)
  const model = models.get(plain)
  if (model !== undefined && (plain === name || name === `${model.layer}.${plain}`)) return model
  const because = disabled.get(name)
  throw new ProblemsError([
    because !== undefined
      ? { kind: 'project', message: `'${name}' is not built: ${because}` }
      : {
          kind: 'project',
          message: `there is no model named '${name}'`,
          suggestion: nearest(plain, models.keys()),
          hint: 'throughline ls lists what there is',
        },
  ])
}
