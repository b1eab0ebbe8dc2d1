import type { Problem } from '../problems/problem.ts'
import type { CompiledModel, CompiledTest } from './compiled.ts'
import { problemInFile } from './thrown-problem.ts'

type Reference = Extract<CompiledTest, { readonly kind: 'references' }>

/** What is wrong with `references` that only all models together show: what they refer to has no table, or waits for the referring model itself. */
export function referenceProblems(models: ReadonlyMap<string, CompiledModel>): readonly Problem[] {
  return [...inlineProblems(models), ...circleProblems(models)]
}

function referencesOf({ name, tests }: CompiledModel): readonly Reference[] {
  return tests.filter((test): test is Reference => test.kind === 'references' && test.to !== name)
}

function inlineProblems(models: ReadonlyMap<string, CompiledModel>): readonly Problem[] {
  return [...models.values()].flatMap(model =>
    referencesOf(model)
      .filter(({ to }) => models.get(to)?.materialization === 'inline')
      .map(reference =>
        atColumn(model, reference, `'${reference.to}' is inline, and has no table that could be referred to`),
      ),
  )
}

/** What models read makes no circle by itself: that was told when they were rendered. So every circle has a reference in it. */
function circleProblems(models: ReadonlyMap<string, CompiledModel>): readonly Problem[] {
  const problems: Problem[] = []
  const seen = new Set<string>()
  const path: string[] = []
  const open = new Set<string>()
  const visit = (name: string): void => {
    const model = models.get(name)
    if (model === undefined) return
    if (open.has(name)) problems.push(circleProblem([...path.slice(path.indexOf(name)), name], models))
    if (seen.has(name)) return
    seen.add(name)
    path.push(name)
    open.add(name)
    for (const next of [...model.parents, ...referencesOf(model).map(({ to }) => to)]) visit(next)
    path.pop()
    open.delete(name)
  }
  for (const name of models.keys()) visit(name)
  return problems
}

function circleProblem(names: readonly string[], models: ReadonlyMap<string, CompiledModel>): Problem {
  const steps = names.slice(1).map((to, index) => ({ model: models.get(names[index]!)!, to }))
  const { model, to } = steps.find(({ model, to }) => !model.parents.includes(to))!
  const reference = referencesOf(model).find(test => test.to === to)!
  const message = `models wait for each other in a circle: ${names.join(' -> ')}`
  return atColumn(model, reference, `${message}, for '${reference.column}' refers to '${to}'`)
}

function atColumn({ model }: CompiledModel, { column, to }: Reference, message: string): Problem {
  const hint = `a data test over both tables, in data_tests/, can say that each ${column} stands in ${to}`
  return problemInFile({ name: column ?? model.name, file: model.file }, message, hint)
}
