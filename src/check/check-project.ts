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
import { layoutProblems } from './check-layout.ts'
import { nameProblems } from './check-names.ts'
import { grammarProblems, portableProblems } from './check-portable-core.ts'
import { distinct, merged } from './found.ts'

/**
 * Finds what would go wrong, on every engine, without running anything: each model is bound against its parents' contracts, the authors'
 * text and names are held to the portable core, and each engine's rendering is parsed in its own dialect. `empty` is a warehouse in memory.
 */
export async function checkProject(
  input: CompileInput,
  compiled: CompiledProject,
  empty: Warehouse,
): Promise<readonly Problem[]> {
  const bound = await bindProject(compiled, empty)
  await readyParser()
  const portability = portableProblems(authoredText(input))
  const unparsed = bound.filter(({ kind }) => kind === 'syntax')
  const faulty = new Set([...portability, ...unparsed].map(({ of }) => of))
  const grammar = engines.flatMap(engine =>
    grammarProblems(renderingFor(input, engine, compiled), engine, id => !faulty.has(id)),
  )
  return distinct([...nameProblems(compiled), ...layoutProblems(compiled), ...merged(bound, portability), ...grammar])
}

function authoredText(input: CompileInput): CompiledProject {
  const { names } = input.project as Project
  const macroName = (call: MacroCall): string => `tl_macro_${names.macro(call.macro) ?? 'of_the_file'}`
  return compileProject({ ...input, dialect: portable, macroName }).compiled
}

function renderingFor(input: CompileInput, engine: Engine, compiled: CompiledProject): CompiledProject {
  return engine === input.dialect.engine ? compiled : compileProject({ ...input, dialect: dialects[engine] }).compiled
}
