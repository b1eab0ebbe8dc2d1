import { describe, expect, it } from 'vitest'
import type { CompiledSourceTable } from '../../../src/compile/compiled.ts'
import { text } from '../../../src/index.ts'
import { landSource } from '../../../src/warehouse/snowflake/land-source.ts'
import type { SnowflakeSession } from '../../../src/warehouse/snowflake/session.ts'
import type { SnowflakeSettings } from '../../../src/warehouse/snowflake/settings.ts'
import type { Row } from '../../../src/warehouse/warehouse.ts'
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

const landed = (session: ScriptedSession) =>
  landSource(session as unknown as SnowflakeSession, letters, {} as SnowflakeSettings, undefined)

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
    await landed(session)
    expect(session.changes).toEqual([expect.stringMatching(/^create or replace view /)])
  })

  it.each(['VIEW', 'TABLE'] as const)('does not take the place of a %s that has policies', async kind => {
    const session = new ScriptedSession([standing(kind), [policies, [hidden]]])
    await expect(landed(session)).rejects.toMatchObject({
      problems: [{ message: expect.stringMatching(/^crm\.letters: .*masking policy G\.P\.HIDE on column id/) }],
    })
    expect(session.changes).toEqual([])
  })
})
