import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/cli/package-root.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { folderOf } from '../support/project.ts'
import { kiosk, kioskAlone, kioskOverStock } from './kiosk.ts'
import { objectsOf, rowsIn, type, typeForReal } from './support.ts'

/** Rows enough for a join of three to take minutes. */
const manyLines = Array.from({ length: 20_000 }, (_, index) => `${index}`).join('\n')

const slowFiles = {
  'seeds/numbers.ts': `
import { integer, seed } from 'throughline'

export const numbers = seed({
  description: 'Numbers.',
  grain: ['n'],
  columns: { n: integer('A number') },
  file: 'numbers.csv',
})
`,
  'seeds/numbers.csv': `n\n${manyLines}\n`,
  'models/shop/slow.ts': `
import { integer, model, sql } from 'throughline'
import { numbers } from '../../seeds/numbers'

export const slow = model({
  description: 'One row, in minutes.',
  grain: ['total'],
  columns: { total: integer('A sum') },
  materialize: { kind: 'table' },
  query: () => sql\`
    select sum(case when a.n + b.n > c.n then 1 else 0 end) as total
    from \${numbers} as a
    cross join \${numbers} as b
    cross join \${numbers} as c
  \`,
})
`,
}

/** A process starts slowly, and more slowly where others run beside it. */
const patience = 120_000

describe('the program as a process of its own', { timeout: patience }, () => {
  it('builds over the stock layer, and ends with 0', async () => {
    const folder = folderOf(kioskOverStock)
    const answer = await typeForReal(folder, ['build', ...kioskAlone])
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
    expect(answer.stdout).toMatch(
      /^Done in .*: 5 raw rows landed, 2 models built, 11 of 12 tests passed \(1 warned\)$/m,
    )
    const [, checked] = /^Checked (\d+) models/m.exec(answer.stdout) ?? []
    expect(Number(checked)).toBeGreaterThan(20)
  })

  it('ends with 2 where it cannot be carried out, and says so on stderr without a stack', async () => {
    const answer = await typeForReal(folderOf({}), ['build'])
    expect(answer).toMatchObject({ exitCode: 2, stdout: '' })
    expect(answer.stderr).toMatch(/^there is no warehouse\.config\.yaml in .*\n {2}change into the folder .*\n$/)
  })

  it('ends with 2 where another process has the database, and names that process', async () => {
    const folder = folderOf(kioskOverStock)
    const other = await DuckDBWarehouse.open({ path: join(folder, 'kiosk.duckdb') })
    try {
      const answer = await typeForReal(folder, ['test', ...kioskAlone])
      expect(answer.exitCode).toBe(2)
      expect(answer.stderr).toContain(`is in use by another process (PID ${process.pid})`)
    } finally {
      await other.close()
    }
  })

  it('stops at Ctrl-C: the running statement is interrupted, nothing is half-published, the exit code is 2', async () => {
    const folder = folderOf({ ...kioskOverStock, ...slowFiles })
    let isKilled = false
    const answer = await typeForReal(
      folder,
      ['build', '--select', 'numbers', 'slow', '--output', 'json'],
      (text, kill) => {
        if (isKilled || !/"node_started","kind":"model","name":"slow"/.test(text)) return
        isKilled = true
        setTimeout(() => kill('SIGINT'), 300)
      },
    )
    expect(answer).toMatchObject({ exitCode: 2, stderr: '' })
    const finished = objectsOf(answer.stdout).find(({ type: name }) => name === 'run_finished')
    expect(finished).toMatchObject({
      result: { status: 'cancelled', results: [{ name: 'numbers' }, { name: 'slow' }] },
    })
    const tables = await rowsIn(
      join(folder, 'kiosk.duckdb'),
      "select table_name from duckdb_tables() where schema_name in ('shop', 'seeds', 'tl_scratch')",
    )
    expect(tables).toEqual([{ table_name: 'numbers' }])
  })
})

describe('schema', () => {
  it('prints the JSON Schema of the config, with the sections and sources of the project', async () => {
    const { exitCode, stdout } = await type(folderOf(kiosk), ['schema'])
    expect(exitCode).toBe(0)
    const { properties } = JSON.parse(stdout) as { properties: { sources: { properties: object } } }
    expect(Object.keys(properties.sources.properties)).toEqual(['other', 'till'])
  })

  it('of the stock layer is what warehouse.config.schema.json has; if not: throughline schema --to warehouse.config.schema.json', async () => {
    const { exitCode, stdout } = await type(packageRoot, ['schema'])
    expect(exitCode).toBe(0)
    const committed = fileURLToPath(new URL('../../warehouse.config.schema.json', import.meta.url))
    expect(stdout).toBe(readFileSync(committed, 'utf8'))
  })
})
