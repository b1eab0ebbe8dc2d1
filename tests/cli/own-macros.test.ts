import { describe, expect, test } from 'vitest'
import { folderOf } from '../support/project.ts'
import { kiosk } from './kiosk.ts'
import { type } from './support.ts'

const snowflakeTarget = `
  snow: { engine: snowflake, account: acme-prod, user: ci, password: secret, role: R, warehouse: W, database: D, schema: S }
sources:`

/** The kiosk with a macro of its own, which a model uses. */
const withMacro = (as: string) =>
  folderOf({
    ...kiosk,
    'warehouse.config.yaml': kiosk['warehouse.config.yaml']!.replace('\nsources:', snowflakeTarget),
    'macros/shout.ts': `
import { macro, sql } from 'throughline'
export const shout = macro({
  takes: ['text'],
  gives: 'text',
  examples: [{ given: ['a'], gives: 'a!' }],
  as: x => ({ ${as} }),
})
`,
    'models/shop/shouted.ts': `
import { key, model, sql } from 'throughline'
import { shout } from '../../macros/shout'
import { orders } from './orders'

export const shouted = model({
  description: 'Customers, loud.',
  grain: ['customer'],
  columns: { customer: key('Who') },
  materialize: { kind: 'table' },
  query: () => sql\`select distinct \${shout(sql\`o.customer\`)} as customer from \${orders} as o\`,
})
`,
  })

const texts = {
  duckdb: "duckdb: sql`(${x} || '!')`",
  bigquery: "bigquery: sql`concat(${x}, '!')`",
  snowflake: "snowflake: sql`(${x} || '!')`",
}

describe('check, of a macro without a rendering for an engine', () => {
  test.each(['duckdb', 'bigquery', 'snowflake'] as const)('tells it whatever the target: without %s', async lacking => {
    const { [lacking]: _, ...others } = texts
    const folder = withMacro(Object.values(others).join(', '))
    for (const args of [['check'], ['check', '--target', 'snow']]) {
      const { exitCode, stdout, stderr } = await type(folder, args)
      expect(exitCode, stdout + stderr).toBe(1)
      expect(stdout + stderr).toContain(`macros/shout.ts:7:3  shout has no rendering for ${lacking}\n`)
      expect(stdout).toMatch(/: 1 problem\n/)
    }
  })

  test('finds nothing where all are there', async () => {
    const folder = withMacro(Object.values(texts).join(', '))
    const { exitCode, stdout } = await type(folder, ['check'])
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('no problems')])
  })
})
