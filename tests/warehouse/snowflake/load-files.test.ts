import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SnowflakeError } from '../../../src/warehouse/snowflake/errors.ts'
import { loadInto, loadLines } from '../../../src/warehouse/snowflake/load-files.ts'
import type { SnowflakeSession } from '../../../src/warehouse/snowflake/session.ts'
import { type Row, WarehouseError } from '../../../src/warehouse/warehouse.ts'
import { ScriptedSession } from './scripted-session.ts'

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lines-'))
  file = join(folder, 'lines.json.gz')
  writeFileSync(file, gzipSync('{"c0":"a"}\n{"c0":"a"}\n{"c0":"b"}\n'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A session that writes down what is asked of it; a `put` or `copy` fails as often as is said, its session lost or not. */
function sessionWith(
  failing: readonly { readonly at: RegExp; readonly isRenewed: boolean; readonly kind?: 'interrupted' }[],
  linesFile = file,
) {
  const left = [...failing]
  const sent: string[] = []
  const bound: (readonly unknown[])[] = []
  const session = {
    renewals: 0,
    execute: async (sql: string) => {
      sent.push(sql)
      if (left[0]?.at.test(sql) !== true) return
      const { isRenewed, kind = 'name' } = left.shift()!
      if (isRenewed) session.renewals += 1
      throw new WarehouseError('the stage does not exist', { kind })
    },
    put: (path: string, stage: string) => session.execute(`put ${path} ${stage}`),
    query: async () => [],
    insertRows: async (sql: string, rows: readonly (readonly unknown[])[]) => {
      sent.push(sql)
      bound.push(...rows)
      return rows.length
    },
  }
  const load = (loadBy: 'stage' | 'binds') =>
    loadInto(session as unknown as SnowflakeSession, {
      loadBy,
      transient: true,
      database: 'D',
      schema: 'J',
      schemas: {},
    })({
      table: { schema: 'j_raw', database: 'd', name: 'letters' },
      columns: { letter: { kind: 'text' } },
      writeLines: async () => linesFile,
    } as unknown as Parameters<ReturnType<typeof loadInto>>[0])
  return { load, sent, bound, words: () => sent.map(sql => sql.split(' ').slice(0, 4).join(' ').split('\n')[0]) }
}

const stage = 'create or replace temporary'
const lines = 'create or replace transient'

describe('Rows of files', () => {
  it.each([/^put/, /^copy/])(
    'are staged anew in the session that took the place of the one with the stage: %s',
    async at => {
      const { load, words } = sessionWith([{ at, isRenewed: true }])
      await load('stage')
      expect(words().filter(text => text === stage)).toHaveLength(2)
      expect(words().filter(text => text?.startsWith('copy'))).toHaveLength(at.test('copy') ? 2 : 1)
      expect(words().slice(0, 2)).toEqual([stage, lines])
    },
  )

  it('are not staged anew where the session is the same, where the run is stopped, or for ever', async () => {
    const same = sessionWith([{ at: /^copy/, isRenewed: false }])
    await expect(same.load('stage')).rejects.toThrow('the stage does not exist')
    const stopped = sessionWith([{ at: /^put/, isRenewed: true, kind: 'interrupted' }])
    await expect(stopped.load('stage')).rejects.toMatchObject({ errorKind: 'interrupted' })
    const often = sessionWith([1, 2, 3].map(() => ({ at: /^put/, isRenewed: true })))
    await expect(often.load('stage')).rejects.toThrow('the stage does not exist')
    for (const [{ words }, times] of [
      [same, 1],
      [stopped, 1],
      [often, 3],
    ] as const)
      expect(words().filter(text => text === stage)).toHaveLength(times)
  })

  it('that are bound have their places, and a line that came twice counts once', async () => {
    const { load, sent, bound } = sessionWith([])
    await load('binds')
    expect(bound).toEqual([
      ['1', '{"c0":"a"}'],
      ['2', '{"c0":"a"}'],
      ['3', '{"c0":"b"}'],
    ])
    expect(sent.find(sql => sql.includes('parse_json'))).toContain(
      'parse_json(t.line) as line from (select distinct d.place, d.line from d.j_tl_scratch.letters__tl_lines as d) as t',
    )
  })

  it('that are bound keep the ends of lines that stand in a text, and letters that come in two pieces', async () => {
    // Longer than several pieces of an unpacked file, and of letters of two to four bytes, so that pieces end within some of them.
    const long = JSON.stringify({ c0: `x${'ü€🛒'.repeat(40_000)}` })
    const odd = '{"c0":"a\u2028b\u2029c"}'
    const path = join(folder, 'odd.json.gz')
    writeFileSync(path, gzipSync(`${long}\n${odd}\n${long}\n`))
    const { load, bound } = sessionWith([], path)
    await load('binds')
    expect(bound.map(([place]) => place)).toEqual(['1', '2', '3'])
    expect(bound.map(([, line]) => line === long)).toEqual([true, false, true])
    expect(bound[1]).toEqual(['2', odd])
  })

  it('that are bound fail where their file cannot be read to its end', async () => {
    const path = join(folder, 'cut.json.gz')
    writeFileSync(path, gzipSync('{"c0":"a"}\n').subarray(0, 20))
    await expect(sessionWith([], path).load('binds')).rejects.toThrow(/unexpected end of file/)
    await expect(sessionWith([], join(folder, 'missing.json.gz')).load('binds')).rejects.toThrow(/ENOENT/)
  })
})

describe('The table of a raw file', () => {
  const fence = { lease: { database: 'd', schema: 'j_about', name: 'lease' }, runId: 'run-7' }
  const objects = /^show objects like 'LETTERS' in schema d\.j_raw$/
  const stands = (kind: 'TABLE' | 'VIEW'): readonly [RegExp, readonly Row[]] => [
    objects,
    [{ name: 'LETTERS', kind, comment: '', cluster_by: '' }],
  ]
  const described = (type: string): readonly [RegExp, readonly Row[]] => [
    /^describe table d\.j_raw\.letters$/,
    [{ name: 'LETTER', type, comment: '' }],
  ]
  const forbidden = new WarehouseError('Insufficient privileges', {
    kind: 'other',
    cause: new SnowflakeError('Insufficient privileges', '003001', undefined, undefined, undefined),
  })
  const policies = /policy_references\(ref_entity_name => 'd\.j_raw\.letters'/
  const isLeaseAsked = (sql: string | undefined): boolean => /^select \(select cast\(iff\(count/.test(sql ?? '')

  /** Loads over what stands; gives what is said, and the statements that change something outside of scratch. */
  async function loaded(rules: ConstructorParameters<typeof ScriptedSession>[0]) {
    const scripted = new ScriptedSession(rules)
    const session = Object.assign(scripted, { renewals: 0, put: (path: string) => scripted.execute(`put ${path}`) })
    const remarks = await loadLines(
      session as unknown as SnowflakeSession,
      { loadBy: 'stage', transient: true, database: 'D', schema: 'J', schemas: {} },
      {
        table: { schema: 'j_raw', database: 'd', name: 'letters' },
        columns: { letter: { kind: 'text' } },
        writeLines: async () => file,
      },
      { name: 'crm.letters', fence },
    )
    const changes = scripted.changes.filter(sql => sql.includes('d.j_raw.letters'))
    return { remarks, changes, statements: scripted.statements }
  }

  it('gets other rows where it stands with these columns; the lease is asked for right before', async () => {
    const { remarks, changes, statements } = await loaded([stands('TABLE'), described('VARCHAR(16777216)')])
    expect(changes).toEqual([expect.stringMatching(/^insert overwrite into d\.j_raw\.letters \("LETTER"\)\n/)])
    expect(isLeaseAsked(statements[statements.indexOf(changes[0]!) - 1])).toBe(true)
    expect(remarks).toEqual([])
  })

  it('is made anew where it stands with others, and says where its policies could not be looked up', async () => {
    const made = [expect.stringMatching(/^create or replace transient table d\.j_raw\.letters\ncopy grants\nas\n/)]
    const known = await loaded([stands('TABLE'), described('NUMBER(38,0)')])
    expect([known.changes, known.remarks]).toEqual([made, []])
    const unknown = await loaded([stands('TABLE'), described('NUMBER(38,0)'), [policies, forbidden]])
    expect([unknown.changes, unknown.remarks]).toEqual([
      made,
      [
        'its table was made anew, with the grants it had; whether it had masking or row access policies could not be looked up: set them again where it had',
      ],
    ])
    const { statements, changes } = unknown
    expect(isLeaseAsked(statements[statements.indexOf(changes[0]!) - 1])).toBe(true)
  })

  it('takes the place of a view: it has the grants of that one before it has its name', async () => {
    const { remarks, changes } = await loaded([
      stands('VIEW'),
      [
        /^show grants on view d\.j_raw\.letters$/,
        [{ privilege: 'SELECT', granted_to: 'ROLE', grantee_name: 'READER', grant_option: 'false' }],
      ],
    ])
    expect(changes).toEqual([
      expect.stringMatching(/^create or replace transient table d\.j_raw\.letters__tl_next\ncopy grants\nas\n/),
      'grant SELECT on table d.j_raw.letters__tl_next to role "READER"',
      'alter view d.j_raw.letters rename to d.j_raw.letters__tl_aside',
      'alter table d.j_raw.letters__tl_next rename to d.j_raw.letters',
      'drop view if exists d.j_raw.letters__tl_aside',
    ])
    expect(remarks).toEqual(['it was a view and is a table now, with the grants it had'])
  })

  it('does not take the place of a view that has policies', async () => {
    const policy = { policy_db: 'G', policy_schema: 'P', policy_name: 'HIDE', policy_kind: 'MASKING_POLICY' }
    await expect(loaded([stands('VIEW'), [policies, [policy]]])).rejects.toMatchObject({
      problems: [{ message: expect.stringMatching(/^crm\.letters: .*masking policy G\.P\.HIDE/) }],
    })
  })
})
