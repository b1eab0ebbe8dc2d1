import { bigquery } from '../../compile/dialect/bigquery.ts'
import type { Declared } from './declared.ts'

/** `options (description = 'Who')` */
export function descriptionClause(description: string): string {
  return `options (description = ${bigquery.text(description)})`
}

/** `options (description = 'One row per session.', labels = [('team', 'growth')])`, of a table that is new: nothing that is not said has to be taken away. */
export function optionsClause(
  description: string,
  { labels, requirePartitionFilter, partitionsExpireAfterDays, expiresAt }: Partial<Declared>,
): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `(${bigquery.text(key)}, ${bigquery.text(value)})`)
  const options = [`description = ${bigquery.text(description)}`]
  if (pairs.length > 0) options.push(`labels = [${pairs.join(', ')}]`)
  if (requirePartitionFilter === true) options.push('require_partition_filter = true')
  if (typeof partitionsExpireAfterDays === 'number')
    options.push(`partition_expiration_days = ${partitionsExpireAfterDays}`)
  if (typeof expiresAt === 'number') options.push(`expiration_timestamp = timestamp_millis(${expiresAt})`)
  return `options (${options.join(', ')})`
}
