import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KitReport } from '../../../src/conformance/report.ts'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { typeForReal } from '../../cli/support.ts'
import { folderOf } from '../../support/project.ts'
import { startGoogleSql } from './google-sql.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'

// The kit for a real account, tried whole where there is none.

const macros = fileURLToPath(new URL('../../../macros/', import.meta.url))
let google: GoogleSql
let server: LocalBigQuery

beforeAll(async () => {
  google = await startGoogleSql()
  server = await startLocalBigQuery({ google })
})
afterAll(async () => {
  await server?.close()
  google?.stop()
})

function project(): string {
  const target = `{ engine: bigquery, project: proof, location: EU, dataset: j, api_endpoint: "${server.address}" }`
  return folderOf({ 'warehouse.config.yaml': `project: tryout\ntargets:\n  prod: ${target}\n` })
}

const reportIn = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'throughline-conformance.json'), 'utf8')) as KitReport

describe('The kit', () => {
  test('finds everything as it should be, within its estimate, and leaves nothing behind', {
    timeout: 1_800_000,
  }, async () => {
    const folder = project()
    const args = ['conformance', '--grantee', 'user:ben@example.com']
    const { exitCode, stdout, stderr } = await typeForReal(folder, args)
    expect(exitCode, stdout + stderr).toBe(0)
    const { status, checks, estimate, cost, leftBehind } = reportIn(folder)
    expect(status).toBe('agrees')
    expect(checks.map(check => [check.check, check.status, check.differences, check.skipped])).toEqual(
      ['core', 'macros', 'models', 'materializations', 'readers', 'grants', 'kills'].map(name => [
        name,
        'agrees',
        [],
        [],
      ]),
    )
    expect(checks[1]!.agreed).toBeGreaterThan(1000)
    expect(cost!.bytesBilled).toBeGreaterThan(0)
    expect(estimate.bytesBilled).toBeGreaterThan(cost!.bytesBilled!)
    expect(estimate.bytesBilled).toBeLessThan(cost!.bytesBilled! * 2)
    expect(leftBehind).toEqual([])
    expect([...server.store.snapshot().keys()]).toEqual([])
  })

  test('names exactly the macro that has a wrong rendering, and the models that follow from it', {
    timeout: 1_800_000,
  }, async () => {
    const folder = project()
    mkdirSync(join(folder, 'macros'))
    cpSync(join(macros, 'dates.ts'), join(folder, 'macros/dates.ts'))
    const right = readFileSync(join(folder, 'macros/dates.ts'), 'utf8')
    const wrong = right.replace('date_trunc(${date}, month)', 'date_trunc(${date}, quarter)')
    expect(wrong).not.toBe(right)
    writeFileSync(join(folder, 'macros/dates.ts'), wrong)
    const { exitCode, stdout, stderr } = await typeForReal(folder, ['conformance', '--only', 'macros,models'])
    expect(exitCode, stdout + stderr).toBe(1)
    expect(stdout).toContain('of the macros startOfMonth')
    const { checks } = reportIn(folder)
    const [ofMacros, ofModels] = checks.map(({ differences }) => differences)
    expect(new Set(ofMacros!.map(({ about }) => about))).toEqual(new Set(['startOfMonth']))
    expect(ofMacros![0]).toMatchObject({ sql: expect.stringContaining('quarter') })
    expect(ofModels!.length).toBeGreaterThan(0)
    expect(ofModels!.filter(({ because = [] }) => because.length === 0)).toEqual([])
    expect([...server.store.snapshot().keys()]).toEqual([])
  })

  test('begins nothing that is estimated above its budget', async () => {
    const folder = project()
    const sent = server.requests.length
    const { exitCode, stderr } = await typeForReal(folder, ['conformance', '--budget-bytes', '1 GB'])
    expect(exitCode, stderr).toBe(2)
    expect(stderr).toContain('the estimate is above the budget, and nothing was begun')
    expect(server.requests.length).toBe(sent)
  })
})
