import { snowflake } from '../../compile/dialect/snowflake.ts'
import { tablePath } from '../../compile/naming.ts'
import { type Fence, leaseLost } from '../sharing.ts'
import { Turns } from '../turns.ts'
import type { KeyedRow, Session } from '../warehouse.ts'

/**
 * A condition that holds while the lease is the run's, and fails the statement otherwise. Snowflake has no function that fails: a text that is
 * no boolean does, and is in the message. That it is made from what is counted keeps it from being worked out before the lease is read.
 */
export function fenceCondition(fence: Fence): string {
  const { lease, runId } = fence
  const held = `w.run_id = ${snowflake.text(runId)} and w.released_at is null`
  return `(select cast(${orLost('count(*) > 0', fence)} as boolean) from ${tablePath(lease)} as w where ${held})`
}

/**
 * The rows of a query while the lease is the run's; else the query fails, its rows as many or as few as they may be: whether the second part has
 * a row does not hang on the first, so that no plan of a query can pass over the question.
 */
export function fencedRows(query: string, columnTypes: readonly string[], fence: Fence | undefined): string {
  if (fence === undefined) return query
  const nulls = columnTypes.map(type => `cast(null as ${type})`).join(', ')
  const held = `select ${nulls}\nfrom (select 1 as one) as tl_lease\nwhere not ${fenceCondition(fence)}`
  return `select * from (\n${query}\nunion all\n${held}\n) as tl_rows`
}

/**
 * The last statement of a transaction: it changes nothing in the lease's row and locks it, so that no other run takes the lease before the
 * transaction has ended; it fails where one has.
 */
export function fenceStatement(fence: Fence): string {
  const { lease, runId } = fence
  const held = `run_id = ${snowflake.text(runId)} and released_at is null`
  return `update ${tablePath(lease)} set run_id = run_id where cast(${orLost(held, fence)} as boolean)`
}

/** Throws a `WarehouseError` of the kind `lease` where the lease is another run's: before statements that can ask for nothing themselves. */
export async function mustHold(session: Session, fence: Fence | undefined): Promise<void> {
  if (fence !== undefined) await session.query(`select ${fenceCondition(fence)} as is_held`)
}

/** At the end of each, all wait for the same lock; where more than 20 do, Snowflake refuses the next. */
const transactions = new Turns(16)

/** Statements of one transaction that change what is published, while the lease is the run's; so many at a time in this process. */
export function fencedTransaction(
  session: Session,
  statements: readonly string[],
  fence: Fence | undefined,
): Promise<void> {
  const all = fence === undefined ? statements : [...statements, fenceStatement(fence)]
  return transactions.take(() => session.transaction(all))
}

/** A row in the place of the one with its key. */
export function rowStatements({ into, values }: KeyedRow): readonly string[] {
  const [[key, literal]] = values as readonly [readonly [string, string]]
  const path = tablePath(into)
  const names = values.map(([name]) => name)
  return [
    `delete from ${path} where ${key} = ${literal}`,
    `insert into ${path} (${names.join(', ')}) select ${values.map(([, given]) => given).join(', ')}`,
  ]
}

function orLost(held: string, fence: Fence): string {
  return `iff(${held}, 'true', ${snowflake.text(leaseLost(fence))})`
}
