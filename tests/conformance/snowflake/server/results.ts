/** A column of a result, as the service describes it. */
export interface Column {
  readonly name: string
  /** `fixed`, `real`, `text`, `timestamp_ntz` and so on. */
  readonly type: string
  readonly nullable: boolean
  readonly precision: number | null
  readonly scale: number | null
  readonly length: number | null
  readonly byteLength: number | null
  readonly database: string
  readonly schema: string
  readonly table: string
  readonly collation: string | null
}

export type Row = readonly (string | null)[]

/** What a statement gives. */
export interface Result {
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** What the driver tells kinds of statements apart by: https://docs.snowflake.com/en/developer-guide/sql-api/reference */
  readonly statementTypeId: number
  /** Where a file goes that the driver copies itself, for PUT. */
  readonly upload?: Readonly<Record<string, unknown>>
}

export const statementTypes = { select: 4096, insert: 12544, multiple: 40960, other: 20480 } as const

export const textColumn = (name: string): Column => ({
  ...columnOf(name, 'text'),
  length: 16_777_216,
  byteLength: 16_777_216,
})

export const countColumn = (name: string): Column => ({ ...columnOf(name, 'fixed'), precision: 19, scale: 0 })

function columnOf(name: string, type: string): Column {
  const where = { database: '', schema: '', table: '' }
  return {
    name,
    type,
    nullable: true,
    precision: null,
    scale: null,
    length: null,
    byteLength: null,
    collation: null,
    ...where,
  }
}

/** What is told of a statement that has no rows to give. */
export const executed: Result = {
  columns: [textColumn('status')],
  rows: [['Statement executed successfully.']],
  statementTypeId: statementTypes.other,
}
