import { describe, expect, it } from 'vitest'
import { ageOf } from '../../src/cli/report/freshness-table.ts'
import { folderOf } from '../support/project.ts'
import { artifact, objectsOf, rowsIn, type } from './support.ts'

const desk = `
import { landedTables, locationIn, source, text, timestamp } from 'throughline'

const columns = () => ({ id: text('The row'), synced: timestamp('When it came in') })
const settings = landedTables(['ticket', 'agent', 'tag', 'brand'])

export const desk = source({
  description: 'The desk.',
  settings,
  tables: {
    ticket: { description: 'Tickets.', loadedAt: 'synced', columns, location: given => locationIn(given, 'ticket') },
    agent: { description: 'Agents.', loadedAt: 'synced', columns, location: given => locationIn(given, 'agent') },
    tag: { description: 'Tags.', loadedAt: 'synced', columns, location: given => locationIn(given, 'tag') },
    brand: { description: 'Brands.', columns, location: given => locationIn(given, 'brand') },
  },
})
`

const other = desk.replaceAll('desk', 'attic')

const config = `
project: help
targets:
  local: { engine: duckdb, path: help.duckdb }
sources:
  desk: { folder: raw/desk, without: [tag], freshness: { warn_after: 12 hours, error_after: 2 days } }
  attic: { folder: raw/attic, without: [agent, tag, brand] }
`

const synced = (...times: readonly string[]) =>
  `id,synced\n${times.map((time, index) => `${index},${time}\n`).join('')}`

const fresh = {
  'warehouse.config.yaml': config,
  'sources/desk.ts': desk,
  'sources/attic.ts': other,
  'raw/desk/ticket.csv': synced('2026-05-31 10:00:00', '2026-06-01 11:15:30.5', ''),
  'raw/desk/agent.csv': synced('2026-06-01 00:00:00'),
  'raw/desk/brand.csv': synced('2020-01-01 00:00:00'),
  'raw/attic/ticket.csv': synced('2020-01-01 00:00:00'),
}

describe('freshness', () => {
  it('tells the newest row of each raw table that says when its rows came in, and ends with 0', async () => {
    const folder = folderOf(fresh)
    expect(await type(folder, ['freshness'])).toEqual({
      exitCode: 0,
      stdout: `table         newest row (UTC)             age  status
attic.ticket  2020-01-01 00:00:00  2343 d 12 h  no limit
desk.agent    2026-06-01 00:00:00  12 h 00 min  pass
desk.ticket   2026-06-01 11:15:30  44 min 29 s  pass
Not judged, as no column says when their rows came in: desk.brand
`,
      stderr: '',
    })
    const { results } = artifact(folder, 'local', 'sources.json')
    expect(results).toMatchObject([
      { unique_id: 'source.help.desk.agent', status: 'pass', max_loaded_at_time_ago_in_s: 43_200 },
      { unique_id: 'source.help.desk.ticket', status: 'pass', max_loaded_at_time_ago_in_s: 2669.5 },
    ])
  })

  it('ends with 0 where a table is worth a warning, with 1 where one is an error', async () => {
    const old = folderOf({ ...fresh, 'raw/desk/agent.csv': synced('2026-05-31 23:59:59') })
    const warned = await type(old, ['freshness', '--select', 'source:desk'])
    expect(warned.exitCode).toBe(0)
    expect(warned.stdout).toMatch(/^desk\.agent .* {2}warn$/m)
    expect(warned.stdout).not.toContain('attic')
    const late = await type(old, ['freshness', '--output', 'json'], { now: '2026-06-03T11:15:30Z' })
    expect(late.exitCode).toBe(1)
    expect(objectsOf(late.stdout)).toMatchObject([
      { type: 'freshness', name: 'attic.ticket', status: 'no limit' },
      { type: 'freshness', name: 'desk.agent', status: 'error', latestAt: '2026-05-31 23:59:59' },
      { type: 'freshness', name: 'desk.ticket', status: 'warn', limits: { warnAfterSeconds: 43_200 } },
      { type: 'artifacts_written' },
    ])
  })

  it('judges a table without rows as older than every limit', async () => {
    const folder = folderOf({ ...fresh, 'raw/desk/agent.csv': synced(), 'raw/attic/ticket.csv': synced('') })
    const { exitCode, stdout } = await type(folder, ['freshness'])
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^desk\.agent {4}none +error$/m)
    expect(stdout).toMatch(/^attic\.ticket {2}none +no limit$/m)
  })

  it('ends with 2 where a table cannot be read, having judged the others', async () => {
    const { 'raw/desk/agent.csv': _, ...files } = fresh
    const folder = folderOf(files)
    const { exitCode, stdout } = await type(folder, ['freshness'])
    expect(exitCode).toBe(2)
    expect(stdout).toMatch(/^desk\.agent +cannot be read$/m)
    expect(stdout).toMatch(/^desk\.ticket .* pass$/m)
    expect(stdout).toMatch(/\n\ndesk\.agent: .*raw\/desk/)
    expect(artifact(folder, 'local', 'sources.json').results).toMatchObject([
      { unique_id: 'source.help.desk.agent', status: 'runtime error', error: expect.stringContaining('desk.agent') },
      { status: 'pass' },
    ])
  })

  it('reads tables of the target where they stand, and changes nothing there', async () => {
    const folder = folderOf({
      ...fresh,
      'warehouse.config.yaml': config.replace('folder: raw/desk', 'schema: raw_desk'),
    })
    await rowsIn(`${folder}/help.duckdb`, 'create schema raw_desk')
    for (const table of ['ticket', 'agent', 'brand'])
      await rowsIn(
        `${folder}/help.duckdb`,
        `create table raw_desk.${table} as select 'a' as id, timestamp '2026-06-01 09:00:00' as synced`,
      )
    const { exitCode, stdout } = await type(folder, ['freshness', '--select', 'source:desk'])
    expect(stdout).toMatch(/^desk\.ticket {2}2026-06-01 09:00:00 +3 h 00 min {2}pass$/m)
    expect(exitCode).toBe(0)
    const tables = await rowsIn(`${folder}/help.duckdb`, 'select table_name from duckdb_tables() order by 1')
    expect(tables.map(row => row.table_name)).toEqual(['agent', 'brand', 'ticket'])
  })

  it('judges by the latest event where no column tells of the loading, and says so', async () => {
    const events = desk
      .replace("{ id: text('The row'), synced:", "{ id: integer('When'), synced:")
      .replace('{ landedTables', '{ integer, landedTables')
      .replace("'Brands.',", "'Brands.', happenedAt: { column: 'id', unit: 'epoch_seconds' },")
    const brands = synced('2020-01-01 00:00:00').replace('0,', '1780300800,')
    const folder = folderOf({ ...fresh, 'sources/desk.ts': events, 'raw/desk/brand.csv': brands })
    const { exitCode, stdout } = await type(folder, ['freshness', '--select', 'source:desk'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^desk\.brand +2026-06-01 08:00:00 +4 h 00 min {2}pass$/m)
    expect(stdout).toMatch(/\nOf the latest event, not of the loading, which no column tells: desk\.brand\n$/)
    const json = await type(folder, ['freshness', '--select', 'source:desk', '--output', 'json'])
    expect(objectsOf(json.stdout)[1]).toMatchObject({ name: 'desk.brand', tells: 'happened', status: 'pass' })
  })

  it('says that there is nothing to judge', async () => {
    const folder = folderOf({ ...fresh, 'sources/attic.ts': other.replaceAll("loadedAt: 'synced', ", '') })
    expect(await type(folder, ['freshness', '--select', 'source:attic'])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'no raw table here says when its rows came in, or happened: there is nothing to judge\n',
    })
  })
})

describe('an age is told in its two largest units', () => {
  it.each([
    [0, '0 s'],
    [59.9, '59 s'],
    [60, '1 min 00 s'],
    [3599, '59 min 59 s'],
    [3600, '1 h 00 min'],
    [90_061, '1 d 01 h'],
    [-90, '-1 min 30 s'],
    [-0.5, '0 s'],
  ])('%s: %s', (seconds, text) => {
    expect(ageOf(seconds)).toBe(text)
  })
})
