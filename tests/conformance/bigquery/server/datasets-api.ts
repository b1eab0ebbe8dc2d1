import type { ApiAnswer, ApiRequest, Project } from './request.ts'
import { pageOf } from './request.ts'
import type { Dataset } from './store.ts'

interface ApiDataset {
  readonly datasetReference: { readonly datasetId: string }
  readonly location?: string
  readonly description?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly defaultTableExpirationMs?: string
  readonly access?: readonly object[]
}

const resourceOf = ({ store }: Project, dataset: Dataset): object => {
  const { id, tables, createdAt, ...told } = dataset
  return {
    kind: 'bigquery#dataset',
    id: `${store.project}:${id}`,
    datasetReference: { projectId: store.project, datasetId: id },
    creationTime: String(createdAt),
    lastModifiedTime: String(createdAt),
    ...told,
  }
}

export function insertDataset(project: Project, { body }: ApiRequest): ApiAnswer {
  const { datasetReference, ...given } = body as ApiDataset
  return { body: resourceOf(project, project.store.createDataset(datasetReference.datasetId, given)) }
}

export function getDataset(project: Project, { parts }: ApiRequest): ApiAnswer {
  return { body: resourceOf(project, project.store.dataset(parts[0]!)) }
}

export function patchDataset(project: Project, { parts, body }: ApiRequest): ApiAnswer {
  const { datasetReference, location, ...given } = body as Partial<ApiDataset>
  const changed = { ...project.store.dataset(parts[0]!), ...given }
  project.store.putDataset(changed)
  return { body: resourceOf(project, changed) }
}

export function deleteDataset(project: Project, { parts, query }: ApiRequest): ApiAnswer {
  project.store.dropDataset(parts[0]!, query.get('deleteContents') === 'true')
  return { status: 204, body: undefined }
}

/** Hidden datasets, whose names begin with an underscore, are not listed. */
export function listDatasets(project: Project, { query }: ApiRequest): ApiAnswer {
  const datasets = project.store.allDatasets().filter(({ id }) => !id.startsWith('_'))
  const { items, nextPageToken } = pageOf(datasets, query, 50)
  return {
    body: { kind: 'bigquery#datasetList', datasets: items.map(each => resourceOf(project, each)), nextPageToken },
  }
}
