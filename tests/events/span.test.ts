import { describe, expect, it } from 'vitest'
import { runTests } from '../../src/quality/run-tests.ts'
import { worldOf } from '../support/world.ts'

/** What the data tests of `as_of` find where one event is at the first instant and one at the last. */
async function findings(first: string, last: string): Promise<readonly string[]> {
  const { session, compiled } = await worldOf(
    [
      { event_id: 'a', at: first, event: 'page_viewed', user: 'ada' },
      { event_id: 'b', at: last, event: 'page_viewed', user: 'ada' },
    ],
    { models: ['as_of'] },
  )
  const model = compiled.models.get('as_of')!
  const settings = {
    tableOf: (name: string) => compiled.models.get(name)!.table,
    stands: async () => true,
    storeFailures: undefined,
    withTests: true,
    inOneStatement: false,
  }
  const { tests } = await runTests(session, model, model.table, settings)
  return tests.filter(({ status }) => status !== 'pass').map(({ says }) => says)
}

describe('the data tests of as_of', () => {
  it('take a hundred years of events', async () => {
    expect(await findings('2026-03-01 10:00:00', '2126-03-02 10:00:00')).toEqual([])
  })

  it('stop the build at a time that is none, before every day up to it is counted', async () => {
    expect(await findings('2026-03-01 10:00:00', '9999-12-31 23:59:59')).toEqual([
      'all events lie within a hundred years',
    ])
  })
})
