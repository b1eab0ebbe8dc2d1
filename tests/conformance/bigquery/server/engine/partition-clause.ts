import {
  concrete,
  namesOf,
  nodeField,
  nodesField,
  rangeOf,
  sliceBytes,
} from '../../../../../src/googlesql/parse-tree.ts'
import type { ParseNode } from '../../../../../src/googlesql/wire.ts'
import { invalidQuery } from '../api-error.ts'
import type { Partitioning, StoredColumn } from '../store.ts'

/**
 * What PARTITION BY says, and what BigQuery refuses that the analyzer lets pass.
 * https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#partition_expression
 */
export function partitioningOf(
  node: ParseNode,
  sql: string,
  columns: readonly StoredColumn[],
): Partitioning | undefined {
  const clause = nodeField(node, 'partition_by')
  if (clause === undefined) return undefined
  const [expression, ...others] = nodesField(clause, 'partitioning_expressions')
  if (others.length > 0) throw invalidQuery('Only a single PARTITION BY expression is supported')
  const { kind, node: inner } = concrete(expression!)
  if (kind === 'ast_path_expression_node') return ofColumn(namesOf(inner)[0]!, 'DAY', columns, ['DATE'])
  if (kind !== 'ast_function_call_node') throw refused()
  const name = namesOf(nodeField(inner, 'function')!).join('.').toUpperCase()
  const [first, second] = nodesField(inner, 'arguments')
  const column = namesOf(concrete(first!).node)[0]
  if (column === undefined) throw refused()
  const word = second === undefined ? 'DAY' : sliceBytes(sql, rangeOf(second)).toUpperCase()
  switch (name) {
    case 'DATE':
      return ofColumn(column, 'DAY', columns, ['TIMESTAMP', 'DATETIME'])
    case 'DATE_TRUNC':
      return ofColumn(column, word, columns, ['DATE'])
    case 'TIMESTAMP_TRUNC':
      return ofColumn(column, word, columns, ['TIMESTAMP'])
    case 'DATETIME_TRUNC':
      return ofColumn(column, word, columns, ['DATETIME'])
    case 'RANGE_BUCKET':
      return ofRange(column, concrete(second!).node, sql, columns)
    default:
      throw refused()
  }
}

function ofColumn(
  name: string,
  unit: string,
  columns: readonly StoredColumn[],
  kinds: readonly string[],
): Partitioning {
  if (/^_PARTITION(DATE|TIME)$/i.test(name)) return { kind: 'ingestion', unit }
  const column = columnNamed(name, columns)
  if (!kinds.includes(column.type.kind)) throw refused()
  if (!['HOUR', 'DAY', 'MONTH', 'YEAR'].includes(unit)) throw refused()
  return { kind: 'time', unit, column: column.name }
}

function ofRange(name: string, array: ParseNode, sql: string, columns: readonly StoredColumn[]): Partitioning {
  const column = columnNamed(name, columns)
  const [start, end, interval = '1'] = nodesField(array, 'arguments').map(argument =>
    sliceBytes(sql, rangeOf(argument)),
  )
  if (column.type.kind !== 'INT64' || start === undefined || end === undefined) throw refused()
  return { kind: 'range', column: column.name, start, end, interval }
}

function columnNamed(name: string, columns: readonly StoredColumn[]): StoredColumn {
  const found = columns.find(column => column.name.toLowerCase() === name.toLowerCase())
  if (found === undefined) throw invalidQuery(`Unrecognized name: ${name}`)
  return found
}

const refused = () =>
  invalidQuery(
    'PARTITION BY expression must be DATE(<timestamp_column>), DATE(<datetime_column>), DATETIME_TRUNC(<datetime_column>, DAY/HOUR/MONTH/YEAR), a DATE column, TIMESTAMP_TRUNC(<timestamp_column>, DAY/HOUR/MONTH/YEAR), DATE_TRUNC(<date_column>, MONTH/YEAR), or RANGE_BUCKET(<int64_column>, GENERATE_ARRAY(<int64_value>, <int64_value>[, <int64_value>]))',
  )

/** At most four columns, none of them a double: https://cloud.google.com/bigquery/docs/clustered-tables#cluster_column_types */
export function clusteringOf(node: ParseNode, columns: readonly StoredColumn[]): readonly string[] | undefined {
  const clause = nodeField(node, 'cluster_by')
  if (clause === undefined) return undefined
  const names = nodesField(clause, 'clustering_expressions').map(
    expression => columnNamed(namesOf(concrete(expression).node)[0] ?? '', columns).name,
  )
  checkClustering(names, columns)
  return names
}

export function checkClustering(names: readonly string[], columns: readonly StoredColumn[]): void {
  if (names.length > 4) throw invalidQuery('The maximum number of clustering columns is 4')
  for (const name of names) {
    const { type } = columnNamed(name, columns)
    if (['FLOAT64', 'JSON', 'BYTES', 'TIME', 'ARRAY', 'STRUCT', 'INTERVAL'].includes(type.kind))
      throw invalidQuery(
        `Entries in the CLUSTER BY clause must have a type that can be clustered: ${name} is ${type.kind}`,
      )
  }
}
