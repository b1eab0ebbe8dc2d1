import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderOf } from '../support/project.ts'
import { rowsIn, type } from './support.ts'

const tracker = `
import { integer, landedTables, list, locationIn, record, source, text } from 'throughline'

export const tracker = source({
  description: 'A tracker.',
  settings: landedTables(['hits', 'users']),
  tables: {
    hits: {
      description: 'Hits.',
      columns: () => ({
        hit_at: integer('Microseconds'),
        params: list(record({ key: text(), value: record({ order: text(), int_value: integer() }) }), 'Parameters').nullable(),
      }),
      location: settings => locationIn(settings, 'hits'),
    },
    users: {
      description: 'Users.',
      columns: () => ({ id: text('Who'), tags: list(text(), 'Tags').nullable() }),
      location: settings => locationIn(settings, 'users'),
    },
  },
})
`

const hits = `
import { integer, list, model, record, sql, text } from 'throughline'
import { tracker } from '../../sources/tracker'

export const hits = model({
  description: 'One row per hit.',
  grain: ['hit_at'],
  columns: {
    hit_at: integer('Microseconds'),
    params: list(record({ key: text(), value: record({ order: text(), int_value: integer() }) }), 'Parameters').nullable(),
    user_count: integer('Users'),
  },
  materialize: { kind: 'table' },
  query: () => sql\`
    with users as (
      select count(*) as user_count
      from \${tracker.tables.users} as u
    )

    select h.hit_at, h.params, u.user_count
    from \${tracker.tables.hits} as h
    cross join users as u
  \`,
})
`

const files = {
  'warehouse.config.yaml': `
project: site
targets:
  local: { engine: duckdb, path: site.duckdb }
sources:
  tracker: { folder: raw/tracker, without: [users] }
`,
  'sources/tracker.ts': tracker,
  'models/staging/hits.ts': hits,
  'raw/tracker/hits_20260601.json': '{"hit_at":"1","params":[{"key":"a","value":{"int_value":"7"}}]}\n',
  'raw/tracker/hits_20260602.json': '{"hit_at":"2"}\n',
}

describe('A system whose tables are files of a folder', () => {
  it('is built from the folder beside the config, nested as it is, without the tables that are not loaded', async () => {
    const folder = folderOf(files)
    expect(await type(folder, ['build'])).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await rowsIn(join(folder, 'site.duckdb'), 'select * from staging.hits order by hit_at')).toEqual([
      { hit_at: 1, params: [{ key: 'a', value: { order: null, int_value: 7 } }], user_count: 0 },
      { hit_at: 2, params: null, user_count: 0 },
    ])
  })

  it('tells where a file is missing, and what is read as empty', async () => {
    const folder = folderOf({
      ...files,
      'warehouse.config.yaml': files['warehouse.config.yaml'].replace('[users]', '[]'),
    })
    const { exitCode, stdout, stderr } = await type(folder, ['build'])
    expect(exitCode).not.toBe(0)
    expect(stdout + stderr).toContain('raw/tracker has no file for the table users')
    const debugged = await type(folderOf(files), ['debug'])
    expect(debugged.stdout).toMatch(/tracker\.users.*read as empty: the config is without it/)
  })
})
