import type { Freshness } from '../authoring/location.ts'
import type { FreshnessStatus } from '../quality/freshness.ts'
import { type ArtifactContext, dbtVersion, isoInstant, sourceId } from './artifact-context.ts'
import { freshnessCriteria } from './freshness-criteria.ts'
import type { JsonObject } from './json.ts'

/** What was found of one raw table, or why nothing was. */
export type SourceFreshness = {
  /** `hubspot.contact` */
  readonly name: string
  /** What the time by which it is judged is that of: the loading of a row, or what a row tells of. */
  readonly tells: 'loaded' | 'happened'
  readonly limits: Freshness | undefined
  /** ISO instants of the wall clock. */
  readonly beganAt: string
  readonly endedAt: string
} & (
  | {
      readonly status: FreshnessStatus
      /** UTC, `2026-06-01 12:00:00`; undefined where no row tells it. */
      readonly latestAt: string | undefined
      readonly ageSeconds: number | undefined
    }
  | { readonly status: 'runtime error'; readonly message: string }
)

export interface SourcesInput extends ArtifactContext {
  readonly tables: readonly SourceFreshness[]
  readonly runId: string
  /** The run's instant, `2026-06-01 12:00:00`, UTC. */
  readonly startedAt: string
  /** ISO instant of the wall clock. */
  readonly generatedAt: string
}

/** How fresh raw tables are, as dbt's `sources.json`, version 3. It has no word for a table without limits: such a one is not in it. */
export function sourcesOf(input: SourcesInput): JsonObject {
  const { tables, runId, startedAt, generatedAt } = input
  return {
    metadata: {
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/sources/v3.json',
      dbt_version: dbtVersion,
      generated_at: generatedAt,
      invocation_id: runId,
      invocation_started_at: isoInstant(startedAt),
      env: {},
    },
    results: tables.filter(({ status }) => status !== 'no limit').map(table => resultOf(input, table)),
    elapsed_time: tables.reduce((sum, table) => sum + secondsOf(table), 0),
  }
}

/** Where no row tells a time, long ago: what dbt writes then. */
const longAgo = '0001-01-01 00:00:00'

function resultOf(input: SourcesInput, table: SourceFreshness): JsonObject {
  const id = sourceId(input, table.name)
  if (table.status === 'runtime error') return { unique_id: id, error: table.message, status: table.status }
  const { latestAt = longAgo, limits, beganAt, endedAt } = table
  const age = (Date.parse(isoInstant(input.startedAt)) - Date.parse(isoInstant(latestAt))) / 1000
  return {
    unique_id: id,
    max_loaded_at: isoInstant(latestAt),
    snapshotted_at: isoInstant(input.startedAt),
    max_loaded_at_time_ago_in_s: age,
    status: table.status,
    criteria: freshnessCriteria(limits),
    adapter_response: {},
    timing: [
      { name: 'compile', started_at: beganAt, completed_at: beganAt },
      { name: 'execute', started_at: beganAt, completed_at: endedAt },
    ],
    thread_id: 'main',
    execution_time: secondsOf(table),
  }
}

function secondsOf({ beganAt, endedAt }: SourceFreshness): number {
  return (Date.parse(endedAt) - Date.parse(beganAt)) / 1000
}
