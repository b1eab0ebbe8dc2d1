import type { CompiledModel, CompiledProject } from '../compile/compiled.ts'
import { problemInFile } from '../compile/thrown-problem.ts'
import type { Found } from './found.ts'

const mostClusterColumns = 4
const clusterable = ['text', 'integer', 'number', 'boolean', 'timestamp', 'date']

/** Keys of partitions and clusters that BigQuery would refuse. */
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
  const { partitionBy, clusterBy } = layout
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
  if (clusterBy.length > mostClusterColumns) {
    const message = `clusters by ${clusterBy.length} columns, and BigQuery takes ${mostClusterColumns} at most`
    faults.push({ word: 'clusterBy', message, hint: 'keep those that readers ask for most' })
  }
  for (const column of clusterBy) {
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
