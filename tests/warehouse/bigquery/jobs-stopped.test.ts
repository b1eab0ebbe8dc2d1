import { afterEach, describe, expect, it } from 'vitest'
import type { BigQuerySession } from '../../../src/warehouse/bigquery/session.ts'
import { patiently } from '../../../src/warehouse/retries.ts'
import { WarehouseError } from '../../../src/warehouse/warehouse.ts'
import { type Answer, type Asked, jobDone, jobFailed, refusal, type ScriptedApi, scriptedApi } from './scripted-api.ts'

let api: ScriptedApi | undefined
afterEach(() => api?.close())

const isInsert = ({ method, path }: Asked) => method === 'POST' && path === '/projects/acme/jobs'
const isRows = ({ path }: Asked) => path.includes('/queries/')
const isCancel = ({ path }: Asked) => path.endsWith('/cancel')
const id = 'throughline_r7_model-a_1'

/** A session that `whenAsked` is told of before each answer, and `whenWaiting` in each pause. */
async function session(
  answer: (asked: Asked, times: number) => Answer,
  {
    whenAsked = () => undefined,
    whenWaiting = () => undefined,
  }: {
    readonly whenAsked?: (session: BigQuerySession, asked: Asked) => void
    readonly whenWaiting?: (session: BigQuerySession) => void
  },
): Promise<BigQuerySession> {
  let opened: BigQuerySession | undefined
  const answering = (asked: Asked, times: number): Answer => {
    whenAsked(opened!, asked)
    return answer(asked, times)
  }
  const wait = async (_: number, stop: AbortSignal | undefined): Promise<void> => {
    whenWaiting(opened!)
    // A pause that nothing ends would last for longer than the test may.
    await patiently.wait(60_000, stop)
  }
  api = await scriptedApi(answering, {}, wait)
  opened = await (await api.open()).connect()
  opened.begin({ runId: 'r7', node: 'model a' })
  return opened
}

async function failure(work: Promise<unknown>): Promise<WarehouseError> {
  const error = await work.catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(WarehouseError)
  return error as WarehouseError
}

describe('A job that is stopped between two tries', () => {
  const passing = 'Error encountered during execution. Retrying may solve the problem.'

  it('is not run again, and the pause is over at once', async () => {
    const told: unknown[] = []
    const one = await session(
      asked => {
        if (isInsert(asked) || isCancel(asked)) return { body: {} }
        return isRows(asked) ? refusal(503, 'backendError', 'no') : jobFailed('backendError', passing)
      },
      { whenWaiting: asked => told.push(asked.interrupt()) },
    )
    const error = await failure(one.execute('select 1'))
    expect([error.errorKind, error.message]).toEqual(['interrupted', `job ${id} was stopped`])
    expect(told).toEqual([`BigQuery job ${id}`])
    expect(api!.waited).toEqual([500])
    expect(api!.asked.filter(isInsert)).toHaveLength(1)
    expect(one.interrupt()).toBeUndefined()
  })

  it('is not begun where BigQuery did not take it at first', async () => {
    const one = await session(asked => (isInsert(asked) ? refusal(503, 'backendError', 'We are down') : { body: {} }), {
      whenWaiting: asked => void asked.interrupt(),
    })
    const error = await failure(one.execute('select 1'))
    expect(error.errorKind).toBe('interrupted')
    expect(api!.asked.filter(isInsert)).toHaveLength(1)
  })

  it('keeps no later one of the session from running', async () => {
    const one = await session(
      (asked, times) => {
        if (isInsert(asked)) return times === 0 ? refusal(503, 'backendError', 'We are down') : { body: {} }
        return isRows(asked) ? { body: { jobComplete: true } } : jobDone()
      },
      { whenWaiting: asked => void asked.interrupt() },
    )
    await failure(one.execute('select 1'))
    await one.execute('select 2')
    expect(api!.asked.filter(isInsert).map(({ body }) => body.configuration.query.query)).toEqual([
      'select 1',
      'select 2',
    ])
  })
})

describe('The further pages of a query', () => {
  const fields = [{ name: 'n', type: 'INTEGER' }]
  const page = (n: number, pageToken?: string): Answer => ({
    body: { jobComplete: true, schema: { fields }, rows: [{ f: [{ v: String(n) }] }], ...(pageToken && { pageToken }) },
  })
  const pageOf = (asked: Asked) => asked.query.get('pageToken')
  /** Three pages; what comes of the second and third is as told. */
  const answering = (second: Answer, third: Answer) => (asked: Asked) => {
    if (isCancel(asked)) return { body: {} }
    if (!isRows(asked)) return jobDone()
    return { '': page(1, 'p2'), p2: second, p3: third }[pageOf(asked) ?? '']!
  }

  it('that are refused fail as statements of the warehouse do, in Google’s words', async () => {
    const words = 'Access Denied: Table acme:j.t: Permission bigquery.tables.getData denied'
    const one = await session(answering(refusal(403, 'accessDenied', words), page(3)), {})
    const error = await failure(one.query('select n from t'))
    expect([error.message, error.errorKind, error.sql]).toEqual([words, 'other', 'select n from t'])
  })

  it('are not asked for once it is stopped', async () => {
    const told: unknown[] = []
    const one = await session(answering(page(2, 'p3'), page(3)), {
      whenAsked: (asking, asked) => {
        if (pageOf(asked) === 'p2') told.push(asking.interrupt())
      },
    })
    const error = await failure(one.query('select n from t'))
    expect([error.errorKind, error.message]).toEqual(['interrupted', `job ${id} was stopped`])
    expect(told).toEqual([`BigQuery job ${id}`])
    expect(api!.asked.filter(isRows).map(pageOf)).toEqual([null, 'p2'])
    expect(one.interrupt()).toBeUndefined()
  })

  it('are not asked for again once it is stopped', async () => {
    const one = await session(answering(refusal(503, 'backendError', 'We are down'), page(3)), {
      whenWaiting: asked => void asked.interrupt(),
    })
    expect((await failure(one.query('select n from t'))).errorKind).toBe('interrupted')
    expect(api!.asked.filter(isRows).map(pageOf)).toEqual([null, 'p2'])
  })

  it('are all read where nobody stops it', async () => {
    const one = await session(answering(page(2, 'p3'), page(3)), {})
    expect(await one.query('select n from t')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    expect(one.interrupt()).toBeUndefined()
  })
})
