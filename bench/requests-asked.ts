import type { Job } from '../tests/conformance/bigquery/server/jobs.ts'

/** Requests for one purpose. */
export interface AskedLine {
  readonly purpose: string
  readonly count: number
  /** By what they ask: `jobs.insert`, `tables.get`. */
  readonly byKind: ReadonlyMap<string, number>
}

export interface Asked {
  readonly modelCount: number
  readonly jobCount: number
  /** The most requests first. */
  readonly lines: readonly AskedLine[]
}

const purposes = {
  scratch: 'rows made in scratch',
  tests: 'tests',
  publishing: 'publishing',
  clearing: 'scratch cleared away',
  status: 'status rows',
  lease: 'lease',
  raw: 'raw tables landed',
  severalTables: 'tests over several tables',
  before: 'before the first step',
  after: 'after the last: run, catalog',
  other: 'other',
} as const

/** What requests of one build are for, by the jobs that it ran and by the tables that they name. */
export function askedOf(requests: readonly string[], jobs: readonly Job[]): Asked {
  const byId = new Map(jobs.map(job => [job.jobId, job]))
  const inserted = jobs.filter(({ configuration }) => configuration.load === undefined)[Symbol.iterator]()
  const loaded = jobs.filter(({ configuration }) => configuration.load !== undefined)[Symbol.iterator]()
  const told = requests.map(request => {
    const [method = '', path = ''] = request.split(' ')
    // Jobs are listed in the order in which they were asked for.
    const job =
      method === 'POST' && path.endsWith('/jobs')
        ? (path.startsWith('/upload/') ? loaded : inserted).next().value
        : byId.get(decodeURIComponent(/\/(?:jobs|queries)\/([^/]+)/.exec(path)?.[1] ?? ''))
    return { kind: kindOf(method, path), path, job }
  })
  const steps = told.map(({ job }) => job !== undefined && isOfStep(job))
  const [first, last] = [steps.indexOf(true), steps.lastIndexOf(true)]
  const counts = new Map<string, Map<string, number>>()
  for (const [index, { kind, path, job }] of told.entries()) {
    const purpose =
      job === undefined ? purposeOfPath(path, kind, index < first, index > last) : purposeOfJob(job, index > last)
    const byKind = counts.get(purpose) ?? new Map<string, number>()
    counts.set(purpose, byKind.set(kind, (byKind.get(kind) ?? 0) + 1))
  }
  const lines = [...counts].map(([purpose, byKind]) => ({
    purpose,
    byKind,
    count: [...byKind.values()].reduce((sum, count) => sum + count, 0),
  }))
  const models = new Set(jobs.map(nodeOf).filter(node => node.startsWith('model-')))
  return { modelCount: models.size, jobCount: jobs.length, lines: lines.sort((a, b) => b.count - a.count) }
}

function kindOf(method: string, path: string): string {
  const resource = path.replace(/^.*\/projects\/[^/]+\//, '')
  if (path.startsWith('/upload/')) return 'jobs.insert'
  if (/^queries\//.test(resource)) return 'getQueryResults'
  const kinds = { GET: 'get', POST: 'insert', PATCH: 'patch', DELETE: 'delete' } as const
  const verb = kinds[method as keyof typeof kinds] ?? method
  if (/^jobs/.test(resource)) return resource === 'jobs' && method === 'GET' ? 'jobs.list' : `jobs.${verb}`
  if (!resource.includes('/tables')) return `datasets.${verb}`
  if (resource.endsWith('/tables') && method === 'GET') return 'tables.list'
  return resource.includes(':') ? 'policies' : `tables.${verb}`
}

const nodeOf = ({ configuration: { labels = {} } }: Job): string => labels.throughline_node ?? ''
const isOfStep = (job: Job): boolean => /^(model|source|data-test)-/.test(nodeOf(job))

function purposeOfJob(job: Job, isAfter: boolean): string {
  const node = nodeOf(job)
  const { query, load } = job.configuration
  const sql = query?.query ?? ''
  if (node.includes('lease') || /^select [^;]+ as is_held$/.test(sql)) return purposes.lease
  if (node.startsWith('source-')) return purposes.raw
  if (node.startsWith('data-test-')) return purposes.severalTables
  if (!node.startsWith('model-')) return isAfter ? purposes.after : purposes.before
  if (sql.startsWith('merge into') && sql.includes('.table_status')) return purposes.status
  if (query?.destinationTable !== undefined) return purposes.publishing
  if (load !== undefined || /^create [^(\n]*_tl_scratch\.|^select count\(\*\) as row_count\b|^drop /.test(sql))
    return purposes.scratch
  if (/^(select|with)\b[^;]*$/.test(sql)) return purposes.tests
  return purposes.publishing
}

function purposeOfPath(path: string, kind: string, isBefore: boolean, isAfter: boolean): string {
  if (isBefore) return purposes.before
  const [, dataset = ''] = /\/datasets\/([^/]+)/.exec(path) ?? []
  if (dataset.endsWith('_raw') && !isAfter) return purposes.raw
  if (dataset.endsWith('_tl_scratch'))
    return kind === 'tables.delete' || kind === 'tables.list' ? purposes.clearing : purposes.scratch
  return isAfter ? purposes.after : purposes.publishing
}
