import type { CompileInput } from '../../compile/compile-input.ts'
import { compileProject } from '../../compile/compile-project.ts'
import type { CompiledModel, CompiledProject } from '../../compile/compiled.ts'
import { portable } from '../../compile/dialect/portable.ts'
import { naming } from '../../compile/naming.ts'
import { type Kit, kitClock } from '../kit.ts'
import { macrosWithin } from '../macros/macros-within.ts'
import type { Difference } from '../report.ts'

/** Says of each model that differs which macros that differ it uses, and which of what it reads differs. */
export function withCauses(
  kit: Kit,
  compiled: CompiledProject,
  differences: readonly Difference[],
  differingMacros: readonly string[],
): readonly Difference[] {
  if (differences.length === 0) return []
  const differing = new Set(differences.map(({ about }) => about))
  const macrosOf = differingMacros.length === 0 ? () => [] : macrosOfModels(kit, compiled, differingMacros)
  return differences.map(difference => {
    const { about, because = [] } = difference
    const model = compiled.models.get(about)
    const reads = [...(model?.parents ?? []), ...(model?.sourceTables ?? [])].filter(name => differing.has(name))
    const causes = [...new Set([...because, ...macrosOf(about), ...reads])]
    return causes.length === 0 ? difference : { ...difference, because: causes }
  })
}

/** Which of the macros a model is written with, itself or by an inline model that it reads. */
function macrosOfModels(
  kit: Kit,
  compiled: CompiledProject,
  wanted: readonly string[],
): (model: string) => readonly string[] {
  const marks = new Map(kit.macros.map(({ name, macro }) => [macro, `tl_macro_${name}`]))
  const input: CompileInput = {
    ...kit.retailer,
    dialect: portable,
    naming: naming(undefined),
    startedAt: kitClock,
    macroName: ({ macro }) => marks.get(macro) ?? 'tl_macro',
  }
  const authored = compileProject(input).compiled.models
  const within = new Map(kit.macros.map(({ name, macro }) => [name, macrosWithin(macro, kit.macros)]))
  const found = (name: string): ReadonlySet<string> => {
    const model = authored.get(name)
    if (model === undefined) return new Set()
    const own = textsOf(model).flatMap(text => [...text.matchAll(/\btl_macro_(\w+)\(/g)].map(match => match[1]!))
    const inline = model.reads.filter(read => compiled.models.get(read)?.materialization === 'inline')
    return new Set([
      ...own.flatMap(macro => [macro, ...(within.get(macro) ?? [])]),
      ...inline.flatMap(read => [...found(read)]),
    ])
  }
  return name => {
    const macros = found(name)
    return wanted.filter(macro => macros.has(macro))
  }
}

function textsOf({ authored, fixpoint }: CompiledModel): readonly string[] {
  const steps = [...(fixpoint?.start ?? []), ...(fixpoint?.step ?? [])].map(step => step.authored.text)
  return [...(authored === undefined ? [] : [authored.text]), ...steps]
}
