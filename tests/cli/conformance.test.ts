import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { throughline } from '../../src/cli/program.ts'
import type { KitReport } from '../../src/conformance/report.ts'
import { folderOf } from '../support/project.ts'
import { effectsOf, rowsIn, type, typeForReal } from './support.ts'

const config = 'project: tryout\ntargets:\n  local: { engine: duckdb, path: tryout.duckdb }\n'

/** The stock models and macros: this checkout. */
const stock = fileURLToPath(new URL('../..', import.meta.url))

const macro = (answer: string) => `
import { macro, sql } from 'throughline'

/** Twice a number. NULL for NULL. */
export const twice = macro({
  takes: ['integer'],
  gives: 'integer',
  examples: [
    { given: [2], gives: 4 },
    { given: [null], gives: null },
  ],
  as: n => ({ duckdb: sql\`(\${n} ${answer})\`, bigquery: sql\`(\${n} * 2)\`, snowflake: sql\`(\${n} * 2)\` }),
})
`

const reportIn = (folder: string): KitReport =>
  JSON.parse(readFileSync(join(folder, 'throughline-conformance.json'), 'utf8')) as KitReport

const schemas = `select schema_name from information_schema.schemata where schema_name like 'tl_conformance%'`

describe('The kit on DuckDB', () => {
  test('proves a database, says what it could not try, and leaves nothing there', { timeout: 120_000 }, async () => {
    const folder = folderOf({ 'warehouse.config.yaml': config, 'macros/twice.ts': macro('* 2') })
    const database = join(folder, 'tryout.duckdb')
    await rowsIn(database, 'create table mine as select 1 as x')
    const { exitCode, stdout, stderr } = await typeForReal(folder, [
      'conformance',
      '--only',
      'grants,macros,readers,core',
    ])
    expect(exitCode, stdout + stderr).toBe(0)
    expect(stdout).toContain('  grants: not tried, duckdb has no grants\n')
    expect(stdout).toContain('All that was tried is as it should be.\nNothing of it stays in the warehouse.')
    const { checks, ...report } = reportIn(folder)
    expect(checks.map(({ check, status, differences }) => [check, status, differences])).toEqual([
      ['core', 'agrees', []],
      ['macros', 'agrees', []],
      ['readers', 'agrees', []],
      ['grants', 'skipped', []],
    ])
    for (const { agreed } of checks.slice(0, 3)) expect(agreed).toBeGreaterThan(5)
    expect(report).toMatchObject({ engine: 'duckdb', status: 'agrees', leftBehind: [] })
    expect(report.engineVersion).toMatch(/^v\d/)
    expect(await rowsIn(database, schemas)).toEqual([])
    expect(await rowsIn(database, 'select x from mine')).toEqual([{ x: 1 }])
  })

  test("names a macro of the user's own that gives something else than its example says", {
    timeout: 60_000,
  }, async () => {
    const folder = folderOf({ 'warehouse.config.yaml': config, 'macros/twice.ts': macro('* 3') })
    const { exitCode, stdout, stderr } = await typeForReal(folder, ['conformance', '--only', 'macros'])
    expect(exitCode, stdout + stderr).toBe(1)
    expect(stdout).toContain('  twice, example 0 as literals: 2\n    expected "4"\n    got      "6"\n')
    expect(stdout).toContain('Not as it should be: macros; of the macros twice')
    const [macros] = reportIn(folder).checks
    expect(macros!.differences.map(({ about, where }) => [about, where])).toEqual([
      ['twice', 'example 0 as literals: 2'],
      ['twice', 'example 0 as columns: 2'],
    ])
    expect(macros!.differences[0]!.sql).toContain('(2 * 3)')
    expect(readdirSync(folder).filter(name => name.startsWith('tryout'))).toEqual([])
  })

  test('stops at Ctrl-C, drops what it has made, and says so', { timeout: 60_000 }, async () => {
    const folder = folderOf({ 'warehouse.config.yaml': config })
    const stopAtModels = (text: string, kill: (signal: NodeJS.Signals) => void): void => {
      if (text.includes('macros  ')) setTimeout(() => kill('SIGINT'), 3_000)
    }
    const { exitCode, stdout } = await typeForReal(folder, ['conformance', '--only', 'macros,models'], stopAtModels)
    expect(exitCode, stdout).toBe(2)
    expect(stdout).toContain('Stopped before its end: it was stopped by hand\nNothing of it stays in the warehouse.')
    expect(reportIn(folder)).toMatchObject({ status: 'stopped', leftBehind: [] })
    expect(existsSync(join(folder, 'tryout.duckdb'))).toBe(false)
  })

  test('refuses before its first statement a report that cannot be written', async () => {
    const folder = folderOf({ 'warehouse.config.yaml': config })
    const { exitCode, stdout, stderr } = await type(folder, ['conformance', '--report', 'nowhere/report.json'])
    expect(exitCode).toBe(2)
    expect(stdout + stderr).toContain('the report cannot be written: ENOENT')
    expect(existsSync(join(folder, 'tryout.duckdb'))).toBe(false)
  })

  test('tells its outcome even where the report can no longer be written', { timeout: 60_000 }, async () => {
    const folder = folderOf({ 'warehouse.config.yaml': config, 'reports/others.json': '{}' })
    const { effects, told } = effectsOf(folder, { stock })
    const write = (text: string): void => {
      if (text.includes('Trying the target')) rmSync(join(folder, 'reports'), { recursive: true })
      effects.stdout.write(text)
    }
    const asked = ['conformance', '--only', 'core', '--report', 'reports/mine.json']
    const exitCode = await throughline(asked, { ...effects, stdout: { ...effects.stdout, write } })
    expect(exitCode).toBe(2)
    expect(told.stdout).toContain('All that was tried is as it should be.')
    expect(told.stdout).not.toContain('The report is in')
    expect(told.stdout + told.stderr).toContain('the report cannot be written: ENOENT')
  })

  test("tells of the user's own file what is wrong in a macro", async () => {
    const folder = folderOf({ 'warehouse.config.yaml': config, 'macros/twice.ts': 'export const twice = (\n' })
    const { exitCode, stdout, stderr } = await type(folder, ['conformance', '--only', 'macros'], { stock })
    expect(exitCode).not.toBe(0)
    expect(stdout + stderr).toContain('macros/twice.ts:')
    expect(stdout + stderr).not.toContain('throughline-macros-')
  })

  test('runs a day at most', async () => {
    const folder = folderOf({ 'warehouse.config.yaml': config })
    const { exitCode, stderr } = await type(folder, ['conformance', '--budget-minutes', '1441'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('It must be 1440 at most: a day.')
  })

  test('knows no other checks than its own', async () => {
    const folder = folderOf({ 'warehouse.config.yaml': config })
    const { exitCode, stderr } = await type(folder, ['conformance', '--only', 'macros,speed'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain(
      'There is no check speed: they are core, macros, models, materializations, readers, grants, kills.',
    )
    expect(existsSync(join(folder, 'throughline-conformance.json'))).toBe(false)
  })
})
