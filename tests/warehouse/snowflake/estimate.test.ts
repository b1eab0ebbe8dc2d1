import { expect, test } from 'vitest'
import { estimate } from '../../../src/warehouse/snowflake/estimate.ts'
import { WarehouseError } from '../../../src/warehouse/warehouse.ts'
import { ScriptedSession } from './scripted-session.ts'

const plan = {
  GlobalStats: { partitionsTotal: 120, partitionsAssigned: 7, bytesAssigned: 52_428_800 },
  Operations: [[]],
}

test('What a query would read is what its plan says, and only its plan is asked for', async () => {
  const session = new ScriptedSession([[/^explain/, [{ content: JSON.stringify(plan) }]]])
  expect(await estimate(session, 'select 1 as one')).toEqual({
    bytesProcessed: 52_428_800,
    estimatedUsd: undefined,
    partitions: { read: 7, all: 120 },
  })
  expect(session.statements).toEqual(['explain using json\nselect 1 as one'])
})

test.each([
  ['no JSON', 'GlobalStats: none'],
  ['nothing of bytes', JSON.stringify({ Operations: [] })],
])('A plan that tells %s is an error, and no estimate of 0', async (_, content) => {
  const session = new ScriptedSession([[/^explain/, [{ content }]]])
  await expect(estimate(session, 'select 1 as one')).rejects.toThrow(WarehouseError)
})
