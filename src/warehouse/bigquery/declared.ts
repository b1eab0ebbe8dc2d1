import type { Columns } from '../../authoring/column.ts'
import type { Life } from '../../authoring/layout.ts'
import type { CompiledModel } from '../../compile/compiled.ts'
import type { FieldResource, TableResource, TimePartitioning } from './resources.ts'
import type { BigQuerySettings } from './settings.ts'

const dayMilliseconds = 24 * 3600 * 1000

/** What a model and its target say of its table, besides its columns, descriptions and keys. What is undefined is nobody's: whatever stands there stays. */
export interface Declared {
  readonly labels: Readonly<Record<string, string>>
  /** By column: the resource name of the tag that guards it. */
  readonly policyTags: Readonly<Record<string, string>>
  readonly requirePartitionFilter: boolean | undefined
  readonly partitionsExpireAfterDays: Life | undefined
  /** When the table is gone, in milliseconds since 1970. */
  readonly expiresAt: number | 'never' | undefined
}

/** By the clock of this computer, `now` in milliseconds since 1970. */
export function declaredOf({ name, columns, model }: CompiledModel, settings: BigQuerySettings, now: number): Declared {
  const { labels, layout } = model.value
  const life = layout?.expiresAfterDays
  return {
    labels: { ...settings.labels, ...labels, ...settings.models?.[name]?.labels },
    policyTags: policyTagsOf(columns, settings.policyTags),
    requirePartitionFilter: layout?.requirePartitionFilter,
    partitionsExpireAfterDays: layout?.partitionsExpireAfterDays,
    expiresAt: typeof life === 'number' ? now + life * dayMilliseconds : life,
  }
}

/** The tags of the columns whose class has one. */
export function policyTagsOf(
  columns: Columns,
  tagOf: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const tags = Object.entries(columns).flatMap(([column, { classification }]) => {
    const tag = classification === undefined ? undefined : tagOf[classification]
    return tag === undefined ? [] : [[column, tag] as const]
  })
  return Object.fromEntries(tags)
}

/** What a table that stands has not yet of it, as a patch: what somebody else has said of the table stays. A view has labels alone. */
export function declaredChanges(declared: Declared, live: TableResource): Partial<TableResource> {
  const labels = Object.entries(declared.labels).filter(([key, value]) => live.labels?.[key] !== value)
  const changes = labels.length === 0 ? {} : { labels: Object.fromEntries(labels) }
  if (live.type === 'VIEW') return changes
  const { requirePartitionFilter, partitionsExpireAfterDays: life, expiresAt } = declared
  const isFiltered = live.requirePartitionFilter ?? false
  const { timePartitioning: partitions } = live
  const expirationMs = typeof life === 'number' ? String(life * dayMilliseconds) : null
  const hasOtherLife = life !== undefined && (partitions?.expirationMs ?? null) !== expirationMs
  const expirationTime = typeof expiresAt === 'number' ? String(expiresAt) : null
  const endsAtAnother = expiresAt !== undefined && (live.expirationTime ?? null) !== expirationTime
  return {
    ...changes,
    ...(requirePartitionFilter === undefined || requirePartitionFilter === isFiltered
      ? {}
      : { requirePartitionFilter }),
    ...(hasOtherLife && partitions !== undefined ? { timePartitioning: { ...partitions, expirationMs } } : {}),
    ...(endsAtAnother ? { expirationTime } : {}),
  }
}

/** The same for a table that is made anew, as a resource. */
export function declaredResource(declared: Declared, partitions: TimePartitioning | undefined): Partial<TableResource> {
  const nothing = { tableReference: { projectId: '', datasetId: '', tableId: '' }, timePartitioning: partitions }
  const { timePartitioning, ...changes } = declaredChanges(declared, nothing as TableResource)
  const kept = timePartitioning ?? partitions
  return { ...changes, ...(kept === undefined ? {} : { timePartitioning: kept }) }
}

/** A field with its policy tag; the tags that stand on a column of no class stay. */
export function tagged(field: FieldResource, { policyTags }: Pick<Declared, 'policyTags'>): FieldResource {
  const tag = policyTags[field.name]
  return tag === undefined ? field : { ...field, policyTags: { names: [tag] } }
}
