import { type Engine, engines, type MacroCall } from '../authoring/macro.ts'
import { type CompileInput, compileProject } from '../compile/compile-project.ts'
import type { CompiledProject } from '../compile/compiled.ts'
import { dialects } from '../compile/dialect/dialects.ts'
import { portable } from '../compile/dialect/portable.ts'
import { readyParser } from '../compile/portable/parse.ts'
import type { Problem } from '../problems/problem.ts'
import type { Project } from '../project/project.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { bindProject } from './bind.ts'
import { grammarProblems, portableProblems } from './check-portable-core.ts'

/**
 * Finds what would go wrong, on every engine, without running anything: each model is bound against its parents' contracts, the authors'
 * text is held to the portable core, and each engine's rendering is parsed in its own dialect. `empty` is a warehouse in memory.
 */
export async function checkProject(
  input: CompileInput,
  compiled: CompiledProject,
  empty: Warehouse,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [...(await bindProject(compiled, empty))]
  await readyParser()
  problems.push(...portableProblems(authoredText(input)))
  for (const engine of engines) problems.push(...grammarProblems(renderingFor(input, engine, compiled), engine))
  return distinct(problems)
}

function authoredText(input: CompileInput): CompiledProject {
  const { names } = input.project as Project
  const macroName = (call: MacroCall): string => `tl_macro_${names.macro(call.macro) ?? 'of_the_file'}`
  return compileProject({ ...input, dialect: portable, macroName }).compiled
}

function renderingFor(input: CompileInput, engine: Engine, compiled: CompiledProject): CompiledProject {
  return engine === input.dialect.engine ? compiled : compileProject({ ...input, dialect: dialects[engine] }).compiled
}

/** One fault in a macro or shared fragment shows in every model that uses it, and is told once. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>()
  return problems.filter(({ place, message }) => {
    const key = `${place?.file}:${place?.line}:${place?.column}:${message}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
