import { fieldOf, nodeField, nodesField, rangeOf, sliceBytes } from '../../../../../src/googlesql/parse-tree.ts'
import type { ParseNode } from '../../../../../src/googlesql/wire.ts'
import { invalidQuery } from '../api-error.ts'
import type { StoredTable } from '../store.ts'
import type { Statement } from './session.ts'
import { oneValue } from './statement-catalog.ts'

/** The values of `options(…)` on a node, by name. Any constant expression will do. */
export async function optionsOf(
  node: ParseNode,
  { sql, session }: Statement,
): Promise<Readonly<Record<string, unknown>>> {
  const entries = nodesField(nodeField(node, 'options_list') ?? {}, 'options_entries')
  const values: Record<string, unknown> = {}
  for (const entry of entries) {
    const name = String(fieldOf(nodeField(entry, 'name')!, 'id_string')).toLowerCase()
    const text = sliceBytes(sql, rangeOf(nodeField(entry, 'value')!))
    values[name] = await oneValue(session, `select ${text} as value`)
  }
  return values
}

const dayMs = 86_400_000

/** What options say of a table; only what they name. https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#table_option_list */
export function tableOptions(
  options: Readonly<Record<string, unknown>>,
  { partitioning }: Pick<StoredTable, 'partitioning'>,
): Partial<StoredTable> {
  const change: { -readonly [K in keyof StoredTable]?: StoredTable[K] } = {}
  for (const [name, value] of Object.entries(options)) {
    const isOfPartitions = name === 'require_partition_filter' || name === 'partition_expiration_days'
    if (isOfPartitions && value !== null && value !== false && partitioning === undefined)
      throw invalidQuery(`The option ${name} is for partitioned tables only`)
    const text = value === null ? undefined : String(value)
    if (name === 'description') change.description = text
    if (name === 'friendly_name') change.friendlyName = text
    if (name === 'require_partition_filter') change.requirePartitionFilter = value === true
    if (name === 'labels') change.labels = labelsOf(value)
    if (name === 'expiration_timestamp')
      change.expirationTime = text === undefined ? undefined : String(Date.parse(`${text.replace(' ', 'T')}Z`))
    if (name === 'partition_expiration_days' && partitioning !== undefined && partitioning.kind !== 'range')
      change.partitioning = {
        ...partitioning,
        expirationMs: value === null ? undefined : String(Number(value) * dayMs),
      }
  }
  return change
}

/** `[('team', 'growth')]` */
export function labelsOf(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!Array.isArray(value)) return undefined
  return Object.fromEntries(value.map(pair => Object.values(pair as Record<string, string>) as [string, string]))
}
