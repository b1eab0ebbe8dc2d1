import { afterEach, describe, expect, it } from 'vitest'
import { type Answer, type Asked, jobDone, refusal, type ScriptedApi, scriptedApi } from './scripted-api.ts'

let api: ScriptedApi | undefined
afterEach(() => api?.close())

const listed = (...ids: readonly string[]) => ({ jobs: ids.map(jobId => ({ jobReference: { jobId } })) })
const state = (word: string): Answer => ({ body: { status: { state: word } } })

/** Stops the jobs of `run-7`, of which these are listed. */
async function stopped(
  lists: Readonly<Record<string, readonly object[]>>,
  look: (asked: Asked, times: number) => Answer,
) {
  const answer = (asked: Asked, times: number): Answer => {
    if (asked.path === '/projects/acme/jobs') {
      const pages = lists[asked.query.get('stateFilter')!]!
      return { body: pages[Number(asked.query.get('pageToken') ?? 0)] }
    }
    return asked.path.endsWith('/cancel') ? { body: {} } : look(asked, times)
  }
  api = await scriptedApi(answer)
  const { sharing } = await api.open()
  return sharing.stopJobs(await sharing.connect(), 'run-7')
}

describe('The jobs that a run left', () => {
  it('are cancelled, those that wait too, on whatever page they are; those of other runs are not', async () => {
    const lists = {
      pending: [listed('throughline_run-7_model-a_2')],
      running: [
        { ...listed('throughline_run-8_model-b_1', 'job_of_somebody'), nextPageToken: '1' },
        listed('throughline_run-77_model-c_1', 'throughline_run-7_model-c_1_again1'),
      ],
    }
    const ids = ['throughline_run-7_model-a_2', 'throughline_run-7_model-c_1_again1']
    expect(await stopped(lists, jobDone)).toEqual(ids)
    const cancelled = api!.asked.filter(({ path }) => path.endsWith('/cancel'))
    expect(cancelled.map(({ path }) => path)).toEqual(ids.map(id => `/projects/acme/jobs/${id}/cancel`))
    expect(cancelled.every(({ query }) => query.get('location') === 'EU')).toBe(true)
  })

  it('are waited for until they have ended', async () => {
    const lists = { pending: [{}], running: [listed('throughline_run-7_a_1')] }
    await stopped(lists, (_, times) => state(times < 3 ? 'RUNNING' : 'DONE'))
    expect(api!.waited).toEqual([1000, 1000, 1000])
  })

  it('are over where they are gone', async () => {
    const lists = { pending: [{}], running: [listed('throughline_run-7_a_1')] }
    expect(await stopped(lists, () => refusal(404, 'notFound', 'Not found: Job'))).toEqual(['throughline_run-7_a_1'])
  })

  it('that do not end in a minute keep the next run from beginning', async () => {
    const lists = { pending: [{}], running: [listed('throughline_run-7_a_1')] }
    await expect(stopped(lists, () => state('RUNNING'))).rejects.toMatchObject({
      message: 'job throughline_run-7_a_1 was cancelled and has not ended in a minute',
      errorKind: 'connection',
    })
  })

  it('ask for two lists where there are none', async () => {
    expect(await stopped({ pending: [{}], running: [{}] }, jobDone)).toEqual([])
    expect(api!.lines()).toEqual(['GET /projects/acme/jobs', 'GET /projects/acme/jobs'])
    expect(api!.asked.map(({ query }) => query.get('allUsers'))).toEqual(['true', 'true'])
  })

  it('are those of every account, or, where it may not list them, of its own, and that is said', async () => {
    api = await scriptedApi(({ path, query }) => {
      if (path !== '/projects/acme/jobs') return path.endsWith('/cancel') ? { body: {} } : jobDone()
      if (query.get('allUsers') === 'true') return refusal(403, 'accessDenied', 'Access Denied: jobs.listAll')
      return { body: query.get('stateFilter') === 'running' ? listed('throughline_run-7_a_1') : {} }
    })
    const { sharing } = await api.open()
    const notes: string[] = []
    const ids = await sharing.stopJobs(await sharing.connect(), 'run-7', message => notes.push(message))
    expect(ids).toEqual(['throughline_run-7_a_1'])
    expect(notes).toEqual([
      'of the jobs that run run-7 may have left running, only those of this account can be seen: with bigquery.jobs.listAll those of others would be too',
    ])
  })
})

it('The statements of a lease wait for no slots, whatever the target’s jobs do', async () => {
  api = await scriptedApi(asked => (asked.path.includes('/queries/') ? { body: { jobComplete: true } } : jobDone()), {
    priority: 'batch',
  })
  const { sharing } = await api.open()
  const session = await sharing.connect()
  session.begin({ runId: 'run-7', node: 'lease', model: undefined })
  await session.execute('select 1')
  expect(api.asked[0]!.body.configuration.query).toMatchObject({ priority: 'INTERACTIVE' })
})
