import type { Definition } from '../authoring/definition.ts'
import type { Explanation } from '../authoring/explanation.ts'
import type { Macro } from '../authoring/macro.ts'
import type { Model } from '../authoring/model.ts'
import type { Source, SourceTable } from '../authoring/source.ts'
import type { DataTest, UnitTest } from '../authoring/tests.ts'
import type { Problem } from '../problems/problem.ts'

/** A value of the project, with its name and the file it stands in. */
export interface Named<V> {
  readonly name: string
  readonly value: V
  /** Path within the project, posix: `models/journeys/sessions.ts`. */
  readonly path: string
  readonly file: string
}

export interface NamedModel extends Named<Model> {
  /** The folder below `models/` (`seeds` for a seed): the schema of its table. */
  readonly layer: string
}

/** Everything that the files of a project declare. */
export interface Project {
  /** The user's folder first. */
  readonly layers: readonly string[]
  readonly models: ReadonlyMap<string, NamedModel>
  readonly sources: ReadonlyMap<string, Named<Source>>
  readonly definitions: ReadonlyMap<string, Named<Definition>>
  readonly unitTests: readonly Named<UnitTest>[]
  readonly dataTests: readonly Named<DataTest>[]
  readonly explanations: ReadonlyMap<string, Named<Explanation>>
  /** By name, as the files of `macros/` export them. */
  readonly macros: ReadonlyMap<string, Macro>
  readonly names: ProjectNames
}

/** From values back to their names. */
export interface ProjectNames {
  model(value: Model): string | undefined
  source(value: Source): string | undefined
  sourceTable(value: SourceTable): { readonly source: string; readonly table: string } | undefined
  macro(value: Macro): string | undefined
}

export interface LoadedProject {
  readonly project: Project
  readonly problems: readonly Problem[]
}
