import { bigquery } from '../../compile/dialect/bigquery.ts'
import { tablePath } from '../../compile/naming.ts'
import { type Fence, isHeld, leaseLost, type Sharing } from '../sharing.ts'
import type { OwnTable, Session } from '../warehouse.ts'
import { descriptionClause, optionsClause } from './options.ts'
import { type BigQuerySession, jobIdOf } from './session.ts'
import type { BigQuerySettings } from './settings.ts'
import type { Tables } from './tables.ts'

/** Many processes may change the same tables of BigQuery, so that runs need a lease. */
export function bigquerySharing(
  tables: Tables,
  { labels }: Pick<BigQuerySettings, 'labels'>,
  connect: () => BigQuerySession,
  stopJobs: (idPrefix: string, onOwnOnly: () => void) => Promise<readonly string[]>,
): Sharing {
  return {
    connect: async () => connect(),
    fromNow: seconds =>
      seconds === 0 ? 'current_timestamp()' : `timestamp_add(current_timestamp(), interval ${seconds} second)`,
    createWithRow: async (session, own, row) => {
      if ((await tables.find(own.table)) === undefined) await session.execute(createWithRow(own, row, labels))
    },
    fence: condition,
    stopJobs: (_: Session, runId, note = () => {}) =>
      stopJobs(jobIdOf(runId, ''), () =>
        note(
          `of the jobs that run ${runId} may have left running, only those of this account can be seen: with bigquery.jobs.listAll those of others would be too`,
        ),
      ),
  }
}

/** True, or an error: it is never false. */
export function condition(fence: Fence): string {
  return `if(${isHeld(fence, bigquery)}, true, error(${bigquery.text(leaseLost(fence))}))`
}

/**
 * The rows of a query while the lease is the run's; else the query fails, its rows as many or as few as they may be: whether the second part has
 * a row does not hang on the first, so that no plan of a query can pass over the question, as it could in a join with rows that there are none of.
 */
export function fencedRows(query: string, columnCount: number, fence: Fence | undefined): string {
  if (fence === undefined) return query
  const nulls = Array.from({ length: columnCount }, () => 'null').join(', ')
  return `${query}\nunion all\nselect ${nulls}\nfrom (select 1) as tl_lease\nwhere not ${condition(fence)}`
}

/** A statement that does nothing but fail where the lease is another run's; for what can carry no condition itself. */
export function fenceStatement(fence: Fence): string {
  return `select ${condition(fence)} as is_held`
}

function createWithRow(
  { table, description, columns }: OwnTable,
  row: readonly string[],
  labels: BigQuerySettings['labels'],
): string {
  const declared = columns.map(column => {
    const { name, type } = column
    return `  ${name} ${bigquery.type(type)} ${descriptionClause(column.description)}`
  })
  const values = columns.map(({ name }, index) => `${row[index]!} as ${name}`)
  return `create table if not exists ${tablePath(table)} (\n${declared.join(',\n')}\n)\n${optionsClause(description, { labels })}\nas\nselect ${values.join(', ')}`
}
