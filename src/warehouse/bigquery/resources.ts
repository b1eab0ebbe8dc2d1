/** The parts that are read of what BigQuery's REST API sends. 64-bit numbers come as text. */
export interface FieldResource {
  readonly name: string
  readonly type: string
  readonly mode?: string
  readonly description?: string
  readonly fields?: readonly FieldResource[]
  readonly precision?: string
  readonly scale?: string
  readonly policyTags?: { readonly names?: readonly string[] }
}

export interface TableReference {
  readonly projectId: string
  readonly datasetId: string
  readonly tableId: string
}

export interface TimePartitioning {
  readonly type: string
  readonly field?: string
  /** How long after its own date a partition is kept; null takes it away. */
  readonly expirationMs?: string | null
}

export interface TableResource {
  readonly tableReference: TableReference
  readonly type?: string
  readonly description?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly schema?: { readonly fields?: readonly FieldResource[] }
  readonly view?: { readonly query: string; readonly useLegacySql?: boolean }
  /** Without a field: by when rows came in. */
  readonly timePartitioning?: TimePartitioning
  readonly rangePartitioning?: { readonly field: string }
  /** Every query has to filter the partitions that it reads. */
  readonly requirePartitionFilter?: boolean
  /** Milliseconds since 1970; null takes it away. */
  readonly expirationTime?: string | null
  readonly clustering?: { readonly fields?: readonly string[] } | null
  readonly numRows?: string
}

export interface ErrorResource {
  readonly reason?: string
  readonly message?: string
  readonly location?: string
}

export interface JobResource {
  readonly jobReference?: { readonly projectId?: string; readonly jobId?: string; readonly location?: string }
  readonly status?: { readonly state?: string; readonly errorResult?: ErrorResource }
  readonly statistics?: {
    readonly totalBytesProcessed?: string
    readonly totalSlotMs?: string
    readonly query?: {
      readonly schema?: { readonly fields?: readonly FieldResource[] }
      readonly totalBytesProcessed?: string
      readonly totalBytesBilled?: string
      readonly totalSlotMs?: string
      readonly cacheHit?: boolean
      readonly numDmlAffectedRows?: string
    }
    readonly load?: { readonly outputRows?: string }
  }
}

export interface RowsResource {
  readonly jobComplete?: boolean
  readonly schema?: { readonly fields?: readonly FieldResource[] }
  readonly rows?: readonly RowResource[]
  readonly pageToken?: string
}

export interface RowResource {
  readonly f: readonly { readonly v: unknown }[]
}
