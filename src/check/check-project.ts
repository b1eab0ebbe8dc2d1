import { type Engine, engines, type MacroCall } from '../authoring/macro.ts'
import type { CompileInput } from '../compile/compile-input.ts'
import { compileProject } from '../compile/compile-project.ts'
import type { CompiledProject } from '../compile/compiled.ts'
import { dialects } from '../compile/dialect/dialects.ts'
import { portable } from '../compile/dialect/portable.ts'
import { isNumeric } from '../compile/portable/kinds.ts'
import { readyParser } from '../compile/portable/parse.ts'
import type { Kind } from '../compile/portable/walk.ts'
import { distinctProblems } from '../problems/distinct.ts'
import type { Problem } from '../problems/problem.ts'
import type { Project } from '../project/project.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { bindProject } from './bind.ts'
import type { Binder } from './binder.ts'
import { layoutProblems } from './check-layout.ts'
import { nameProblems } from './check-names.ts'
import { grammarProblems, portableProblems } from './check-portable-core.ts'
import { distinct, type Found, merged } from './found.ts'
import { snowflakeModelProblems } from './snowflake-models.ts'
import { bindInWarehouse } from './warehouse-binder.ts'

/**
 * Finds what would go wrong, on every engine, without running anything: each model is bound against its parents' contracts, the authors'
 * text and names are held to the portable core, and each engine's rendering is parsed in its own dialect. `empty` is a warehouse in memory.
 */
export async function checkProject(
  input: CompileInput,
  compiled: CompiledProject,
  empty: Warehouse,
): Promise<readonly Problem[]> {
  const { inRendering, inNames, inQueries } = await foundIn(input, compiled, empty)
  return distinctProblems([...inRendering, ...distinct([...inNames, ...inQueries])])
}

/** A project rendered for BigQuery, and what binds it. */
export interface ForBigQuery {
  readonly compiled: CompiledProject
  readonly binder: Binder
}

export interface CheckedForBigQuery {
  readonly problems: readonly Problem[]
  /** What the binder is too old to know: nobody may call it wrong. */
  readonly notVerified: readonly Problem[]
}

/** The same, with BigQuery's SQL bound too. Of a query in which something is wrong on every engine, nothing more is told. */
export async function checkProjectForBigQuery(
  input: CompileInput,
  compiled: CompiledProject,
  empty: Warehouse,
  forBigQuery: ForBigQuery,
): Promise<CheckedForBigQuery> {
  const [{ inRendering, inNames, inQueries }, bound] = await Promise.all([
    foundIn(input, compiled, empty),
    bindProject(forBigQuery.compiled, forBigQuery.binder),
  ])
  const faulty = new Set(inQueries.map(({ of }) => of))
  const fresh = bound.filter(({ of }) => !faulty.has(of))
  const isVerified = ({ kind }: Found) => kind !== 'not verified'
  return {
    problems: distinctProblems([...inRendering, ...distinct([...inNames, ...inQueries, ...fresh.filter(isVerified)])]),
    notVerified: distinct(fresh.filter(found => !isVerified(found))),
  }
}

interface Rendered {
  readonly compiled: CompiledProject
  readonly problems: readonly Problem[]
}

interface FoundIn {
  /** What could not be rendered for one engine or another, and so is in none of the queries; those of the input's own among them. */
  readonly inRendering: readonly Problem[]
  readonly inNames: readonly Found[]
  readonly inQueries: readonly Found[]
}

async function foundIn(input: CompileInput, compiled: CompiledProject, empty: Warehouse): Promise<FoundIn> {
  const bound = await bindInWarehouse(compiled, empty)
  await readyParser()
  const authored = authoredText(input)
  const portability = portableProblems(authored.compiled, typeOfMacro(input.project))
  const unparsed = bound.filter(({ kind }) => kind === 'syntax')
  const faulty = new Set([...portability, ...unparsed].map(({ of }) => of))
  const renderings = engines.map(engine => ({ engine, ...renderingFor(input, engine, compiled) }))
  const grammar = renderings.flatMap(({ engine, compiled: rendered }) =>
    grammarProblems(rendered, engine, id => !faulty.has(id)),
  )
  const forSnowflake = renderings.flatMap(({ engine, compiled: rendered }) =>
    engine === 'snowflake' ? snowflakeModelProblems(rendered) : [],
  )
  return {
    inRendering: [authored, ...renderings].flatMap(({ problems }) => problems),
    inNames: [...nameProblems(compiled), ...layoutProblems(compiled)],
    inQueries: [...merged(bound, portability), ...grammar, ...forSnowflake],
  }
}

/** Macros that give numbers are used for numbers of any kind. */
function typeOfMacro({ macros }: Project): (name: string) => Kind {
  return name => {
    const gives = macros.get(name.slice(macroPrefix.length))?.gives
    return typeof gives !== 'string' || isNumeric(gives) ? undefined : gives
  }
}

const macroPrefix = 'tl_macro_'

function authoredText(input: CompileInput): Rendered {
  const { names } = input.project as Project
  const macroName = (call: MacroCall): string => `${macroPrefix}${names.macro(call.macro) ?? 'of_the_file'}`
  return compileProject({ ...input, dialect: portable, macroName })
}

/** The input's own has been compiled, and its problems told. */
function renderingFor(input: CompileInput, engine: Engine, compiled: CompiledProject): Rendered {
  if (engine === input.dialect.engine) return { compiled, problems: [] }
  return compileProject({ ...input, dialect: dialects[engine] })
}
