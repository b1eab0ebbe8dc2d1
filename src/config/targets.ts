import { resolve } from 'node:path'
import type { z } from 'zod'
import { isFutureEngine, type targetSchema } from './engine-schema.ts'

/** Where a run builds: one target, with what it inherits, its paths absolute. */
export interface Target {
  readonly name: string
  readonly engine: 'duckdb'
  /** An absolute path, or `:memory:`. */
  readonly path: string
  /** Put before every layer's schema name. */
  readonly schema?: string | undefined
  readonly memoryLimitBytes?: number | undefined
  readonly threads?: number | undefined
  /** An absolute path. */
  readonly publishTo?: string | undefined
}

/** Targets as they are written, or parsed: a value by key, by name. */
export type WrittenTargets = Readonly<Record<string, unknown>>

/** The target of a file that names none. */
const soleTarget = 'local'

/** The names that a run may ask for. */
export function targetNames(targets: WrittenTargets): readonly string[] {
  const names = Object.keys(targets)
  return names.length === 0 ? [soleTarget] : names
}

/** Which target a run builds: the one asked for, else the file's default, else the only one. */
export function selectTarget(
  targets: WrittenTargets,
  asked: string | undefined,
  fallback: unknown,
): string | undefined {
  if (asked !== undefined) return asked
  if (fallback !== undefined && fallback !== null) return String(fallback)
  const names = targetNames(targets)
  return names.length === 1 ? names[0] : names.find(name => name === soleTarget)
}

/** A target and those it extends, itself first; ends where a name is unknown or comes again. */
export function extendsChain(targets: WrittenTargets, name: string): readonly string[] {
  const chain: string[] = []
  let next: unknown = name
  while (typeof next === 'string' && Object.hasOwn(targets, next) && !chain.includes(next)) {
    chain.push(next)
    next = keyOf(targets, next, 'extends')
  }
  return chain
}

/** Whether the target is of an engine that this version does not build in, so that nothing else about it is worth telling. */
export function isOfFutureEngine(targets: WrittenTargets, name: string): boolean {
  return isFutureEngine(inherited(targets, name, 'engine'))
}

/** The selected target out of the parsed ones. */
export function resolveTarget(
  targets: Readonly<Record<string, z.output<typeof targetSchema>>>,
  name: string,
  project: string,
  folder: string,
): Target {
  const merged: z.output<typeof targetSchema> = Object.assign(
    {},
    ...extendsChain(targets, name)
      .toReversed()
      .map(member => targets[member]),
  )
  // Readers' copy is of one target: who extends it builds beside it, and must not give readers something else.
  const publishTo = targets[name]?.publish_to
  const path = merged.path ?? `.throughline/${project}.duckdb`
  return {
    name,
    engine: 'duckdb',
    path: path === ':memory:' ? path : resolve(folder, path),
    schema: merged.schema,
    memoryLimitBytes: merged.memory_limit,
    threads: merged.threads,
    publishTo: publishTo === undefined ? undefined : resolve(folder, publishTo),
  }
}

/** A key of a target, its own or from the target nearest above it. */
export function inherited(targets: WrittenTargets, name: string, key: string): unknown {
  return extendsChain(targets, name)
    .map(member => keyOf(targets, member, key))
    .find(value => value !== undefined)
}

/** A key of a target's own. */
export function keyOf(targets: WrittenTargets, name: string, key: string): unknown {
  const target = targets[name]
  return isMapOfKeys(target) ? target[key] : undefined
}

export function isMapOfKeys(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
