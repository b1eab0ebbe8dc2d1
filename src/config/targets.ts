import { resolve } from 'node:path'
import type { z } from 'zod'
import { type SnowflakeTarget, snowflakeTarget } from './snowflake-target.ts'
import type { targetSchema } from './target-schema.ts'

/** Where a run builds: one target, with what it inherits, its paths absolute. */
export type Target = DuckDBTarget | BigQueryTarget | SnowflakeTarget

export interface DuckDBTarget {
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

export interface BigQueryTarget {
  readonly name: string
  readonly engine: 'bigquery'
  /** Where tables stand and jobs run. */
  readonly project: string
  readonly location: string
  /** Each layer's dataset is `<dataset>_<layer>`, unless `datasets` has the layer. */
  readonly dataset: string
  /** By layer: `marketing` or `other-project.marketing`. */
  readonly datasets: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  readonly priority: 'interactive' | 'batch'
  readonly jobTimeoutSeconds?: number | undefined
  readonly maximumBytesBilled?: number | undefined
  /** What holds for the statements of one model, by its name. */
  readonly models: Readonly<Record<string, BigQueryModel>>
  /** By the class of columns. */
  readonly policyTags: Readonly<Record<string, string>>
  /** A run that is estimated above it is refused. */
  readonly budget?: Budget | undefined
  readonly usdPerTib: number
  /** An absolute path. */
  readonly keyFile?: string | undefined
  /** The text of a key file. */
  readonly credentials?: string | undefined
  /** The e-mail address of a service account. */
  readonly impersonate?: string | undefined
  readonly apiEndpoint?: string | undefined
}

/** In the place of what the target says of all; labels stand beside those. */
export interface BigQueryModel {
  readonly labels: Readonly<Record<string, string>>
  readonly priority?: 'interactive' | 'batch' | undefined
  readonly jobTimeoutSeconds?: number | undefined
  readonly maximumBytesBilled?: number | undefined
}

/** The most that a run may cost; at least one of the two is there. */
export interface Budget {
  readonly usd?: number | undefined
  readonly bytes?: number | undefined
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

type ParsedTarget = z.output<typeof targetSchema>

/** The selected target out of the parsed ones, which have no problem. */
export function resolveTarget(
  targets: Readonly<Record<string, ParsedTarget>>,
  name: string,
  project: string,
  folder: string,
): Target {
  const chain = extendsChain(targets, name)
  const merged: ParsedTarget = Object.assign({}, ...chain.toReversed().map(member => targets[member]))
  const members = chain.map(each => targets[each]!)
  if (merged.engine === 'bigquery') return bigqueryTarget(name, merged, datasetsOf(members), folder)
  if (merged.engine === 'snowflake') return snowflakeTarget(name, merged, members, folder)
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

function bigqueryTarget(
  name: string,
  merged: ParsedTarget,
  datasets: Readonly<Record<string, string>>,
  folder: string,
): BigQueryTarget {
  return {
    name,
    engine: 'bigquery',
    project: merged.project!,
    location: merged.location!,
    dataset: merged.dataset!,
    datasets,
    labels: merged.labels ?? {},
    priority: merged.priority ?? 'interactive',
    jobTimeoutSeconds: merged.job_timeout,
    maximumBytesBilled: merged.maximum_bytes_billed,
    models: Object.fromEntries(
      Object.entries(merged.models ?? {}).map(([model, given]) => [
        model,
        {
          labels: given.labels ?? {},
          priority: given.priority,
          jobTimeoutSeconds: given.job_timeout,
          maximumBytesBilled: given.maximum_bytes_billed,
        },
      ]),
    ),
    budget: merged.budget,
    policyTags: merged.policy_tags ?? {},
    usdPerTib: merged.usd_per_tib ?? 6.25,
    keyFile: merged.key_file === undefined ? undefined : resolve(folder, merged.key_file),
    credentials: merged.credentials,
    impersonate: merged.impersonate,
    apiEndpoint: merged.api_endpoint,
  }
}

/** Who names a dataset of its own builds beside the target that it extends, and not into the datasets that are named there. */
function datasetsOf(chain: readonly ParsedTarget[]): Readonly<Record<string, string>> {
  const own = chain.find(({ dataset, datasets }) => dataset !== undefined || datasets !== undefined)
  return own?.datasets ?? {}
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
