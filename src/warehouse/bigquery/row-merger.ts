import { tablePath } from '../../compile/naming.ts'
import type { Fence } from '../sharing.ts'
import type { KeyedRow } from '../warehouse.ts'
import type { BigQuerySession } from './session.ts'
import { condition } from './sharing.ts'

interface Waiting {
  readonly row: KeyedRow
  readonly fence: Fence | undefined
  readonly session: BigQuerySession
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

/**
 * Writes rows into one table that many publish to at a time. Statements that change one table wait for each other in BigQuery, and may fail when they
 * meet; so one runs at a time, and takes along all rows that came in while the one before it ran.
 */
export class RowMerger {
  private waiting: Waiting[] = []
  private isRunning = false

  /** Resolves when the row stands. All rows that are merged by one are of one run. */
  merge(session: BigQuerySession, row: KeyedRow, fence: Fence | undefined): Promise<void> {
    const written = new Promise<void>((done, failed) => this.waiting.push({ row, fence, session, done, failed }))
    if (!this.isRunning) void this.run()
    return written
  }

  private async run(): Promise<void> {
    this.isRunning = true
    for (let batch = this.takeAll(); batch.length > 0; batch = this.takeAll()) {
      try {
        // Its owner waits for this very row, and does nothing else with the session.
        const { session, fence } = batch[0]!
        await session.execute(
          mergeRows(
            batch.map(({ row }) => row),
            fence,
          ),
        )
        for (const { done } of batch) done()
      } catch (error) {
        for (const { failed } of batch) failed(error)
      }
    }
    this.isRunning = false
  }

  private takeAll(): readonly Waiting[] {
    const taken = this.waiting
    this.waiting = []
    return taken
  }
}

/** Each row in the place of the one with its key; atomic, and the same however often it runs. */
function mergeRows(rows: readonly KeyedRow[], fence: Fence | undefined): string {
  const { into, values } = rows[0]!
  const [key] = values[0]!
  const names = values.map(([name]) => name)
  const selects = rows.map(row => `select ${row.values.map(([name, literal]) => `${literal} as ${name}`).join(', ')}`)
  const updates = names.slice(1).map(name => `${name} = new_row.${name}`)
  const inserted = names.map(name => `new_row.${name}`)
  const given = selects.join('\n  union all ')
  const source = fence === undefined ? given : `select * from (${given}) as given_row where ${condition(fence)}`
  return `merge into ${tablePath(into)} as old_row
using (${source}) as new_row
on old_row.${key} = new_row.${key}
when matched then update set ${updates.join(', ')}
when not matched then insert (${names.join(', ')}) values (${inserted.join(', ')})`
}
