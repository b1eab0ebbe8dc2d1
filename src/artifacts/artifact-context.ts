import { createHash } from 'node:crypto'
import type { CompiledModel, CompiledProject, CompiledTest, TableName } from '../compile/compiled.ts'
import type { Dialect } from '../compile/dialect/dialect.ts'
import type { Project } from '../project/project.ts'

/** The project as it was compiled for a target, as all artifacts of one run describe it. */
export interface ArtifactContext {
  /** The project's name in the config. */
  readonly projectName: string
  /** The database of the target: for DuckDB the file's name without its ending. */
  readonly database: string
  readonly dialect: Dialect
  readonly project: Project
  readonly compiled: CompiledProject
}

/** The version of dbt whose artifacts these are like, for the tools that ask. */
export const dbtVersion = '1.10.0'

/** `model.shop.sessions`, `seed.shop.sites`; undefined for what is not built. */
export function modelId({ projectName, compiled }: ArtifactContext, name: string): string | undefined {
  const model = compiled.models.get(name)
  return model && `${model.materialization === 'seed' ? 'seed' : 'model'}.${projectName}.${name}`
}

/** `source.shop.clickstream.events` */
export function sourceId({ projectName }: ArtifactContext, name: string): string {
  return `source.${projectName}.${name}`
}

/** `test.shop.not_null_sessions_person_id.1f3c9a2b07`: the digits tell apart what would be spelled alike in two models. */
export function testId({ projectName }: ArtifactContext, model: string, test: Pick<CompiledTest, 'name'>): string {
  const digits = createHash('sha256').update(`${model}\n${test.name}`).digest('hex').slice(0, 10)
  return `test.${projectName}.${test.name}.${digits}`
}

export function dataTestId({ projectName }: ArtifactContext, name: string): string {
  return `test.${projectName}.${name}`
}

export function unitTestId({ projectName }: ArtifactContext, model: string, name: string): string {
  return `unit_test.${projectName}.${model}.${name}`
}

/** `"warehouse"."journeys"."sessions"` */
export function relationName({ database, dialect }: ArtifactContext, table: TableName): string {
  return [table.database ?? database, table.schema, table.name].map(name => dialect.identifier(name)).join('.')
}

/** Ids of what a model's own queries read, in order. */
export function idsRead(context: ArtifactContext, model: CompiledModel): readonly string[] {
  const models = model.reads.map(name => modelId(context, name)).filter(id => id !== undefined)
  return [...models, ...model.readsSourceTables.map(name => sourceId(context, name))].sort()
}

/** Project, folders and name of something in a file: `['shop', 'journeys', 'sessions']`. */
export function fqnOf({ projectName }: ArtifactContext, path: string, name: string): readonly string[] {
  return [projectName, ...path.split('/').slice(1, -1), name]
}

/** A file's path below `models/`, `seeds/` and so on. */
export function pathWithin(path: string): string {
  return path.slice(path.indexOf('/') + 1)
}

/** `2026-06-01 12:00:00`, UTC, as `2026-06-01T12:00:00Z`. */
export function isoInstant(instant: string): string {
  return `${instant.replace(' ', 'T')}Z`
}
