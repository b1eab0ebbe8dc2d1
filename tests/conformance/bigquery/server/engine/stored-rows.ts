import { isNull } from '../../../../../src/googlesql/values.ts'
import type { WireRow } from '../../../../../src/googlesql/wire.ts'
import { invalidQuery } from '../api-error.ts'
import type { Store, StoredTable } from '../store.ts'

/** Rows as a table keeps them: with the partition that they come into now; throws where a required column is NULL. */
export function storedRows(
  { clock }: Store,
  { columns, partitioning }: StoredTable,
  rows: readonly WireRow[],
): readonly WireRow[] {
  const required = columns.flatMap(({ isRequired }, index) => (isRequired === true ? [index] : []))
  for (const row of rows) {
    const missing = required.find(index => isNull(row[index] ?? {}))
    if (missing !== undefined) throw invalidQuery(`Required field ${columns[missing]!.name} cannot be null`)
  }
  if (partitioning?.kind !== 'ingestion') return rows
  const partition = { timestamp_value: { seconds: String(clock.daySeconds()), nanos: 0 } }
  return rows.map(row => [...row.slice(0, columns.length), row[columns.length] ?? partition])
}
