import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kiosk } from '../../cli/kiosk.ts'
import { artifact, type, typeBare } from '../../cli/support.ts'
import { folderOf } from '../../support/project.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'
import { countCosts } from './service-answers.ts'

describe.skipIf(whyNoFakesnow() !== undefined)('What a build in Snowflake takes', () => {
  let server: LocalSnowflake
  beforeAll(async () => {
    server = await startLocalSnowflake()
  })
  afterAll(() => server?.close())

  const build = (schema: string, typed: typeof type = type) => {
    const target = `{ engine: snowflake, account: local, access_url: "${server.url}", user: ANA, password: secret, warehouse: WH, database: SHOP, schema: ${schema} }`
    const config = kiosk['warehouse.config.yaml']!.replace('targets:\n', `targets:\n  prod: ${target}\n`)
    const folder = folderOf({ ...kiosk, 'warehouse.config.yaml': config })
    return { folder, answer: typed(folder, ['build', '--target', 'prod']) }
  }
  interface Response {
    readonly query_id?: string
    readonly bytes_scanned?: number
    readonly elapsed_ms: number
    readonly jobs: readonly Readonly<Record<string, unknown>>[]
  }
  const responseOf = (folder: string): Response => {
    const { results } = artifact(folder, 'prod', 'run_results.json') as {
      readonly results: readonly { readonly unique_id: string; readonly adapter_response: Response }[]
    }
    return results.find(({ unique_id }) => unique_id.endsWith('.orders'))!.adapter_response
  }
  const runsOf = async (schema: string) => {
    const { columns, rows } = await server.query(
      `select job_count, bytes_processed, bytes_billed, elapsed_milliseconds, cloud_services_credits from shop.${schema}_about.runs`,
    )
    return Object.fromEntries(columns.map(({ name }, index) => [name.toLowerCase(), rows[0]![index]]))
  }

  it('is told by statement, in the summary, in run_results.json and in the table of runs, as far as Snowflake tells', async () => {
    // In a process of its own, which ends when the build has.
    const { folder, answer } = build('A', (at, args) => typeBare(at, args))
    const { stdout, stderr } = await answer
    expect(stderr).toContain('warning  the target signs in with a password')
    expect(stdout).toMatch(/^Ran \d+ statements, \d+\.\d s of them together$/m)
    const response = responseOf(folder)
    const ids = server.statements().map(({ id }) => id)
    expect(response.jobs.length).toBeGreaterThan(2)
    expect(server.sessionCount()).toBe(0)
    for (const { query_id, elapsed_ms } of response.jobs) {
      expect(ids).toContain(query_id)
      expect(elapsed_ms).toEqual(expect.any(Number))
    }
    expect(response.bytes_scanned).toBeUndefined()
    const { bytes_processed, bytes_billed, cloud_services_credits, job_count } = await runsOf('a')
    expect([bytes_processed, bytes_billed, cloud_services_credits]).toEqual([null, null, null])
    expect(Number(job_count)).toBeGreaterThanOrEqual(response.jobs.length)
  })

  it('holds what the history of the sessions says: bytes scanned, time and credits', async () => {
    countCosts(server)
    const { folder, answer } = build('B')
    const { stdout } = await answer
    expect(stdout).toMatch(
      /^Scanned \d+\.\d [KM]B in \d+ statements, \d+\.\d s of them together, 0\.\d+ credits of cloud services$/m,
    )
    const response = responseOf(folder)
    const [first] = response.jobs
    const { sql } = server.statements().find(({ id }) => id === first!.query_id)!
    expect(first).toMatchObject({ bytes_scanned: sql.length * 1000, elapsed_ms: 250, credits_cloud_services: 0.0001 })
    expect(response.elapsed_ms).toBe(250 * response.jobs.length)
    const history = server.statements().filter(each => each.sql.includes('query_history_by_session'))
    expect(response.jobs.map(job => job.query_id)).not.toContain(history[0]!.id)
    const { bytes_processed, cloud_services_credits, job_count } = await runsOf('b')
    expect(Number(bytes_processed)).toBeGreaterThan(0)
    expect(Number(cloud_services_credits)).toBeCloseTo(Number(job_count) * 0.0001, 9)
  })
})
