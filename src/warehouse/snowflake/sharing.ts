import { snowflake } from '../../compile/dialect/snowflake.ts'
import { tablePath } from '../../compile/naming.ts'
import type { RetryOptions } from '../retries.ts'
import type { Sharing } from '../sharing.ts'
import { type OwnTable, type Session, WarehouseError } from '../warehouse.ts'
import { fenceCondition } from './fence.ts'
import { findObject } from './objects.ts'

/** How often what was cancelled is looked at until it is over: for a minute. */
const looks = 60
const pauseMilliseconds = 1000

/** Many processes may change the same tables of Snowflake, so that runs need a lease. */
export function snowflakeSharing(
  { database }: { readonly database: string },
  retries: RetryOptions,
  connect: () => Promise<Session>,
): Sharing {
  return {
    connect,
    fromNow: seconds => `cast(dateadd('second', ${seconds}, sysdate()) as timestamp_ntz(6))`,
    createWithRow: async (session, own, row) => {
      if ((await findObject(session, own.table)) === undefined) await session.execute(createWithRow(own, row))
    },
    fence: fenceCondition,
    stopJobs: (session, runId) => stopJobs(session, runId, database, retries),
  }
}

/** Types and first values in one statement; descriptions are given by whoever finds them missing. */
function createWithRow({ table, description, columns }: OwnTable, row: readonly string[]): string {
  const declared = columns.map(({ name, type }) => `  ${name} ${snowflake.type(type)}`)
  const values = columns.map(({ name }, index) => `${row[index]!} as ${name}`)
  return `create table if not exists ${tablePath(table)} (\n${declared.join(',\n')}\n)\ncomment = ${snowflake.text(description)}\nas\nselect ${values.join(', ')}`
}

/** The statements of a run have its id in their tag. Seen are those of this user, and of all where the role may monitor the warehouse. */
async function stopJobs(
  session: Session,
  runId: string,
  database: string,
  { wait }: RetryOptions,
): Promise<readonly string[]> {
  const stopped = await running(session, runId, database)
  for (const id of stopped) await session.query(`select system$cancel_query(${snowflake.text(id)}) as answer`)
  for (let look = 0; stopped.length > 0; look++) {
    const left = await running(session, runId, database)
    if (left.length === 0) return stopped
    if (look === looks)
      throw new WarehouseError(`query ${left[0]} was cancelled and has not ended in a minute`, { kind: 'connection' })
    await wait(pauseMilliseconds)
  }
  return stopped
}

async function running(session: Session, runId: string, database: string): Promise<readonly string[]> {
  const rows = await session.query(`select query_id
from table(${database}.information_schema.query_history(result_limit => 10000))
where execution_status in ('RUNNING', 'QUEUED', 'BLOCKED', 'RESUMING_WAREHOUSE')
and contains(query_tag, ${snowflake.text(`"run":${JSON.stringify(runId)}`)})`)
  return rows.map(row => String(row.query_id))
}
