import type { SchemaName, TableName } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import type { Api } from './api.ts'
import { isAlreadyThere, isForbidden, isNotFound } from './api-error.ts'
import { requestError } from './errors.ts'
import type { TableReference, TableResource } from './resources.ts'
import type { BigQuerySettings } from './settings.ts'

/** Tables of scratch that a killed run leaves are gone after a day by themselves. */
const scratchLifeMilliseconds = 24 * 3600 * 1000
/** As many tables are asked for at a time. */
const lookersAtATime = 8

export interface Grants {
  readonly bindings?: readonly { readonly role: string; readonly members: readonly string[] }[]
}

/** A label that is null is taken away. */
export interface TableChanges extends Omit<Partial<TableResource>, 'labels'> {
  readonly labels?: Readonly<Record<string, string | null>>
}

interface RowPolicyPage {
  readonly rowAccessPolicies?: readonly { readonly rowAccessPolicyReference: { readonly policyId: string } }[]
  readonly nextPageToken?: string
}

interface TablePage {
  readonly tables?: readonly TableResource[]
  readonly nextPageToken?: string
}

/** Datasets and tables as resources. Asking about them costs nothing, and starts no job. */
export class Tables {
  private readonly known = new Map<string, TableResource>()

  constructor(
    private readonly api: Api,
    private readonly settings: BigQuerySettings,
  ) {}

  /** That of the jobs, and of what names no other. */
  get project(): string {
    return this.settings.project
  }

  /** By the class of columns. */
  get policyTags(): BigQuerySettings['policyTags'] {
    return this.settings.policyTags
  }

  /** That a table, which this process has just published, stands so. */
  remember(table: TableName, resource: TableResource): void {
    this.known.set(tablePath(table), resource)
  }

  /** Undefined where it is not there, or its dataset is not. */
  async find({ schema, name, database }: TableName): Promise<TableResource | undefined> {
    try {
      return await this.api.call<TableResource>({
        project: database,
        path: `/datasets/${schema}/tables/${encodeURIComponent(name)}`,
      })
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw requestError(error, undefined)
    }
  }

  /** All of a dataset, without their columns; undefined where the dataset is not there. */
  async list({ schema, database }: SchemaName): Promise<readonly TableResource[] | undefined> {
    const found: TableResource[] = []
    try {
      for (let pageToken: string | undefined = ''; pageToken !== undefined; ) {
        const query = { maxResults: 1000, ...(pageToken === '' ? {} : { pageToken }) }
        const page: TablePage = await this.api.call<TablePage>({
          project: database,
          path: `/datasets/${schema}/tables`,
          query,
        })
        found.push(...(page.tables ?? []))
        pageToken = page.nextPageToken
      }
      return found
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw requestError(error, undefined)
    }
  }

  /** All of a dataset with their columns; those that are remembered are not asked for. */
  async findAll(schema: SchemaName): Promise<readonly TableResource[]> {
    const waiting = [...((await this.list(schema)) ?? [])]
    const found: TableResource[] = []
    const look = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const name = { ...schema, name: next.tableReference.tableId }
        const table = this.known.get(tablePath(name)) ?? (await this.find(name))
        if (table !== undefined) found.push(table)
      }
    }
    await Promise.all(Array.from({ length: lookersAtATime }, look))
    return found
  }

  referenceOf({ schema: datasetId, name: tableId, database }: TableName): TableReference {
    return { projectId: database ?? this.settings.project, datasetId, tableId }
  }

  /** Makes it where there is none of its name. */
  async insert(table: TableName, resource: Omit<TableResource, 'tableReference'>): Promise<void> {
    try {
      await this.callInsert(table, resource)
    } catch (error) {
      if (!isAlreadyThere(error)) throw requestError(error, undefined)
    }
  }

  /** Makes it; what stands under its name is somebody else's, and is refused. */
  async insertNew(table: TableName, resource: Omit<TableResource, 'tableReference'>): Promise<void> {
    try {
      await this.callInsert(table, resource)
    } catch (error) {
      throw requestError(error, undefined)
    }
  }

  private async callInsert(table: TableName, resource: Omit<TableResource, 'tableReference'>): Promise<void> {
    const { schema: datasetId, database } = table
    const { labels } = this.settings
    const body = { labels, ...resource, tableReference: this.referenceOf(table) }
    await this.api.call({ method: 'POST', project: database, path: `/datasets/${datasetId}/tables`, body })
  }

  /** Gives the table as it is then. */
  async patch({ schema, name, database }: TableName, changes: TableChanges): Promise<TableResource> {
    try {
      return await this.api.call<TableResource>({
        method: 'PATCH',
        project: database,
        path: `/datasets/${schema}/tables/${name}`,
        body: changes,
      })
    } catch (error) {
      throw requestError(error, undefined)
    }
  }

  /** A table or a view, which need not be there. */
  async drop({ schema, name, database }: TableName): Promise<void> {
    try {
      await this.api.call({ method: 'DELETE', project: database, path: `/datasets/${schema}/tables/${name}` })
    } catch (error) {
      if (!isNotFound(error)) throw requestError(error, undefined)
    }
  }

  /** Who may do what with this one table, beside what the dataset grants; undefined where this account may not know. */
  async grantsOn(table: TableName): Promise<Grants | undefined> {
    try {
      const { bindings = [] } = await this.policy<Grants>(table, 'getIamPolicy', {})
      return { bindings }
    } catch (error) {
      if (isForbidden(error)) return undefined
      throw requestError(error, undefined)
    }
  }

  /** The names of a table's row access policies; undefined where this account may not know. */
  async rowPoliciesOn({ schema, name, database }: TableName): Promise<readonly string[] | undefined> {
    const path = `/datasets/${schema}/tables/${name}/rowAccessPolicies`
    const found: string[] = []
    try {
      for (let pageToken: string | undefined = ''; pageToken !== undefined; ) {
        const query = pageToken === '' ? {} : { pageToken }
        const page: RowPolicyPage = await this.api.call<RowPolicyPage>({ project: database, path, query })
        found.push(...(page.rowAccessPolicies ?? []).map(policy => policy.rowAccessPolicyReference.policyId))
        pageToken = page.nextPageToken === '' ? undefined : page.nextPageToken
      }
      return found
    } catch (error) {
      if (isForbidden(error)) return undefined
      throw requestError(error, undefined)
    }
  }

  /** False where this account may not grant anything. */
  async grantAgain(table: TableName, grants: Grants): Promise<boolean> {
    try {
      await this.policy(table, 'setIamPolicy', { policy: grants })
      return true
    } catch (error) {
      if (isForbidden(error)) return false
      throw requestError(error, undefined)
    }
  }

  private policy<T>({ schema, name, database }: TableName, verb: string, body: object): Promise<T> {
    return this.api.call<T>({
      method: 'POST',
      project: database,
      path: `/datasets/${schema}/tables/${name}:${verb}`,
      body,
    })
  }

  async hasDataset({ schema, database }: SchemaName): Promise<boolean> {
    try {
      await this.api.call({ project: database, path: `/datasets/${schema}` })
      return true
    } catch (error) {
      if (isNotFound(error)) return false
      throw requestError(error, undefined)
    }
  }

  async createDataset({ schema: datasetId, database }: SchemaName, use: 'lasting' | 'scratch'): Promise<void> {
    const { project, location, labels } = this.settings
    const datasetReference = { projectId: database ?? project, datasetId }
    const life = use === 'scratch' ? { defaultTableExpirationMs: String(scratchLifeMilliseconds) } : {}
    const body = { datasetReference, location, labels, ...life }
    try {
      await this.api.call({ method: 'POST', project: database, path: '/datasets', body })
    } catch (error) {
      if (!isAlreadyThere(error)) throw requestError(error, undefined)
    }
  }
}
