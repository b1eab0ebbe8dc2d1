import { type SqlColumn, type SqlTable, tableOf } from '../../../../src/googlesql/catalog.ts'
import { timestampText } from '../../../../src/googlesql/times.ts'
import { type SqlType, typeText } from '../../../../src/googlesql/types.ts'
import type { SqlValue } from '../../../../src/googlesql/values.ts'
import { notFound } from './api-error.ts'
import { partitionsOf } from './partitions.ts'
import type { Dataset, Store, StoredColumn, StoredTable } from './store.ts'

export const informationSchemaName = 'INFORMATION_SCHEMA'

type PlainRow = Readonly<Record<string, SqlValue>>
interface View {
  readonly columns: readonly SqlColumn[]
  rows(of: {
    readonly dataset: Dataset
    readonly name: string
    readonly table: StoredTable
    readonly project: string
  }): readonly PlainRow[]
}

const text = (...names: readonly string[]): readonly SqlColumn[] =>
  names.map(name => ({ name, type: { kind: 'STRING' } }))
const integers = (...names: readonly string[]): readonly SqlColumn[] =>
  names.map(name => ({ name, type: { kind: 'INT64' } }))
const instants = (...names: readonly string[]): readonly SqlColumn[] =>
  names.map(name => ({ name, type: { kind: 'TIMESTAMP' } }))

const instant = (milliseconds: number): string =>
  timestampText(Math.floor(milliseconds / 1000), (milliseconds % 1000) * 1_000_000)
const yes = (holds: boolean): string => (holds ? 'YES' : 'NO')
const kindNames = {
  TABLE: 'BASE TABLE',
  VIEW: 'VIEW',
  MATERIALIZED_VIEW: 'MATERIALIZED VIEW',
  SNAPSHOT: 'SNAPSHOT',
} as const

/** The views of a dataset that are read here: https://cloud.google.com/bigquery/docs/information-schema-intro */
const views: Readonly<Record<string, View>> = {
  TABLES: {
    columns: [
      ...text('table_catalog', 'table_schema', 'table_name', 'table_type', 'is_insertable_into', 'is_typed'),
      ...instants('creation_time'),
      ...text('ddl'),
    ],
    rows: ({ dataset, name, table, project }) => [
      {
        ...placeOf(project, dataset, name),
        table_type: kindNames[table.kind],
        is_insertable_into: yes(table.kind === 'TABLE'),
        is_typed: 'NO',
        creation_time: instant(table.createdAt),
        ddl: null,
      },
    ],
  },
  COLUMNS: {
    columns: [
      ...text('table_catalog', 'table_schema', 'table_name', 'column_name'),
      ...integers('ordinal_position'),
      ...text('is_nullable', 'data_type', 'is_generated', 'is_hidden', 'is_system_defined', 'is_partitioning_column'),
      ...integers('clustering_ordinal_position'),
    ],
    rows: ({ dataset, name, table, project }) =>
      table.columns.map((column, index) => ({
        ...placeOf(project, dataset, name),
        column_name: column.name,
        ordinal_position: index + 1,
        is_nullable: yes(column.isRequired !== true),
        data_type: typeText(column.type),
        is_generated: 'NEVER',
        is_hidden: 'NO',
        is_system_defined: 'NO',
        is_partitioning_column: yes(isPartitioning(column, table)),
        clustering_ordinal_position: placeIn(table.clustering, column),
      })),
  },
  COLUMN_FIELD_PATHS: {
    columns: text(
      'table_catalog',
      'table_schema',
      'table_name',
      'column_name',
      'field_path',
      'data_type',
      'description',
    ),
    rows: ({ dataset, name, table, project }) =>
      table.columns.flatMap(column =>
        pathsOf(column.name, column.type).map(([path, type]) => ({
          ...placeOf(project, dataset, name),
          column_name: column.name,
          field_path: path,
          data_type: typeText(type),
          description: (path === column.name ? column.description : column.fieldDescriptions?.[path]) ?? null,
        })),
      ),
  },
  TABLE_OPTIONS: {
    columns: text('table_catalog', 'table_schema', 'table_name', 'option_name', 'option_type', 'option_value'),
    rows: ({ dataset, name, table, project }) =>
      optionsOf(table).map(([option_name, option_type, option_value]) => ({
        ...placeOf(project, dataset, name),
        option_name,
        option_type,
        option_value,
      })),
  },
  PARTITIONS: {
    columns: [
      ...text('table_catalog', 'table_schema', 'table_name', 'partition_id'),
      ...integers('total_rows'),
      ...instants('last_modified_time'),
    ],
    rows: ({ dataset, name, table, project }) =>
      partitionsOf(table).map(({ id, rowCount }) => ({
        ...placeOf(project, dataset, name),
        partition_id: id ?? null,
        total_rows: rowCount,
        last_modified_time: instant(table.modifiedAt),
      })),
  },
}

/** The table that `dataset.INFORMATION_SCHEMA.TABLES` means. Throws where there is no such view or dataset. */
export function informationSchema(
  store: Store,
  path: readonly string[],
  defaultDataset: string | undefined,
): Omit<SqlTable, 'name'> {
  const at = path.findIndex(part => part.toUpperCase() === informationSchemaName)
  const name = path[at + 1]?.toUpperCase() ?? ''
  const view = views[name]
  const datasetId = path[at - 1] ?? defaultDataset ?? ''
  if (view === undefined)
    throw notFound('Table', `${store.project}:${datasetId}.${informationSchemaName}.${name} was not found`)
  const datasets = datasetId.startsWith('region-') ? store.allDatasets() : [store.dataset(datasetId)]
  const rows = datasets.flatMap(dataset =>
    [...dataset.tables].flatMap(([table, stored]) =>
      view.rows({ dataset, name: table, table: stored, project: store.project }),
    ),
  )
  return tableOf('', view.columns, rows)
}

const placeOf = (project: string, { id }: Dataset, name: string) => ({
  table_catalog: project,
  table_schema: id,
  table_name: name,
})

function isPartitioning({ name }: StoredColumn, { partitioning }: StoredTable): boolean {
  return partitioning !== undefined && partitioning.kind !== 'ingestion' && partitioning.column === name
}

function placeIn(clustering: readonly string[] | undefined, { name }: StoredColumn): number | null {
  const at = clustering?.indexOf(name) ?? -1
  return at < 0 ? null : at + 1
}

function pathsOf(path: string, type: SqlType): readonly (readonly [string, SqlType])[] {
  const inner = type.kind === 'ARRAY' ? type.of : type
  const below =
    inner.kind === 'STRUCT' ? inner.fields.flatMap(field => pathsOf(`${path}.${field.name}`, field.type)) : []
  return [[path, type], ...below]
}

/** As literals of SQL, in which form the view shows them. */
function optionsOf(table: StoredTable): readonly (readonly [string, string, string])[] {
  const { description, friendlyName, labels, expirationTime, requirePartitionFilter, partitioning } = table
  const expirationMs = partitioning?.kind === 'range' ? undefined : partitioning?.expirationMs
  const pairs = Object.entries(labels ?? {}).map(
    ([key, value]) => `STRUCT(${JSON.stringify(key)}, ${JSON.stringify(value)})`,
  )
  return [
    ...(description === undefined ? [] : [['description', 'STRING', JSON.stringify(description)] as const]),
    ...(friendlyName === undefined ? [] : [['friendly_name', 'STRING', JSON.stringify(friendlyName)] as const]),
    ...(pairs.length === 0 ? [] : [['labels', 'ARRAY<STRUCT<STRING, STRING>>', `[${pairs.join(', ')}]`] as const]),
    ...(expirationTime === undefined
      ? []
      : [
          [
            'expiration_timestamp',
            'TIMESTAMP',
            `TIMESTAMP "${new Date(Number(expirationTime)).toISOString()}"`,
          ] as const,
        ]),
    ...(requirePartitionFilter === true ? [['require_partition_filter', 'BOOL', 'true'] as const] : []),
    ...(expirationMs === undefined
      ? []
      : [['partition_expiration_days', 'FLOAT64', String(Number(expirationMs) / 86_400_000)] as const]),
  ]
}
