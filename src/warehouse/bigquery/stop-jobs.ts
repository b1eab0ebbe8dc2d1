import type { RetryOptions } from '../retries.ts'
import { WarehouseError } from '../warehouse.ts'
import type { Api } from './api.ts'
import { isForbidden, isNotFound } from './api-error.ts'
import { requestError } from './errors.ts'
import type { JobResource } from './resources.ts'
import type { BigQuerySettings } from './settings.ts'

/** How often a cancelled job is looked at until it is over: for a minute. */
const looks = 60
const pauseMilliseconds = 1000

interface JobPage {
  readonly jobs?: readonly JobResource[]
  readonly nextPageToken?: string
}

/**
 * Cancels the jobs whose ids begin so and that are not over yet, and waits until they are; gives their ids. Where the account may not list those of all
 * others, only its own are seen, and `onOwnOnly` is told. Throws `WarehouseError` where one does not end.
 */
export async function stopJobs(
  prefix: string,
  {
    api,
    settings,
    retries,
  }: { readonly api: Api; readonly settings: BigQuerySettings; readonly retries: RetryOptions },
  onOwnOnly: () => void = () => {},
): Promise<readonly string[]> {
  try {
    const ids = [...new Set(await jobsOfAll(prefix, api, onOwnOnly))]
    const query = { location: settings.location }
    for (const id of ids) await api.call({ method: 'POST', path: `/jobs/${id}/cancel`, query })
    for (const id of ids) await waitForEnd(id, { api, settings, retries })
    return ids
  } catch (error) {
    throw requestError(error, undefined)
  }
}

/** A job is over as soon as it is gone too. */
async function waitForEnd(id: string, { api, settings, retries }: Parameters<typeof stopJobs>[1]): Promise<void> {
  for (let look = 0; look < looks; look++) {
    try {
      const query = { location: settings.location }
      const { status } = await api.call<JobResource>({ path: `/jobs/${id}`, query })
      if (status?.state === 'DONE') return
    } catch (error) {
      if (isNotFound(error)) return
      throw error
    }
    await retries.wait(pauseMilliseconds)
  }
  throw new WarehouseError(`job ${id} was cancelled and has not ended in a minute`, { kind: 'connection' })
}

async function jobsOfAll(prefix: string, api: Api, onOwnOnly: () => void): Promise<readonly string[]> {
  const list = async (allUsers: boolean): Promise<readonly string[]> => [
    ...(await jobsIn('pending', prefix, allUsers, api)),
    ...(await jobsIn('running', prefix, allUsers, api)),
  ]
  try {
    return await list(true)
  } catch (error) {
    if (!isForbidden(error)) throw error
    onOwnOnly()
    return list(false)
  }
}

async function jobsIn(
  state: 'pending' | 'running',
  prefix: string,
  allUsers: boolean,
  api: Api,
): Promise<readonly string[]> {
  const ids: string[] = []
  for (let pageToken: string | undefined = ''; pageToken !== undefined; ) {
    const query = {
      stateFilter: state,
      maxResults: 1000,
      ...(allUsers ? { allUsers: true } : {}),
      ...(pageToken === '' ? {} : { pageToken }),
    }
    const page: JobPage = await api.call<JobPage>({ path: '/jobs', query })
    ids.push(...(page.jobs ?? []).map(({ jobReference }) => jobReference?.jobId ?? ''))
    pageToken = page.nextPageToken
  }
  return ids.filter(id => id.startsWith(prefix))
}
