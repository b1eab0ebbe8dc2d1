import type { CompiledModel, CompiledProject } from '../compile/compiled.ts'
import { reservedIn } from '../compile/portable/reserved-words.ts'
import { problemInQuery } from '../compile/sql-problem.ts'
import type { Problem } from '../problems/problem.ts'
import type { Found } from './found.ts'

/** Names of tables and columns that an engine reserves: they would need quotes there, and nothing here is quoted. */
export function nameProblems({ models }: CompiledProject): readonly Found[] {
  return [...models.values()].flatMap(model =>
    namesOf(model).flatMap(({ name, what }): Found[] => {
      const problem = reservedName(name, what, model)
      return problem === undefined ? [] : [{ of: model.name, kind: 'other', problem }]
    }),
  )
}

interface Name {
  readonly name: string
  readonly what: string
}

function namesOf({ name, layer, columns, fixpoint }: CompiledModel): readonly Name[] {
  const work = Object.values(fixpoint?.work ?? {}).flatMap(table => Object.keys(table.columns))
  return [
    { name: layer, what: 'the folder' },
    { name, what: 'the model' },
    ...[...new Set([...Object.keys(columns), ...work])].map(column => ({ name: column, what: 'the column' })),
  ]
}

function reservedName(name: string, what: string, { model }: CompiledModel): Problem | undefined {
  const engines = reservedIn(name)
  if (engines.length === 0) return undefined
  const spoken = engines.join(', ').replace(/, (?=[^,]*$)/, ' and ')
  return problemInQuery(
    { text: '', segments: [] },
    undefined,
    { file: model.file, name: what === 'the folder' ? model.name : name },
    {
      message: `${what} '${name}' has a name that ${spoken} ${engines.length === 1 ? 'reserves' : 'reserve'}`,
      hint: `give it a name that no engine reserves, like ${name}_value`,
    },
  )
}
