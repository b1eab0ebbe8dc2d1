import type { Engine, MacroCall } from '../authoring/macro.ts'
import type { Project } from '../project/project.ts'
import type { Naming } from './compiled.ts'
import type { ProblemInConfig } from './config-problem.ts'
import type { Dialect } from './dialect/dialect.ts'

/** What a compilation depends on; equal input gives equal text. */
export interface CompileInput {
  readonly project: Project
  readonly dialect: Dialect
  readonly naming: Naming
  /** Values of the definitions, by section. */
  readonly definitions: Readonly<Record<string, unknown>>
  /** Settings of the sources that are on, by name. */
  readonly sources: Readonly<Record<string, unknown>>
  /** Names or paths of models that are left out. */
  readonly exclude: readonly string[]
  /** The run's instant, `2026-06-01 12:00:00`, UTC. */
  readonly startedAt: string
  /** Finds the line of the config that a problem is of; without it, such a problem is told without its place. */
  readonly inConfig?: ProblemInConfig
  /** In the author's text macros are calls by this name; see `RenderContext`. */
  readonly macroName?: (call: MacroCall) => string
  /** Models for one engine alone are those of this one; by default of the dialect's. `any`: all of them, for what only looks at them. */
  readonly builtOn?: Engine | 'any'
  /** These models alone: what they read is taken as a table of its contract, whatever that needs to be built itself. */
  readonly alone?: readonly string[]
}
