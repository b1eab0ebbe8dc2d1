import type { Engine } from '../authoring/macro.ts'
import type { CompiledModel, CompiledProject, Query } from '../compile/compiled.ts'
import { checkGrammar } from '../compile/portable/check-grammar.ts'
import { checkPortable } from '../compile/portable/check-portable.ts'
import { problemInQuery } from '../compile/sql-problem.ts'
import type { Problem } from '../problems/problem.ts'

/** What in the authors' own text does not mean the same on every engine. `authored` is compiled with macros left as calls. */
export function portableProblems(authored: CompiledProject): readonly Problem[] {
  const problems: Problem[] = []
  for (const model of authored.models.values()) {
    const isNullable = nullability(model, authored)
    for (const query of queriesOf(model)) {
      for (const { line, column, message, hint } of checkPortable(query.text, { isNullable })) {
        problems.push(
          problemInQuery(
            query,
            offsetOf(query.text, line, column),
            { file: model.model.file, name: model.name },
            { message, hint },
          ),
        )
      }
    }
  }
  return problems
}

/** Where a rendering does not parse in its engine's own dialect: a macro's fault, mostly. */
export function grammarProblems(compiled: CompiledProject, engine: Engine): readonly Problem[] {
  const problems: Problem[] = []
  for (const model of compiled.models.values()) {
    for (const query of queriesOf(model)) {
      for (const { line, column, message } of checkGrammar(query.text, engine)) {
        const words = { message: `${engine} cannot parse this: ${message}` }
        problems.push(
          problemInQuery(
            query,
            offsetOf(query.text, line, column),
            { file: model.model.file, name: model.name },
            words,
          ),
        )
      }
    }
  }
  return problems
}

function queriesOf(model: CompiledModel): readonly Query[] {
  const work = [...(model.fixpoint?.start ?? []), ...(model.fixpoint?.step ?? [])]
  return [...(model.authored ? [model.authored] : []), ...work.map(({ authored }) => authored)]
}

/** Whether a column of this name may be NULL in what the model reads; undefined where nothing it reads has such a column. */
function nullability(model: CompiledModel, project: CompiledProject): (column: string) => boolean | undefined {
  const parents = model.reads.map(name => project.models.get(name)?.columns ?? {})
  return name => {
    const found = parents.flatMap(columns => (columns[name] ? [columns[name]] : []))
    return found.length === 0 ? undefined : found.some(column => column.isNullable)
  }
}

function offsetOf(text: string, line: number, column: number): number {
  let offset = 0
  for (let at = 1; at < line; at++) offset = text.indexOf('\n', offset) + 1
  return offset + column - 1
}
