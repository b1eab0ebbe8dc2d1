import { expect, test } from 'vitest'
import { SnowflakeError } from '../../../src/warehouse/snowflake/errors.ts'
import { snowflakeSharing } from '../../../src/warehouse/snowflake/sharing.ts'
import { type Row, WarehouseError } from '../../../src/warehouse/warehouse.ts'
import { ScriptedSession } from './scripted-session.ts'

const waited: number[] = []
const retries = { wait: async (milliseconds: number) => void waited.push(milliseconds), random: () => 1 }

/** What still runs, each time that it is asked. */
class Running extends ScriptedSession {
  constructor(
    private readonly answers: (readonly string[])[],
    private readonly cancelling: string | Error = 'query [a] terminated.',
  ) {
    super()
  }

  override async query(sql: string): Promise<readonly Row[]> {
    await super.query(sql)
    if (sql.includes('cancel')) {
      if (this.cancelling instanceof Error) throw this.cancelling
      return [{ answer: this.cancelling }]
    }
    const ids = this.answers.length > 1 ? this.answers.shift()! : this.answers[0]!
    return ids.map(query_id => ({ query_id }))
  }
}

const sharing = snowflakeSharing({ database: 'SHOP', transient: true }, retries, () =>
  Promise.reject(new Error('not asked for')),
)

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

test('A statement that does not end is an error, with what Snowflake answered', async () => {
  await expect(sharing.stopJobs(new Running([['a']]), 'run-7')).rejects.toThrow(
    'query a was cancelled and has not ended in a minute; Snowflake answered: query [a] terminated.',
  )
})

test('A statement that the role may not stop is not waited for: the right that is missing is named', async () => {
  const cause = new SnowflakeError('Insufficient privileges', '003001', '42501', undefined, undefined)
  const refused = new WarehouseError('Insufficient privileges', { kind: 'other', cause })
  for (const answer of [refused, 'Insufficient privileges to operate on query']) {
    waited.length = 0
    await expect(sharing.stopJobs(new Running([['a']], answer), 'run-7')).rejects.toThrow(
      /^query a still runs, and the role may not stop it: Insufficient privileges.*who has OPERATE on its warehouse$/,
    )
    expect(waited).toEqual([])
  }
})
