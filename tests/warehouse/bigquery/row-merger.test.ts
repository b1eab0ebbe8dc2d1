import { describe, expect, it } from 'vitest'
import { RowMerger } from '../../../src/warehouse/bigquery/row-merger.ts'
import type { BigQuerySession } from '../../../src/warehouse/bigquery/session.ts'
import type { KeyedRow } from '../../../src/warehouse/warehouse.ts'

const row = (name: string): KeyedRow => ({
  into: { schema: 'about', name: 'table_status' },
  values: [
    ['table_name', `'${name}'`],
    ['row_count', '1'],
  ],
})

/** A session whose statements end when they are told to. */
function heldSession(name: string, running: { sql: string; by: string; end: (error?: Error) => void }[]) {
  const execute = (sql: string) =>
    new Promise<void>((resolve, reject) => {
      running.push({ sql, by: name, end: error => (error === undefined ? resolve() : reject(error)) })
    })
  return { execute } as BigQuerySession
}

const namesIn = (sql: string) => [...sql.matchAll(/'(\w+)' as table_name/g)].map(([, name]) => name)
const settled = () => new Promise(resolve => setImmediate(resolve))

describe('Rows of one table that many write at a time', () => {
  it('go one statement after the other, each with all rows that came meanwhile, on the session of one that waits', async () => {
    const running: Parameters<typeof heldSession>[1] = []
    const merger = new RowMerger()
    const written: string[] = []
    const write = (name: string) =>
      merger.merge(heldSession(name, running), row(name), undefined).then(() => void written.push(name))
    const all = ['a', 'b', 'c'].map(write)
    expect(running.map(({ sql }) => namesIn(sql))).toEqual([['a']])
    running[0]!.end()
    await settled()
    expect(written).toEqual(['a'])
    expect(running.map(({ sql, by }) => [namesIn(sql), by])).toEqual([
      [['a'], 'a'],
      [['b', 'c'], 'b'],
    ])
    running[1]!.end()
    await Promise.all(all)
    const later = write('d')
    running[2]!.end()
    await later
    expect(written).toEqual(['a', 'b', 'c', 'd'])
  })

  it('fail together, and keep none that come later from being written', async () => {
    const running: Parameters<typeof heldSession>[1] = []
    const merger = new RowMerger()
    const first = merger.merge(heldSession('a', running), row('a'), undefined)
    const second = merger.merge(heldSession('b', running), row('b'), undefined)
    running[0]!.end(new Error('no'))
    await expect(first).rejects.toThrow('no')
    await settled()
    running[1]!.end()
    await expect(second).resolves.toBeUndefined()
  })
})
