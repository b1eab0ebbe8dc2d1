import { expect, test } from 'vitest'
import { ownTable } from '../../../src/run/own-table.ts'
import { SnowflakeError } from '../../../src/warehouse/snowflake/errors.ts'
import { snowflakeSharing } from '../../../src/warehouse/snowflake/sharing.ts'
import { ScriptedSession } from './scripted-session.ts'

const retries = { wait: async () => undefined, random: () => 1 }
const sharingOf = (transient: boolean) =>
  snowflakeSharing({ database: 'SHOP', transient }, retries, () => Promise.reject(new Error('not asked for')))
const lease = ownTable({ schema: 'j_about', database: 'shop', name: 'lease' }, 'Who writes.', [
  { name: 'run_id', type: 'text', says: 'Which run' },
  { name: 'owner', type: 'text', says: 'Who runs it' },
])

const isNotThere = new SnowflakeError(
  'Object does not exist or not authorized.',
  '002003',
  '42S02',
  undefined,
  undefined,
)

test('The table of the lease is made with its row, of the kind that the target says, and its columns are described', async () => {
  for (const [transient, kind] of [
    [true, 'transient table'],
    [false, 'table'],
  ] as const) {
    const session = new ScriptedSession([[/^describe table/, isNotThere]])
    await sharingOf(transient).createWithRow(session, lease, ['null', "'ann'"])
    expect(session.changes).toEqual([
      expect.stringContaining(`create ${kind} if not exists shop.j_about.lease (`),
      "alter table shop.j_about.lease alter column run_id comment 'Which run', column owner comment 'Who runs it'",
    ])
  }
})

test('The table of the lease that an earlier version made gets the columns that it lacks, and no other row', async () => {
  const session = new ScriptedSession([
    [/^describe table/, [{ name: 'RUN_ID', type: 'VARCHAR(16777216)', comment: '' }]],
  ])
  await sharingOf(true).createWithRow(session, lease, ['null', "'ann'"])
  expect(session.changes).toEqual(["alter table shop.j_about.lease add column\n  owner varchar comment 'Who runs it'"])
})
