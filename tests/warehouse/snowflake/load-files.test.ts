import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadInto } from '../../../src/warehouse/snowflake/load-files.ts'
import type { SnowflakeSession } from '../../../src/warehouse/snowflake/session.ts'
import { WarehouseError } from '../../../src/warehouse/warehouse.ts'

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
      writeLines: async () => file,
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
})
