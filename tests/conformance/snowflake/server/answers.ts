import { gzipSync } from 'node:zlib'
import type { Row } from './results.ts'
import { textColumn } from './results.ts'
import type { ServiceError } from './service-error.ts'
import type { Session } from './sessions.ts'
import type { Statement } from './statements.ts'

/** The body of an answer: https://docs.snowflake.com/en/developer-guide/sql-api/reference has its kin. */
export interface Answer {
  readonly status?: number
  readonly body: {
    readonly success: boolean
    readonly code: string | null
    readonly message: string | null
    readonly data: unknown
  }
}

export const succeeded = (data: unknown, code: string | null = null): Answer => ({
  body: { success: true, code, message: null, data },
})

export const refused = (code: string, message: string, data: unknown = null, status = 200): Answer => ({
  status,
  body: { success: false, code, message, data },
})

/** What the driver reads of a session's parameters; without the formats it fails on some types. */
const parameters = {
  TIMEZONE: 'UTC',
  AUTOCOMMIT: true,
  BINARY_OUTPUT_FORMAT: 'HEX',
  DATE_OUTPUT_FORMAT: 'YYYY-MM-DD',
  TIME_OUTPUT_FORMAT: 'HH24:MI:SS',
  TIMESTAMP_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM',
  TIMESTAMP_NTZ_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF3',
  TIMESTAMP_LTZ_OUTPUT_FORMAT: '',
  TIMESTAMP_TZ_OUTPUT_FORMAT: '',
  CLIENT_TELEMETRY_ENABLED: false,
  // As the service has it: so many array binds and fewer come with their statement, more as a file in a stage.
  CLIENT_STAGE_ARRAY_BINDING_THRESHOLD: 65_280,
  CLIENT_SESSION_KEEP_ALIVE: false,
  CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY: 3600,
  CLIENT_RESULT_CHUNK_SIZE: 160,
  CLIENT_PREFETCH_THREADS: 4,
}

/** They, as the session's own settings have them. */
export function parametersOf({ settings }: Session): readonly { readonly name: string; readonly value: unknown }[] {
  const own = Object.fromEntries([...settings].map(([name, value]) => [name, read(value)]))
  return Object.entries({ ...parameters, ...own }).map(([name, value]) => ({ name, value }))
}

function read(value: string): string | number | boolean {
  if (/^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true'
  return /^\d+$/.test(value) ? Number(value) : value
}

/** Parts of large results, by the path that the driver fetches each by. */
export type Chunks = Map<string, Buffer>

export interface ChunkSizes {
  /** Rows in the answer itself. */
  readonly first: number
  /** Rows in each part that is fetched. */
  readonly others: number
}

/** The answer to a statement that has ended. */
export function ended(
  statement: Statement,
  session: Session,
  chunks: Chunks,
  address: string,
  sizes: ChunkSizes,
): Answer {
  const { result, error } = statement
  if (error !== undefined || result === undefined) return failed(statement, error!)
  if (result.upload !== undefined) return succeeded({ ...result.upload, queryId: statement.id })
  const rest = result.rows.slice(sizes.first)
  const parts = Array.from({ length: Math.ceil(rest.length / sizes.others) }, (_, index) =>
    chunk(
      rest.slice(index * sizes.others, (index + 1) * sizes.others),
      `/chunks/${statement.id}/${index}`,
      chunks,
      address,
    ),
  )
  return succeeded({
    parameters: parametersOf(session),
    rowtype: result.columns,
    rowset: result.rows.slice(0, sizes.first),
    queryResultFormat: 'json',
    total: result.rows.length,
    returned: result.rows.length,
    queryId: statement.id,
    statementTypeId: result.statementTypeId,
    version: 1,
    finalDatabaseName: session.engine.database ?? null,
    finalSchemaName: session.engine.schema ?? null,
    finalWarehouseName: session.warehouse,
    finalRoleName: session.role,
    numberOfBinds: 0,
    arrayBindSupported: false,
    ...(parts.length > 0 && { chunks: parts, chunkHeaders: { 'x-chunk': 'yes' } }),
  })
}

/** Its body is the rows without the list's own brackets. */
function chunk(rows: readonly Row[], path: string, chunks: Chunks, address: string) {
  const body = Buffer.from(JSON.stringify(rows).slice(1, -1))
  const packed = chunks.get(path) ?? gzipSync(body, { level: 1 })
  chunks.set(path, packed)
  return { url: address + path, rowCount: rows.length, uncompressedSize: body.length, compressedSize: packed.length }
}

function failed({ id }: Statement, { code, sqlState, message, place }: ServiceError): Answer {
  const at = { line: place.line, pos: place.position }
  const data = { errorCode: code, sqlState, queryId: id, internalError: false, age: 0, type: 'COMPILATION', ...at }
  return refused(code, message, data)
}

/** The answer while a statement runs: the driver asks on where it says. */
export const running = ({ id }: Statement, code: '333333' | '333334'): Answer =>
  succeeded({ queryId: id, getResultUrl: `/queries/${id}/result`, queryAbortsAfterSecs: 300, progressDesc: null }, code)

/** The answer to several statements at once, whose results the driver fetches one by one. */
export const severalEnded = (id: string, statements: readonly Statement[], session: Session): Answer =>
  succeeded({
    parameters: parametersOf(session),
    rowtype: [textColumn('multiple statement execution')],
    rowset: [['Multiple statements executed successfully.']],
    queryResultFormat: 'json',
    total: 1,
    returned: 1,
    queryId: id,
    statementTypeId: 40960,
    version: 1,
    resultIds: statements.map(statement => statement.id).join(','),
    resultTypes: statements.map(({ result }) => result?.statementTypeId ?? 20480).join(','),
  })
