import type { CompiledModel, CompiledProject } from '../compile/compiled.ts'
import { problemInFile } from '../compile/thrown-problem.ts'
import type { Found } from './found.ts'

const mostClusterColumns = 4
const clusterable = ['text', 'integer', 'number', 'boolean', 'timestamp', 'date']

/** Keys of partitions and clusters, and what is said of partitions that there are not, which BigQuery would refuse. */
export function layoutProblems({ models }: CompiledProject): readonly Found[] {
  return [...models.values()].flatMap(model =>
    faultsOf(model).map(
      ({ word, message, hint }): Found => ({
        of: model.name,
        kind: 'other',
        problem: problemInFile({ name: word, file: model.model.file }, `${model.name}: ${message}`, hint),
      }),
    ),
  )
}

interface Fault {
  readonly word: string
  readonly message: string
  readonly hint: string
}

function faultsOf({ model, columns }: CompiledModel): readonly Fault[] {
  const { layout } = model.value
  if (layout === undefined) return []
  const { partitionBy, clusterBy, requirePartitionFilter, partitionsExpireAfterDays } = layout
  const faults: Fault[] = []
  if (partitionBy !== undefined) {
    const { column, by } = partitionBy
    const type = columns[column]!.typeName
    const word = 'partitionBy'
    if (type !== 'date' && type !== 'timestamp')
      faults.push({
        word,
        message: `'${column}' is ${type}, and tables are partitioned by a date or a timestamp`,
        hint: 'name a date',
      })
    if (type === 'date' && by === 'hour')
      faults.push({
        word,
        message: `'${column}' is a date, and has no hours`,
        hint: `write by: 'day', 'month' or 'year'`,
      })
  }
  if (partitionBy === undefined) {
    const hint = "name what it is partitioned by: partitionBy: '…'"
    if (requirePartitionFilter === true)
      faults.push({
        word: 'requirePartitionFilter',
        message: 'queries cannot be required to filter partitions, since it has none',
        hint,
      })
    if (partitionsExpireAfterDays !== undefined)
      faults.push({
        word: 'partitionsExpireAfterDays',
        message: 'its partitions cannot expire, since it has none',
        hint: `${hint}; or let the whole table expire: expiresAfterDays`,
      })
  }
  if (clusterBy.length > mostClusterColumns) {
    const message = `clusters by ${clusterBy.length} columns, and BigQuery takes ${mostClusterColumns} at most`
    faults.push({ word: 'clusterBy', message, hint: 'keep those that readers ask for most' })
  }
  const twice = clusterBy.find((column, index) => clusterBy.indexOf(column) < index)
  if (twice !== undefined)
    faults.push({ word: 'clusterBy', message: `clusters by '${twice}' twice`, hint: 'leave one of them out' })
  for (const column of new Set(clusterBy)) {
    const type = columns[column]!.typeName
    if (clusterable.includes(type)) continue
    faults.push({
      word: 'clusterBy',
      message: `'${column}' is ${type}, which BigQuery does not cluster by`,
      hint: 'leave it out',
    })
  }
  return faults
}
