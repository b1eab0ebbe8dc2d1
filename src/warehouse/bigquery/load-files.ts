import type { ColumnType } from '../../authoring/column-type.ts'
import type { CompiledSourceTable, TableName } from '../../compile/compiled.ts'
import { type Loading, landFiles, loadSeed } from '../local-files.ts'
import type { Landed } from '../warehouse.ts'
import { type Declared, policyTagsOf, tagged } from './declared.ts'
import { fieldOf } from './fields.ts'
import { aboutRawPolicies } from './policies.ts'
import { areSameColumns, withWordsAndTagsOf } from './raw-columns.ts'
import { dropIfThere, type Landing, mustHold, putInPlaceOf } from './raw-place.ts'
import type { FieldResource } from './resources.ts'
import type { BigQuerySession } from './session.ts'

/** Loads what DuckDB made of files of this computer. A load job costs nothing. */
export async function loadRawFiles(
  landing: Landing,
  source: CompiledSourceTable,
  quarantine: TableName,
): Promise<Landed> {
  const policyTags = policyTagsOf(source.columns, landing.tables.policyTags)
  const remarks: string[] = []
  const landed = await landFiles(source, {
    quarantine,
    // Each load sees to it when its file is written.
    makeReady: async () => undefined,
    load: async loading => {
      // Rows set aside are kept as they came, in a table of other columns.
      const tags = loading.table === source.table ? policyTags : {}
      remarks.push(...(await loadInPlace(landing, loading, tags)))
    },
    dropQuarantine: () => dropIfThere(landing, quarantine),
  })
  return { ...landed, remarks }
}

/**
 * Loads rows in place of those that stand. A table of the same columns keeps all else that is on it; one of others keeps its grants, and the tags of the
 * columns that stay. Gives what is to be said of it. Throws `ProblemsError` where row access policies would go.
 */
async function loadInPlace(
  landing: Landing,
  loading: Loading,
  policyTags: Declared['policyTags'],
): Promise<readonly string[]> {
  const { session, tables, name } = landing
  const { table } = loading
  const file = await linesOf(loading)
  const fields = fieldsOf(loading.columns).map(field => tagged(field, { policyTags }))
  const standing = await tables.find(table)
  if (standing !== undefined && standing.type !== 'TABLE') {
    const remarks = await putInPlaceOf(standing, landing, table, { schema: { fields } })
    await session.loadLinesInto(table, file)
    return remarks
  }
  const known = standing?.schema?.fields ?? []
  if (standing === undefined || !areSameColumns(known, fields)) {
    const because = 'gets other columns'
    const remarks = standing === undefined ? [] : await aboutRawPolicies({ tables, name, table, because })
    await mustHold(landing)
    await session.loadLines(file, withWordsAndTagsOf(known, fields), table)
    return remarks
  }
  await mustHold(landing)
  const guarded = known.map(field => tagged(field, { policyTags }))
  if (guarded.some((field, index) => tagsOf(field) !== tagsOf(known[index]!)))
    await tables.patch(table, { schema: { fields: guarded } })
  await session.loadLinesInto(table, file)
  return []
}

const tagsOf = ({ policyTags }: FieldResource): string => (policyTags?.names ?? []).join()

/** Makes a table of a seed's CSV file. */
export function loadSeedFile(
  session: BigQuerySession,
  file: string,
  columns: Readonly<Record<string, ColumnType>>,
  table: TableName,
): Promise<void> {
  return loadSeed(file, columns, table, async loading => {
    await session.loadLines(await linesOf(loading), fieldsOf(loading.columns), loading.table)
  })
}

const linesOf = ({ writeLines }: Loading): Promise<string> => writeLines({ keys: 'names', compression: 'none' })

function fieldsOf(columns: Loading['columns']): readonly FieldResource[] {
  return Object.entries(columns).map(([name, type]) => fieldOf(name, type))
}
