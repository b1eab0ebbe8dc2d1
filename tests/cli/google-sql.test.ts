import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/cli/package-root.ts'
import { findGoogleSqlPackage } from '../../src/googlesql/find-package.ts'
import { type Files, folderOf } from '../support/project.ts'
import { kiosk } from './kiosk.ts'
import { objectsOf, steady, type } from './support.ts'

const withTarget: Files = {
  ...kiosk,
  'warehouse.config.yaml': kiosk['warehouse.config.yaml']!.replace(
    'targets:\n',
    'targets:\n  prod: { engine: bigquery, project: acme, location: EU, dataset: j }\n',
  ),
}
const failing: Files = {
  ...withTarget,
  'unit_tests/orders_are_named.ts': kiosk['unit_tests/orders_are_named.ts']!.replace(
    "expect: [{ order_id: 'o1', customer: 'ann' }]",
    "expect: [{ order_id: 'o1', customer: 'bob' }]",
  ),
}
const howToInstall = 'npm install --save-dev @fivetrandevelopers/zetasql'
// Where this very checkout has the package, every project below finds it.
const isInstalledHere = findGoogleSqlPackage([packageRoot]) !== undefined

describe.skipIf(isInstalledHere)("Without Google's analyzer", () => {
  it("check says that BigQuery's SQL was checked by the portable core alone, and how to have more", async () => {
    const answer = await type(folderOf(withTarget), ['check', '--target', 'prod'])
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
    expect(steady(answer.stdout)).toBe(
      `Checked 3 models for duckdb, bigquery and snowflake in 0.00 s: no problems
note  BigQuery's SQL was checked by the portable core alone; Google's own analyzer types every query: ${howToInstall}
`,
    )
  })

  it('check says so to a program too', async () => {
    const { stdout } = await type(folderOf(withTarget), ['check', '--target', 'prod', '--output', 'json'])
    const [finished] = objectsOf(stdout)
    expect(finished).toMatchObject({ type: 'check_finished', problemCount: 0 })
    expect(finished!.notAnalyzed).toContain(howToInstall)
  })

  it('check of a target in DuckDB does not speak of it', async () => {
    const { stdout } = await type(folderOf(withTarget), ['check'])
    expect(stdout).not.toContain('BigQuery')
  })

  it('unit tests cannot be run in the SQL of BigQuery', async () => {
    const answer = await type(folderOf(withTarget), ['test', '--unit', '--offline', '--target', 'prod'])
    expect(answer).toMatchObject({ exitCode: 2, stdout: '' })
    expect(answer.stderr).toContain("Google's analyzer is not installed")
    expect(answer.stderr).toContain(howToInstall)
  })
})

describe('Unit tests alone', () => {
  it('run in memory, whatever the target, and leave nothing behind', async () => {
    const folder = folderOf(withTarget)
    for (const target of ['local', 'prod']) {
      const answer = await type(folder, ['test', '--unit', '--target', target])
      expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
      expect(answer.stdout).toContain('Running the unit tests of kiosk on DuckDB, in memory\n')
      expect(answer.stdout).toMatch(/Done in .* 1 test passed\n$/)
    }
    expect(existsSync(join(folder, 'kiosk.duckdb'))).toBe(false)
    expect(existsSync(join(folder, '.throughline/target'))).toBe(false)
  })

  it('that fail say what was missing, and offer nothing to retry', async () => {
    const { exitCode, stdout } = await type(folderOf(failing), ['test', '--unit'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('1 row expected, 1 found: 1 missing (-), 1 unexpected (+)')
    expect(stdout).not.toContain('retry')
  })

  it('are those of the models that were selected', async () => {
    const answer = await type(folderOf(failing), ['test', '--unit', '--select', 'customers'])
    expect(answer).toMatchObject({ exitCode: 0, stderr: 'nothing that is selected has a unit test\n' })
  })

  it('run offline in the SQL of BigQuery alone', async () => {
    const answer = await type(folderOf(withTarget), ['test', '--unit', '--offline', '--target', 'local'])
    expect(answer.exitCode).toBe(2)
    expect(answer.stderr).toContain("--offline runs BigQuery's SQL, and the target local is not in BigQuery")
  })

  it('are the only ones that run offline', async () => {
    const answer = await type(folderOf(withTarget), ['test', '--offline', '--target', 'prod'])
    expect(answer.exitCode).toBe(2)
    expect(answer.stderr).toContain('--offline is for unit tests: the other tests read published tables')
  })

  it('keep no rows', async () => {
    const answer = await type(folderOf(withTarget), ['test', '--unit', '--store-failures'])
    expect(answer.exitCode).toBe(2)
    expect(answer.stderr).toContain("'--unit' cannot be used with option '--store-failures")
  })
})
