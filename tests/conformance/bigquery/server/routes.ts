import { deleteDataset, getDataset, insertDataset, listDatasets, patchDataset } from './datasets-api.ts'
import { cancelJob, getJob, getQueryResults, insertJob, listJobs, query } from './jobs-api.ts'
import type { ApiAnswer, ApiRequest, Project } from './request.ts'
import {
  deleteRowPolicy,
  deleteTable,
  getIamPolicy,
  getTable,
  insertRowPolicy,
  insertRows,
  insertTable,
  listRowPolicies,
  listRows,
  listTables,
  patchTable,
  setIamPolicy,
} from './tables-api.ts'
import { goOnUploading, startUpload } from './uploads.ts'

export type Answering = (project: Project, request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>

const dataset = '/datasets/{}'
const table = '/datasets/{}/tables/{}'

/** Paths below the project's; `{}` stands for a name. https://cloud.google.com/bigquery/docs/reference/rest */
const routes: readonly (readonly [method: string, path: string, answer: Answering])[] = [
  ['POST', '/queries', query],
  ['GET', '/queries/{}', getQueryResults],
  ['POST', '/jobs', (project, request) => insertJob(project, request)],
  ['GET', '/jobs', listJobs],
  ['GET', '/jobs/{}', getJob],
  ['POST', '/jobs/{}/cancel', cancelJob],
  ['POST', '/datasets', insertDataset],
  ['GET', '/datasets', listDatasets],
  ['GET', dataset, getDataset],
  ['PATCH', dataset, patchDataset],
  ['PUT', dataset, patchDataset],
  ['DELETE', dataset, deleteDataset],
  ['POST', `${dataset}/tables`, insertTable],
  ['GET', `${dataset}/tables`, listTables],
  ['POST', `${table}:getIamPolicy`, getIamPolicy],
  ['POST', `${table}:setIamPolicy`, setIamPolicy],
  ['GET', table, getTable],
  ['PATCH', table, patchTable],
  ['PUT', table, patchTable],
  ['DELETE', table, deleteTable],
  ['GET', `${table}/data`, listRows],
  ['POST', `${table}/insertAll`, insertRows],
  ['GET', `${table}/rowAccessPolicies`, listRowPolicies],
  ['POST', `${table}/rowAccessPolicies`, insertRowPolicy],
  ['DELETE', `${table}/rowAccessPolicies/{}`, deleteRowPolicy],
]
const uploadRoutes: typeof routes = [
  ['POST', '/jobs', startUpload],
  ['PUT', '/jobs', goOnUploading],
]

const below = (prefix: string, among: typeof routes) =>
  among.map(([method, path, answer]) => {
    const pattern = path.replaceAll('{}', '([^/:]+)')
    return { method, pattern: new RegExp(`^${prefix}/projects/([^/]+)${pattern}$`), answer }
  })

const all = [
  ...below('/upload/bigquery/v2', uploadRoutes),
  ...below('/resumable/upload/bigquery/v2', uploadRoutes),
  ...below('/bigquery/v2', routes),
]

/** Who answers a request, and the names in its path, the project's first; undefined where nobody does. */
export function routeOf(
  method: string,
  path: string,
): { readonly answer: Answering; readonly project: string; readonly parts: readonly string[] } | undefined {
  for (const route of all) {
    const match = route.method === method ? route.pattern.exec(path) : null
    if (match === null) continue
    const [project, ...parts] = match.slice(1).map(decodeURIComponent)
    return { answer: route.answer, project: project!, parts }
  }
  return undefined
}
