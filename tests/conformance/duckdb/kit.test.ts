import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { KitReport } from '../../../src/conformance/report.ts'
import { rowsIn, typeForReal } from '../../cli/support.ts'
import { folderOf } from '../../support/project.ts'

test('The kit finds everything as it should be in a file of DuckDB, and leaves nothing there', {
  timeout: 600_000,
}, async () => {
  const config = 'project: tryout\ntargets:\n  local: { engine: duckdb, path: tryout.duckdb }\n'
  const folder = folderOf({ 'warehouse.config.yaml': config })
  const { exitCode, stdout, stderr } = await typeForReal(folder, ['conformance'])
  expect(exitCode, stdout + stderr).toBe(0)
  const { checks } = JSON.parse(readFileSync(join(folder, 'throughline-conformance.json'), 'utf8')) as KitReport
  expect(checks.map(({ check, status, differences }) => [check, status, differences])).toEqual([
    ['core', 'agrees', []],
    ['macros', 'agrees', []],
    ['models', 'agrees', []],
    ['materializations', 'agrees', []],
    ['readers', 'agrees', []],
    ['grants', 'skipped', []],
    ['kills', 'agrees', []],
  ])
  expect(checks.at(-1)!.skipped).toEqual([])
  const schemas = "select schema_name from information_schema.schemata where schema_name like 'tl_conformance%'"
  expect(await rowsIn(join(folder, 'tryout.duckdb'), schemas)).toEqual([])
})
