import { afterEach, describe, expect, it } from 'vitest'
import { WarehouseError } from '../../../src/warehouse/warehouse.ts'
import { type Answer, type Asked, jobDone, jobFailed, refusal, type ScriptedApi, scriptedApi } from './scripted-api.ts'

let api: ScriptedApi | undefined
afterEach(() => api?.close())

const isInsert = ({ method, path }: Asked) => method === 'POST' && path === '/projects/acme/jobs'
const isRows = ({ path }: Asked) => path.includes('/queries/')
const noRows: Answer = { body: { jobComplete: true } }

async function session(answer: (asked: Asked, times: number) => Answer, settings = {}) {
  api = await scriptedApi(answer, settings)
  const opened = await (await api.open()).connect()
  opened.begin({ runId: '20260601T120000-ab12', node: 'model sessions' })
  return { api, session: opened }
}

const failure = async (work: Promise<unknown>) => {
  const error = await work.catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(WarehouseError)
  return error as WarehouseError
}

describe('A statement on BigQuery', () => {
  it('is a job named by the run, by what it is for and by its place, with labels and limits', async () => {
    const { api, session: one } = await session(asked => (isRows(asked) ? noRows : jobDone()), {
      jobTimeoutSeconds: 60,
      maximumBytesBilled: 5e11,
      priority: 'batch',
    })
    await one.execute('select 1')
    await one.execute('select 2')
    const inserts = api.asked.filter(isInsert)
    expect(inserts.map(({ body }) => body.jobReference)).toEqual([
      { projectId: 'acme', location: 'EU', jobId: 'throughline_20260601T120000-ab12_model-sessions_1' },
      { projectId: 'acme', location: 'EU', jobId: 'throughline_20260601T120000-ab12_model-sessions_2' },
    ])
    expect(inserts[0]!.body.configuration).toEqual({
      labels: { team: 'growth', throughline_run: '20260601t120000-ab12', throughline_node: 'model-sessions' },
      jobTimeoutMs: '60000',
      query: { query: 'select 1', useLegacySql: false, priority: 'BATCH', maximumBytesBilled: '500000000000' },
    })
    expect(inserts[0]!.authorization).toBe('Bearer of-the-script')
  })

  it('takes three requests: it is begun, waited for, and its costs are asked for', async () => {
    const { api, session: one } = await session(asked => (isRows(asked) ? noRows : jobDone()))
    await one.execute('select 1')
    const id = 'throughline_20260601T120000-ab12_model-sessions_1'
    expect(api.lines()).toEqual([
      'POST /projects/acme/jobs',
      `GET /projects/acme/queries/${id}`,
      `GET /projects/acme/jobs/${id}`,
    ])
  })

  it('whose answer was lost is joined, not begun again', async () => {
    const { api, session: one } = await session((asked, times) => {
      if (isInsert(asked)) {
        return times === 0 ? 'drop the connection' : refusal(409, 'duplicate', 'Already Exists: Job acme:EU.x')
      }
      return isRows(asked) ? noRows : jobDone()
    })
    await one.execute('select 1')
    const ids = api.asked.filter(isInsert).map(({ body }) => body.jobReference.jobId)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  it.each([
    [429, 'rateLimitExceeded'],
    [403, 'rateLimitExceeded'],
    [500, 'internalError'],
    [502, 'badGateway'],
    [503, 'backendError'],
  ])('is asked for again after %d %s, the pauses growing', async (status, reason) => {
    const { api, session: one } = await session((asked, times) => {
      if (isInsert(asked) && times < 3) return refusal(status, reason, 'try again')
      return isRows(asked) ? noRows : jobDone()
    })
    await one.execute('select 1')
    expect(api.waited).toEqual([500, 1000, 2000])
  })

  it('is given up on after seven attempts', async () => {
    const { api, session: one } = await session(() => refusal(503, 'backendError', 'We are down'))
    const error = await failure(one.execute('select 1'))
    expect(error.message).toBe('We are down')
    expect(error.errorKind).toBe('connection')
    expect(api.asked).toHaveLength(7)
    expect(api.waited).toEqual([500, 1000, 2000, 4000, 8000, 16_000])
  })

  it('that failed for a reason that passes is run as a new job', async () => {
    const { api, session: one } = await session((asked, times) => {
      if (isInsert(asked)) return { body: {} }
      if (asked.path.endsWith('_1') && !isRows(asked))
        return jobFailed('backendError', 'Error encountered during execution. Retrying may solve the problem.')
      if (asked.path.endsWith('_1') && times === 0) return refusal(503, 'backendError', 'no')
      return isRows(asked) ? noRows : jobDone()
    })
    await one.execute('select 1')
    const ids = api.asked.filter(isInsert).map(({ body }) => body.jobReference.jobId)
    expect(ids.map(id => id.split('_').slice(3).join('_'))).toEqual(['1', '1_again1'])
    expect(api.waited).toEqual([500])
  })

  it("that is wrong stops at once, with Google's words and the place that they name", async () => {
    const sql = "select a,\n  'é😀', nme\nfrom t"
    const { api, session: one } = await session(asked => {
      if (isInsert(asked)) return { body: {} }
      if (isRows(asked)) return refusal(400, 'invalidQuery', 'x')
      return jobFailed('invalidQuery', 'Unrecognized name: nme; Did you mean name? at [2:9]')
    })
    const error = await failure(one.execute(sql))
    expect(error.message).toBe('Unrecognized name: nme; Did you mean name?')
    expect(sql.slice(error.offset)).toMatch(/^nme/)
    expect(error.unknownName).toBe('nme')
    expect(error.errorKind).toBe('name')
    expect(api.waited).toEqual([])
  })

  it("that the account may not run says so in Google's words", async () => {
    const words = 'Access Denied: Project acme: User does not have bigquery.jobs.create permission in project acme.'
    const { session: one } = await session(() => refusal(403, 'accessDenied', words))
    const error = await failure(one.execute('select 1'))
    expect(error.message).toBe(words)
    expect(error.errorKind).toBe('other')
  })

  it('that is stopped is cancelled there, and says which job that was', async () => {
    let stop: (() => string | undefined) | undefined
    const told: (string | undefined)[] = []
    const { api, session: one } = await session((asked, times) => {
      if (isRows(asked) && times === 0) {
        told.push(stop!())
        return { body: { jobComplete: false } }
      }
      if (asked.path.endsWith('/cancel')) return { body: {} }
      if (isRows(asked)) return refusal(400, 'stopped', 'Job execution was cancelled')
      return isInsert(asked)
        ? { body: {} }
        : jobFailed('stopped', 'Job execution was cancelled: User requested cancellation')
    })
    stop = () => one.interrupt()
    const error = await failure(one.execute('select 1'))
    const id = 'throughline_20260601T120000-ab12_model-sessions_1'
    expect(told).toEqual([`BigQuery job ${id}`])
    expect(error.message).toBe(`job ${id} was stopped`)
    expect(error.errorKind).toBe('interrupted')
    expect(api.lines()).toContain(`POST /projects/acme/jobs/${id}/cancel`)
    expect(one.interrupt()).toBeUndefined()
  })

  it('is described by a dry run', async () => {
    const fields = [
      { name: 'id', type: 'INTEGER' },
      { name: 'tags', type: 'STRING', mode: 'REPEATED' },
      { name: 'at', type: 'RECORD', fields: [{ name: 'day', type: 'DATE' }] },
      { name: 'place', type: 'GEOGRAPHY' },
    ]
    const { api, session: one } = await session(() => ({ body: { statistics: { query: { schema: { fields } } } } }))
    expect(await one.describe('select * from t')).toEqual([
      { name: 'id', engineType: 'int64', type: { kind: 'integer' } },
      {
        name: 'tags',
        engineType: 'array<string>',
        type: { kind: 'list', of: { kind: 'text' } },
        of: { engineType: 'string', type: { kind: 'text' } },
      },
      {
        name: 'at',
        engineType: 'struct<day date>',
        type: { kind: 'record', fields: { day: { kind: 'date' } } },
        fields: [{ name: 'day', engineType: 'date', type: { kind: 'date' } }],
      },
      { name: 'place', engineType: 'geography', type: undefined },
    ])
    expect(api.asked[0]!.body.configuration.dryRun).toBe(true)
  })

  it('tells what it took', async () => {
    const statistics = {
      totalBytesProcessed: '10485760',
      query: {
        totalBytesProcessed: '10485760',
        totalBytesBilled: '1099511627776',
        totalSlotMs: '1234',
        cacheHit: false,
        numDmlAffectedRows: '7',
      },
    }
    const { session: one } = await session(asked => (isRows(asked) ? noRows : jobDone({ statistics })))
    await one.execute('delete from t where true')
    expect(one.costs()).toEqual([
      {
        jobId: 'throughline_20260601T120000-ab12_model-sessions_1',
        bytesProcessed: 10_485_760,
        bytesBilled: 1_099_511_627_776,
        slotMilliseconds: 1234,
        rowsAffected: 7,
        isCacheHit: false,
        estimatedUsd: 6.25,
      },
    ])
  })
})

describe('The rows of a query', () => {
  it('come page by page, every value spelled as DuckDB spells it', async () => {
    const fields = [
      { name: 'n', type: 'INTEGER' },
      { name: 'money', type: 'NUMERIC' },
      { name: 'share', type: 'FLOAT' },
      { name: 'ok', type: 'BOOLEAN' },
      { name: 'at', type: 'TIMESTAMP' },
      { name: 'day', type: 'DATE' },
      { name: 'tags', type: 'STRING', mode: 'REPEATED' },
      { name: 'who', type: 'RECORD', fields: [{ name: 'id', type: 'INTEGER' }] },
      { name: 'data', type: 'JSON' },
    ]
    const row = (...values: unknown[]) => ({ f: values.map(v => ({ v })) })
    const first = row(
      '1',
      '12.5',
      '0.25',
      'true',
      '1780315800500000',
      '2026-06-01',
      [{ v: 'a' }, { v: 'b' }],
      row('7'),
      '{"a":1}',
    )
    const second = row('9007199254740993', '-3', '1e300', 'false', '-1', '1969-12-31', [], null, null)
    const third = row(null, null, null, null, '1.7803158005E9', null, [], row(null), null)
    const { api, session: one } = await session(asked => {
      if (!isRows(asked)) return jobDone()
      const token = asked.query.get('pageToken')
      if (token === null) return { body: { jobComplete: true, schema: { fields }, rows: [first], pageToken: 'p2' } }
      return token === 'p2' ? { body: { rows: [second], pageToken: 'p3' } } : { body: { rows: [third] } }
    })
    expect(await one.query('select * from t')).toEqual([
      {
        n: 1,
        money: '12.500000000',
        share: 0.25,
        ok: true,
        at: '2026-06-01 12:10:00.5',
        day: '2026-06-01',
        tags: ['a', 'b'],
        who: { id: 7 },
        data: '{"a":1}',
      },
      {
        n: 9007199254740993n,
        money: '-3.000000000',
        share: 1e300,
        ok: false,
        at: '1969-12-31 23:59:59.999999',
        day: '1969-12-31',
        tags: [],
        who: null,
        data: null,
      },
      {
        n: null,
        money: null,
        share: null,
        ok: null,
        at: '2026-06-01 12:10:00.5',
        day: null,
        tags: [],
        who: { id: null },
        data: null,
      },
    ])
    expect(api.asked.filter(isRows)).toHaveLength(3)
  })
})
