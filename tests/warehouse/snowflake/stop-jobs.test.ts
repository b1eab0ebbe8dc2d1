import { expect, test } from 'vitest'
import { snowflakeSharing } from '../../../src/warehouse/snowflake/sharing.ts'
import { type Row, WarehouseError } from '../../../src/warehouse/warehouse.ts'
import { ScriptedSession } from './scripted-session.ts'

const waited: number[] = []
const retries = { wait: async (milliseconds: number) => void waited.push(milliseconds), random: () => 1 }

/** What still runs, each time that it is asked. */
class Running extends ScriptedSession {
  constructor(private readonly answers: (readonly string[])[]) {
    super()
  }

  override async query(sql: string): Promise<readonly Row[]> {
    await super.query(sql)
    if (!sql.includes('query_history')) return []
    const ids = this.answers.length > 1 ? this.answers.shift()! : this.answers[0]!
    return ids.map(query_id => ({ query_id }))
  }
}

const sharing = snowflakeSharing({ database: 'SHOP' }, retries, () => Promise.reject(new Error('not asked for')))

test('What a run has running is found by its tag, cancelled, and waited for', async () => {
  const session = new Running([['a', 'b'], ['b'], []])
  expect(await sharing.stopJobs(session, 'run-7')).toEqual(['a', 'b'])
  expect(session.statements[0]).toContain(`contains(query_tag, '"run":"run-7"')`)
  expect(session.statements.filter(sql => sql.includes('cancel'))).toEqual([
    "select system$cancel_query('a') as answer",
    "select system$cancel_query('b') as answer",
  ])
  expect(waited).toEqual([1000])
})

test('Nothing is cancelled where nothing runs', async () => {
  const session = new Running([[]])
  expect(await sharing.stopJobs(session, 'run-7')).toEqual([])
  expect(session.statements).toHaveLength(1)
})

test('A statement that does not end is an error', async () => {
  await expect(sharing.stopJobs(new Running([['a']]), 'run-7')).rejects.toThrow(WarehouseError)
})
