import { snowflake } from '../../compile/dialect/snowflake.ts'
import { tablePath } from '../../compile/naming.ts'
import type { RetryOptions } from '../retries.ts'
import type { Sharing } from '../sharing.ts'
import { type OwnTable, type Session, WarehouseError } from '../warehouse.ts'
import { kindOf } from './clauses.ts'
import { isForbidden } from './errors.ts'
import { fenceCondition } from './fence.ts'
import { addLacking } from './own-tables.ts'
import type { SnowflakeSettings } from './settings.ts'

/** How often what was cancelled is looked at until it is over: for a minute. */
const looks = 60
const pauseMilliseconds = 1000

/** Many processes may change the same tables of Snowflake, so that runs need a lease. */
export function snowflakeSharing(
  settings: Pick<SnowflakeSettings, 'database' | 'transient'>,
  retries: RetryOptions,
  connect: () => Promise<Session>,
): Sharing {
  return {
    connect,
    fromNow: seconds => `cast(dateadd('second', ${seconds}, sysdate()) as timestamp_ntz(6))`,
    createWithRow: async (session, own, row) => {
      if (await addLacking(session, own)) return
      await session.execute(createWithRow(own, row, kindOf(settings)))
      await session.execute(describeColumns(own))
    },
    fence: fenceCondition,
    stopJobs: (session, runId) => stopJobs(session, runId, settings.database, retries),
  }
}

/** Types and first values in one statement, in which columns cannot be described. */
function createWithRow({ table, description, columns }: OwnTable, row: readonly string[], kind: string): string {
  const declared = columns.map(({ name, type }) => `  ${name} ${snowflake.type(type)}`)
  const values = columns.map(({ name }, index) => `${row[index]!} as ${name}`)
  return `create ${kind} if not exists ${tablePath(table)} (\n${declared.join(',\n')}\n)\ncomment = ${snowflake.text(description)}\nas\nselect ${values.join(', ')}`
}

function describeColumns({ table, columns }: OwnTable): string {
  const told = columns.map(({ name, description }) => `column ${name} comment ${snowflake.text(description)}`)
  return `alter table ${tablePath(table)} alter ${told.join(', ')}`
}

/** The statements of a run have its id in their tag. Seen are those of this user, and of all where the role may monitor the warehouse. */
async function stopJobs(
  session: Session,
  runId: string,
  database: string,
  { wait }: RetryOptions,
): Promise<readonly string[]> {
  const stopped = await running(session, runId, database)
  const answers = new Map<string, string>()
  for (const id of stopped) answers.set(id, await cancelled(session, id))
  for (let look = 0; stopped.length > 0; look++) {
    const left = await running(session, runId, database)
    if (left.length === 0) return stopped
    if (look === looks)
      throw new WarehouseError(
        `query ${left[0]} was cancelled and has not ended in a minute${saidOf(answers, left[0]!)}`,
        { kind: 'connection' },
      )
    await wait(pauseMilliseconds)
  }
  return stopped
}

/** Snowflake's answer. Throws `WarehouseError` with the right that is missing where the role may not stop the query. */
async function cancelled(session: Session, id: string): Promise<string> {
  try {
    const [row] = await session.query(`select system$cancel_query(${snowflake.text(id)}) as answer`)
    const answer = String(row?.answer ?? '')
    if (/privilege|not authorized|permission|not allowed/i.test(answer)) throw mayNotStop(id, answer)
    return answer
  } catch (error) {
    throw isForbidden(error) ? mayNotStop(id, (error as WarehouseError).message, error) : error
  }
}

function mayNotStop(id: string, words: string, cause?: unknown): WarehouseError {
  const needed = 'another user’s query is stopped by who has OPERATE on its warehouse'
  return new WarehouseError(`query ${id} still runs, and the role may not stop it: ${words}: ${needed}`, {
    kind: 'other',
    cause,
  })
}

function saidOf(answers: ReadonlyMap<string, string>, id: string): string {
  const answer = answers.get(id) ?? ''
  return answer === '' ? '' : `; Snowflake answered: ${answer}`
}

async function running(session: Session, runId: string, database: string): Promise<readonly string[]> {
  const rows = await session.query(`select query_id
from table(${database}.information_schema.query_history(result_limit => 10000))
where execution_status in ('RUNNING', 'QUEUED', 'BLOCKED', 'RESUMING_WAREHOUSE')
and contains(query_tag, ${snowflake.text(`"run":${JSON.stringify(runId)}`)})`)
  return rows.map(row => String(row.query_id))
}
