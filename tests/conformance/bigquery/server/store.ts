import type { SqlType } from '../../../../src/googlesql/types.ts'
import type { WireRow } from '../../../../src/googlesql/wire.ts'
import { ApiError, duplicate, invalid, notFound } from './api-error.ts'
import type { Clock } from './clock.ts'
import { standingAt } from './partitions.ts'

export interface StoredColumn {
  readonly name: string
  readonly type: SqlType
  readonly isRequired?: boolean
  readonly description?: string | undefined
  readonly policyTags?: readonly string[] | undefined
  /** Of a struct's fields, by their path: `address.city`. */
  readonly fieldDescriptions?: Readonly<Record<string, string>>
}

export type Partitioning =
  | {
      readonly kind: 'time'
      readonly unit: string
      readonly column: string
      readonly expirationMs?: string | undefined
    }
  /** By when rows came in; they have `_PARTITIONTIME`, a cell after those of the columns. */
  | { readonly kind: 'ingestion'; readonly unit: string; readonly expirationMs?: string | undefined }
  | {
      readonly kind: 'range'
      readonly column: string
      readonly start: string
      readonly end: string
      readonly interval: string
    }

export interface RowPolicy {
  readonly name: string
  readonly grantees: readonly string[]
  readonly filter: string
}

export interface Binding {
  readonly role: string
  readonly members: readonly string[]
}

/** A table or view with all that is known of it. Never changed: replaced. */
export interface StoredTable {
  readonly kind: 'TABLE' | 'VIEW' | 'MATERIALIZED_VIEW' | 'SNAPSHOT'
  readonly columns: readonly StoredColumn[]
  readonly rows: readonly WireRow[]
  /** A view's text, and its columns' names where they are given. */
  readonly view?: { readonly sql: string; readonly names: readonly string[] | undefined }
  readonly partitioning?: Partitioning | undefined
  readonly clustering?: readonly string[] | undefined
  readonly description?: string | undefined
  readonly friendlyName?: string | undefined
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly expirationTime?: string | undefined
  readonly requirePartitionFilter?: boolean | undefined
  readonly rowPolicies: readonly RowPolicy[]
  readonly bindings: readonly Binding[]
  readonly createdAt: number
  readonly modifiedAt: number
}

export interface Dataset {
  readonly id: string
  readonly location: string
  readonly description?: string | undefined
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly defaultTableExpirationMs?: string | undefined
  readonly access?: readonly object[] | undefined
  readonly createdAt: number
  readonly tables: ReadonlyMap<string, StoredTable>
}

export interface TableId {
  readonly dataset: string
  readonly table: string
}

/** All that one project holds. A snapshot of it costs nothing, since nothing in it changes. */
export class Store {
  private datasets: ReadonlyMap<string, Dataset> = new Map()

  constructor(
    readonly project: string,
    readonly clock: Clock,
  ) {}

  snapshot(): ReadonlyMap<string, Dataset> {
    return this.datasets
  }

  restore(snapshot: ReadonlyMap<string, Dataset>): void {
    this.datasets = snapshot
  }

  allDatasets(): readonly Dataset[] {
    return [...this.datasets.values()]
  }

  /** Without what has expired in it. */
  findDataset(id: string): Dataset | undefined {
    const dataset = this.datasets.get(id)
    const instant = this.clock.present
    const isWhole = [...(dataset?.tables.values() ?? [])].every(table => standingAt(table, instant) === table)
    if (dataset === undefined || isWhole) return dataset
    const standing = [...dataset.tables].flatMap(([name, table]) => {
      const now = standingAt(table, instant)
      return now === undefined ? [] : [[name, now] as const]
    })
    return { ...dataset, tables: new Map(standing) }
  }

  dataset(id: string): Dataset {
    const found = this.findDataset(id)
    if (found === undefined) throw this.noDataset(id)
    return found
  }

  createDataset(id: string, given: Partial<Omit<Dataset, 'id' | 'createdAt' | 'tables'>>): Dataset {
    if (this.datasets.has(id)) throw duplicate('Dataset', `${this.project}:${id}`)
    const dataset = { location: 'US', ...given, id, createdAt: this.clock.now(), tables: new Map() }
    this.putDataset(dataset)
    return dataset
  }

  putDataset(dataset: Dataset): void {
    this.datasets = new Map([...this.datasets, [dataset.id, dataset]])
  }

  dropDataset(id: string, withContents: boolean): void {
    if (this.dataset(id).tables.size > 0 && !withContents)
      throw new ApiError(400, 'resourceInUse', `Dataset ${this.project}:${id} is still in use`)
    this.datasets = new Map([...this.datasets].filter(([other]) => other !== id))
  }

  findTable({ dataset, table }: TableId): StoredTable | undefined {
    return this.findDataset(dataset)?.tables.get(table)
  }

  /** Throws as BigQuery does where there is none. */
  table(id: TableId): StoredTable {
    const found = this.findTable(id)
    if (found === undefined) throw this.noTable(id)
    return found
  }

  noTable({ dataset, table }: TableId): ApiError {
    const found = this.datasets.get(dataset)
    if (found === undefined) return this.noDataset(dataset)
    return notFound('Table', `${this.fullName({ dataset, table })} was not found in location ${found.location}`)
  }

  /** BigQuery says the location in which it looked: that of the project's data, or else the US. */
  private noDataset(id: string): ApiError {
    if (!/^[\w-]{1,1024}$/.test(id))
      return invalid(
        `Invalid dataset ID "${id}". Dataset IDs must be alphanumeric (plus underscores and dashes) and must be at most 1024 characters long.`,
      )
    const location = this.allDatasets().find(dataset => !dataset.id.startsWith('_'))?.location ?? 'US'
    return notFound('Dataset', `${this.project}:${id} was not found in location ${location}`)
  }

  fullName({ dataset, table }: TableId): string {
    return `${this.project}:${dataset}.${table}`
  }

  putTable({ dataset: id, table }: TableId, stored: StoredTable): void {
    const dataset = this.dataset(id)
    this.putDataset({ ...dataset, tables: new Map([...dataset.tables, [table, stored]]) })
  }

  /** Puts a changed version in a table's place, and says when. */
  changeTable(id: TableId, change: Partial<StoredTable>): StoredTable {
    const changed = { ...this.table(id), ...change, modifiedAt: this.clock.now() }
    this.putTable(id, changed)
    return changed
  }

  dropTable({ dataset: id, table }: TableId): void {
    this.table({ dataset: id, table })
    const dataset = this.dataset(id)
    this.putDataset({ ...dataset, tables: new Map([...dataset.tables].filter(([name]) => name !== table)) })
  }

  /** A table of columns and rows that nobody has said anything else about. */
  newTable(columns: readonly StoredColumn[], rows: readonly WireRow[] = []): StoredTable {
    const now = this.clock.now()
    return { kind: 'TABLE', columns, rows, rowPolicies: [], bindings: [], createdAt: now, modifiedAt: now }
  }
}
