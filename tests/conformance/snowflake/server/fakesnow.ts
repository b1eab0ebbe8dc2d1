import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { environmentPython } from '../python.ts'
import { rowsOfArrow } from './arrow-rows.ts'
import { engineError } from './engine-errors.ts'
import type { Column, Result, Row } from './results.ts'
import { firstWord } from './sql-text.ts'

/** A session of fakesnow's: one connection to its DuckDB, with a schema and a transaction of its own. */
export interface EngineSession {
  /** Runs one statement, without binds. Throws `ServiceError`. */
  run(sql: string, options?: { readonly describeOnly: boolean }): Promise<Result>
  /** Where names without a schema are looked up. */
  readonly database: string | undefined
  readonly schema: string | undefined
  /** Ends it; what is not committed is undone. */
  end(): Promise<void>
}

/** fakesnow's server in a process of its own, its state in memory. */
export class Fakesnow {
  private constructor(
    private readonly process: ChildProcess,
    private readonly address: string,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Fakesnow> {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-fakesnow-'))
    const script = fileURLToPath(new URL('fakesnow_server.py', import.meta.url))
    const child = spawn(environmentPython, [script], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: folder, PYTHONUNBUFFERED: '1' },
    })
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', told => resolve(String(told).trim()))
      child.once('error', reject)
      child.once('exit', code => reject(new Error(`fakesnow ended with ${code} before it could be asked`)))
    })
    return new Fakesnow(child, `http://127.0.0.1:${port}`, folder)
  }

  async open(database: string | undefined, schema: string | undefined): Promise<EngineSession> {
    const url = new URL('/session/v1/login-request', this.address)
    if (database !== undefined) url.searchParams.set('databaseName', database)
    if (schema !== undefined) url.searchParams.set('schemaName', schema)
    const { data } = await this.post(url, { data: { SESSION_PARAMETERS: {} } })
    const token = String(data?.token)
    const where = { database: database?.toUpperCase(), schema: schema?.toUpperCase() }
    return {
      get database() {
        return where.database
      },
      get schema() {
        return where.schema
      },
      run: async (sql, { describeOnly } = { describeOnly: false }) => {
        const answer = await this.post(
          new URL('/queries/v1/query-request', this.address),
          { sqlText: sql, describeOnly },
          token,
        )
        if (!answer.success || answer.data === null) throw engineError(answer, sql, where)
        where.database = answer.data.finalDatabaseName ?? where.database
        where.schema = answer.data.finalSchemaName ?? where.schema
        return this.resultOf(answer.data, sql)
      },
      end: async () => {
        const { success } = await this.post(
          new URL('/queries/v1/query-request', this.address),
          { sqlText: 'rollback' },
          token,
        )
        if (success) await this.post(new URL('/session?delete=true', this.address), {}, token)
      },
    }
  }

  /** Ends the process and forgets all. */
  async stop(): Promise<void> {
    const ended = new Promise(resolve => this.process.once('exit', resolve))
    this.process.stdin?.end()
    await ended
    rmSync(this.folder, { recursive: true, force: true })
  }

  private resultOf(data: EngineData, sql: string): Result {
    if (data.stageInfo !== undefined) return { ...noRows, upload: this.uploadOf(data) }
    const columns = data.rowtype ?? []
    const rows = data.queryResultFormat === 'json' ? (data.rowset ?? []) : rowsOfArrow(data.rowsetBase64 ?? '', columns)
    const isQuery = ['SELECT', 'WITH', 'SHOW', 'DESCRIBE', 'DESC', 'LIST', 'LS'].includes(firstWord(sql))
    return { columns, rows, statementTypeId: data.statementTypeId || (isQuery ? 4096 : 20480) }
  }

  /** fakesnow offers its own HTTP address, for drivers elsewhere; this one writes into the folder behind it. */
  private uploadOf({ stageInfo, ...told }: EngineData): Readonly<Record<string, unknown>> {
    const bucket = readdirSync(this.folder).find(name => name.startsWith('fakesnow_bucket_'))
    const [, path] = /\/fs_bucket\/(.*)\/[^/]*$/.exec(String(stageInfo?.presignedUrl)) ?? []
    if (bucket === undefined || path === undefined) throw new Error('fakesnow does not say where its stage is')
    const location = `${join(this.folder, bucket, decodeURIComponent(path))}/`
    return { ...told, stageInfo: { locationType: 'LOCAL_FS', location, creds: {} } }
  }

  private async post(url: URL, body: unknown, token?: string): Promise<EngineAnswer> {
    const signed = token === undefined ? undefined : { authorization: `Snowflake Token="${token}"` }
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    if (text.startsWith('{')) return JSON.parse(text)
    const reason = text.trim().split('\n').at(-1) ?? ''
    return { success: false, code: '261000', message: reason, data: null }
  }
}

const noRows = { columns: [], rows: [], statementTypeId: 0 }

/** What fakesnow's server answers. */
export interface EngineAnswer {
  readonly success: boolean
  readonly code?: string
  readonly message?: string
  readonly data: EngineData | null
}

interface EngineData {
  readonly token?: string
  readonly errorCode?: string
  readonly sqlState?: string
  readonly rowtype?: readonly Column[]
  readonly rowset?: readonly Row[]
  readonly rowsetBase64?: string
  readonly queryResultFormat?: string
  readonly statementTypeId?: number
  readonly finalDatabaseName?: string
  readonly finalSchemaName?: string
  readonly stageInfo?: { readonly presignedUrl?: string }
}
