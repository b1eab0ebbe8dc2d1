import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { throughline } from '../../src/cli/program.ts'
import { jobFailed, refusal, type ScriptedApi } from '../warehouse/bigquery/scripted-api.ts'
import { StandingTables } from '../warehouse/bigquery/standing-tables.ts'
import { counts, kioskIn as openKiosk } from './kiosk-in-bigquery.ts'
import { effectsOf } from './support.ts'

let api: ScriptedApi | undefined
afterEach(() => api?.close())

async function kioskIn(...given: Parameters<typeof openKiosk>) {
  const kiosk = await openKiosk(...given)
  api = kiosk.api
  return kiosk
}

describe('A target in BigQuery', () => {
  it('is built from the files on this computer, through jobs alone, and says what it was billed', async () => {
    const tables = new StandingTables(counts)
    const { folder, run } = await kioskIn(tables.answer, ', datasets: { shop: marketing }')
    const answer = await run('build')
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
    expect(answer.stdout).toContain('Building kiosk in the target prod (BigQuery, acme, EU)\n')
    expect(answer.stdout).toMatch(/\nBilled \d+\.\d MB in \d+ jobs, less than \$0\.01\n/)
    expect([...tables.datasets.keys()].sort()).toEqual([
      'acme/j_about',
      'acme/j_raw',
      'acme/j_tl_scratch',
      'acme/marketing',
    ])
    expect([...tables.tables.keys()].sort()).toEqual([
      'acme/j_about/lease',
      'acme/j_about/runs',
      'acme/j_about/table_status',
      'acme/j_raw/till__orders',
      'acme/marketing/customers',
      'acme/marketing/orders',
    ])
    const results = JSON.parse(readFileSync(join(folder, '.throughline/target/prod/run_results.json'), 'utf8'))
    const orders = results.results.find((one: { unique_id: string }) => one.unique_id === 'model.kiosk.orders')
    expect(orders.relation_name).toBe('`acme`.`marketing`.`orders`')
    expect(orders.adapter_response).toMatchObject({ rows_affected: 5, slot_ms: expect.any(Number) })
    expect(orders.adapter_response.jobs[0].job_id).toMatch(/^throughline_.*_model-orders_1$/)
  })

  it("names the author's line of a statement that BigQuery refuses", async () => {
    const tables = new StandingTables(counts)
    let refused = ''
    const { run } = await kioskIn(asked => {
      if (asked.method === 'POST' && asked.path.endsWith('/jobs')) {
        const sql = asked.body.configuration.query?.query ?? ''
        if (/^create or replace table acme\.j_tl_scratch\.customers/.test(sql)) refused = asked.body.jobReference.jobId
        tables.answer(asked)
        return { body: {} }
      }
      if (refused !== '' && asked.path.endsWith(refused)) {
        if (asked.path.includes('/queries/')) return refusal(400, 'invalidQuery', 'no')
        const sql = tables.statements.find(text => text.includes('j_tl_scratch.customers'))!
        const before = sql.slice(0, sql.indexOf('sum(o.amount)')).split('\n')
        return jobFailed(
          'invalidQuery',
          `Function sum is out of order at [${before.length}:${before.at(-1)!.length + 1}]`,
        )
      }
      return tables.answer(asked)
    })
    const answer = await run('build')
    expect(answer.exitCode).toBe(1)
    expect(answer.stdout).toContain(`
  models/shop/customers.ts:16:49  customers: Function sum is out of order
          select o.customer, count(*) as order_count, sum(o.amount) as amount
                                                      ^
`)
  })

  it('is looked at piece by piece by debug, which makes nothing', async () => {
    const tables = new StandingTables().add('acme', 'j_shop', 'orders', {})
    tables.datasets.set('acme/j_raw', { location: 'US' })
    const { run } = await kioskIn(tables.answer)
    const answer = await run('debug')
    expect(answer.exitCode).toBe(1)
    expect(answer.stdout.split('\n').slice(3)).toEqual([
      'ok    target      prod: BigQuery, acme, EU; datasets begin with j_; other targets: local, dev',
      'ok    models      3 models, 1 not built',
      expect.stringMatching(/^(ok|off) {2,3} analyzer /),
      'ok    client      @google-cloud/bigquery is installed',
      'ok    sign-in     credentials of the config',
      'ok    jobs        can be run in acme, EU',
      expect.stringMatching(/^FAIL {2}dataset j_raw {2}stands in US, and the target builds in EU/),
      expect.stringMatching(/a dataset cannot be moved/),
      'ok    dataset j_shop  is there, in EU, and tables can be made in it',
      expect.stringMatching(/^ok {4}dataset j_tl_scratch {2}is not there yet; the first build makes it/),
      expect.stringMatching(/^ok {4}dataset j_about {2}is not there yet/),
      expect.stringMatching(/^off {3}source till\.orders|^ok {4}source till\.orders/),
      'off   source other  off: it is not in the config',
      '',
    ])
    expect(tables.statements).toEqual([])
  })

  it('that one may not use is told with the role that is missing', async () => {
    const words = 'Access Denied: Project acme: User does not have bigquery.jobs.create permission in project acme.'
    const { run } = await kioskIn(() => refusal(403, 'accessDenied', words))
    const answer = await run('debug')
    expect(answer.exitCode).toBe(1)
    expect(answer.stdout).toContain(`FAIL  jobs        ${words}`)
    expect(answer.stdout).toContain('BigQuery Job User (roles/bigquery.jobUser)')
  })

  it('in which nothing may be made is not begun, and says what to do', async () => {
    const words = 'Access Denied: Dataset acme:j_tl_scratch: Permission bigquery.datasets.create denied'
    const tables = new StandingTables(counts)
    const { run } = await kioskIn(asked =>
      asked.method === 'POST' ? refusal(403, 'accessDenied', words) : tables.answer(asked),
    )
    const answer = await run('build')
    expect(answer.exitCode).toBe(2)
    expect(answer.stderr).toContain(words)
    expect(answer.stderr).toContain('throughline debug says which right is missing, and which role has it')
    expect(answer.stderr).toContain('Nothing was built.')
  })

  it('in which one cannot sign in is told so', async () => {
    const { run } = await kioskIn(() => refusal(401, 'authError', 'Request had invalid authentication credentials.'))
    const answer = await run('debug')
    expect(answer.stdout).toContain(
      'FAIL  sign-in     credentials of the config: Request had invalid authentication credentials.',
    )
    expect(answer.stdout).toContain('gcloud auth application-default login')
    const built = await run('build')
    expect(built.exitCode).toBe(2)
    expect(built.stderr).toContain('throughline debug says how you are signed in')
  })

  it('names no dataset for what is no layer', async () => {
    const { run } = await kioskIn(() => refusal(500, 'x', 'x'), ', datasets: { shoop: marketing }')
    const answer = await run('ls')
    expect(answer.exitCode).toBe(2)
    expect(answer.stderr).toContain('targets.prod.datasets: there is no layer shoop; did you mean shop?')
  })

  it('is stopped by Ctrl-C, which cancels the job that runs there and says which', async () => {
    const tables = new StandingTables(counts)
    let interrupt = (): void => undefined
    const cancelled: string[] = []
    const { folder, api: asked } = await kioskIn(one => {
      const job = one.path.split('/')[4] ?? ''
      if (one.path.endsWith('/cancel')) {
        cancelled.push(job)
        return { body: {} }
      }
      if (!job.endsWith('model-orders_1')) return tables.answer(one)
      interrupt()
      return one.path.includes('/queries/')
        ? refusal(400, 'stopped', 'Job execution was cancelled')
        : jobFailed('stopped', 'Job execution was cancelled')
    })
    const { effects, told } = effectsOf(folder, { env: { CREDS: asked.settings.credentials } })
    const onInterrupt: typeof effects.onInterrupt = stop => {
      interrupt = stop
      return () => undefined
    }
    const exitCode = await throughline(['build', '--target', 'prod'], { ...effects, onInterrupt })
    expect(exitCode).toBe(2)
    expect(cancelled).toEqual([expect.stringMatching(/^throughline_.*_model-orders_1$/)])
    expect(told.stdout).toContain(`stopping BigQuery job ${cancelled[0]}`)
    expect(told.stdout).toContain('the run was stopped before')
    expect([...tables.tables.keys()]).not.toContain('acme/j_shop/orders')
    expect(tables.statements.find(sql => sql.includes('j_about.runs'))).toMatch(
      /^merge into acme\.j_about\.runs .*\n.*'cancelled' as status/,
    )
  })
})
