import { describe, expect, it } from 'vitest'
import type { CompiledSourceTable } from '../../../src/compile/compiled.ts'
import { text } from '../../../src/index.ts'
import { SnowflakeError } from '../../../src/warehouse/snowflake/errors.ts'
import { landSource } from '../../../src/warehouse/snowflake/land-source.ts'
import type { SnowflakeSession } from '../../../src/warehouse/snowflake/session.ts'
import type { SnowflakeSettings } from '../../../src/warehouse/snowflake/settings.ts'
import { type Row, WarehouseError } from '../../../src/warehouse/warehouse.ts'
import { ScriptedSession } from './scripted-session.ts'

/** A raw table that the company does not load: a view without rows. */
const letters = {
  name: 'crm.letters',
  columns: { id: text('The letter') },
  location: { notLoaded: true, badRows: 'fail' },
  table: { schema: 'j_raw', database: 'acme', name: 'crm__letters' },
} as unknown as CompiledSourceTable

const objects = /^show objects like 'CRM__LETTERS' in schema acme\.j_raw$/
const views = /^show views like 'CRM__LETTERS' in schema acme\.j_raw$/
const policies =
  /policy_references\(ref_entity_name => 'acme\.j_raw\.crm__letters', ref_entity_domain => '(view|table)'\)/
const standing = (kind: 'VIEW' | 'TABLE'): readonly [RegExp, readonly Row[]] => [
  objects,
  [{ name: 'CRM__LETTERS', kind, comment: '', cluster_by: '' }],
]
const hidden: Row = {
  policy_db: 'G',
  policy_schema: 'P',
  policy_name: 'HIDE',
  policy_kind: 'MASKING_POLICY',
  ref_column_name: 'ID',
}

const fence = { lease: { database: 'acme', schema: 'j_about', name: 'lease' }, runId: 'run-7' }
const landed = (session: ScriptedSession, held?: typeof fence) =>
  landSource(session as unknown as SnowflakeSession, letters, {} as SnowflakeSettings, held)

const forbidden = new WarehouseError('Insufficient privileges', {
  kind: 'other',
  cause: new SnowflakeError('Insufficient privileges', '003001', undefined, undefined, undefined),
})
const notLookedUp = 'whether it had masking or row access policies could not be looked up: set them again where it had'
const reader: Row = { privilege: 'SELECT', granted_to: 'ROLE', grantee_name: 'READER', grant_option: 'false' }
const grants = /^show grants on table acme\.j_raw\.crm__letters$/

describe('The view on a raw table', () => {
  it('is made once, and left as it is where it reads the same', async () => {
    const first = new ScriptedSession()
    await landed(first)
    const [made] = first.changes
    expect(first.changes).toEqual([
      expect.stringMatching(/^create or replace view acme\.j_raw\.crm__letters\ncopy grants\nas\n/),
    ])
    const again = new ScriptedSession([standing('VIEW'), [views, [{ name: 'CRM__LETTERS', text: `${made};` }]]])
    await landed(again)
    expect(again.changes).toEqual([])
  })

  it('is replaced where it reads something else, and has no policies', async () => {
    const session = new ScriptedSession([standing('VIEW'), [views, [{ name: 'CRM__LETTERS', text: 'another' }]]])
    expect((await landed(session)).remarks).toEqual([])
    expect(session.changes).toEqual([expect.stringMatching(/^create or replace view /)])
  })

  it('is replaced where its policies cannot be looked up, and that is said', async () => {
    const other: readonly Row[] = [{ name: 'CRM__LETTERS', text: 'another' }]
    const session = new ScriptedSession([standing('VIEW'), [views, other], [policies, forbidden]])
    expect((await landed(session)).remarks).toEqual([`its view was replaced, with the grants it had; ${notLookedUp}`])
    expect(session.changes).toEqual([expect.stringMatching(/^create or replace view /)])
  })

  it('takes the place of a table: it has the grants of that one before it has its name', async () => {
    const session = new ScriptedSession([standing('TABLE'), [grants, [reader]]])
    const { remarks } = await landed(session, fence)
    expect(session.changes).toEqual([
      expect.stringMatching(/^create or replace view acme\.j_raw\.crm__letters__tl_next\ncopy grants\nas\n/),
      'grant SELECT on view acme.j_raw.crm__letters__tl_next to role "READER"',
      'alter table acme.j_raw.crm__letters rename to acme.j_raw.crm__letters__tl_aside',
      'alter view acme.j_raw.crm__letters__tl_next rename to acme.j_raw.crm__letters',
      'drop table if exists acme.j_raw.crm__letters__tl_aside',
    ])
    const asked = session.statements.filter(sql => /^select \(select cast\(iff\(count/.test(sql))
    expect(asked).toHaveLength(3)
    expect(remarks).toEqual(['it was a table and is a view now, with the grants it had'])
  })

  it('says what of these could not be given again, or looked up', async () => {
    const lost = new ScriptedSession([standing('TABLE'), [grants, [reader]], [/^grant /, forbidden]])
    expect((await landed(lost)).remarks).toEqual([
      'it was a table and is a view now, without the grants it had; not given again: SELECT to READER',
    ])
    const unknown = new ScriptedSession([standing('TABLE'), [grants, forbidden], [policies, forbidden]])
    expect((await landed(unknown)).remarks).toEqual([
      `it was a table and is a view now, without the grants it had; ${notLookedUp}`,
    ])
  })

  it('that has taken the place of a table is left as it is where it reads the same', async () => {
    const first = new ScriptedSession([standing('TABLE')])
    await landed(first)
    const again = new ScriptedSession([standing('VIEW'), [views, [{ name: 'CRM__LETTERS', text: first.changes[0]! }]]])
    expect((await landed(again)).remarks).toEqual([])
    expect(again.changes).toEqual([])
  })

  it('is not made where the lease is another run’s', async () => {
    const lost = new WarehouseError('run run-7 has lost the lease of its target', { kind: 'lease' })
    const rules = [[/^select \(select cast\(iff\(count/, lost]] as const
    for (const session of [new ScriptedSession(rules), new ScriptedSession([standing('TABLE'), ...rules])]) {
      await expect(landed(session, fence)).rejects.toBe(lost)
      expect(session.changes).toEqual([])
    }
  })

  it.each(['VIEW', 'TABLE'] as const)('does not take the place of a %s that has policies', async kind => {
    const session = new ScriptedSession([standing(kind), [policies, [hidden]]])
    await expect(landed(session)).rejects.toMatchObject({
      problems: [{ message: expect.stringMatching(/^crm\.letters: .*masking policy G\.P\.HIDE on column id/) }],
    })
    expect(session.changes).toEqual([])
  })
})
