import { describe, expect, it } from 'vitest'
import { isInterrupted } from '../../src/run/node-problem.ts'
import { stoppable } from '../../src/run/stoppable.ts'
import { clearingAway } from '../../src/warehouse/clearing-away.ts'
import type { Session } from '../../src/warehouse/warehouse.ts'

/** A session that only notes what it is given. */
function noting() {
  const given: string[] = []
  const session: Session = {
    begin: () => undefined,
    costs: () => [],
    execute: async sql => void given.push(sql),
    change: async sql => given.push(sql),
    query: async sql => {
      given.push(sql)
      return []
    },
    describe: async sql => {
      given.push(sql)
      return []
    },
    transaction: async statements => void given.push(...statements),
    interrupt: () => undefined,
    close: () => undefined,
  }
  return { given, session }
}

describe('A session of a run that was stopped between two statements', () => {
  it('begins nothing new, tells so as an interruption, and still clears away', async () => {
    const { given, session } = noting()
    const stop = new AbortController()
    const work = stoppable(session, stop.signal)
    await work.execute('create table a as select 1')
    stop.abort()
    const refused = [
      work.execute('create table b as select 2'),
      work.query('select 3'),
      work.describe('select 4'),
      work.execute('drop table live'),
      work.transaction(['delete from live', 'insert into live select 5']),
    ]
    const errors = await Promise.all(refused.map(each => each.catch((error: unknown) => error)))
    expect(errors.map(isInterrupted)).toEqual([true, true, true, true, true])
    await clearingAway(work).execute('drop table if exists a')
    expect(given).toEqual(['create table a as select 1', 'drop table if exists a'])
  })
})
