import type { Target } from '../config/targets.ts'
import { ProblemsError } from '../problems/problem.ts'

/** What is to be looked at does not stand in the target yet. */
export function notBuilt(name: string, target: Target): ProblemsError {
  if (target.engine === 'duckdb' && target.path === ':memory:') {
    const message = `the target ${target.name} is in memory: nothing of it is left after a run`
    return new ProblemsError([{ kind: 'warehouse', message, hint: 'name another with --target' }])
  }
  const message = `'${name}' is not built yet in the target ${target.name}`
  const criterion = name.includes('.') ? `source:${name}` : `+${name}`
  return new ProblemsError([{ kind: 'warehouse', message, hint: `throughline build --select ${criterion} builds it` }])
}
