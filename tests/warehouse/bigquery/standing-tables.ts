import type { FieldResource, TableResource } from '../../../src/warehouse/bigquery/resources.ts'
import { type Answer, type Asked, jobDone, refusal } from './scripted-api.ts'

/** Rows of an answer: its columns with their types, and their values as the API sends them. */
export interface ScriptedRows {
  readonly fields: readonly FieldResource[]
  readonly rows: readonly (readonly unknown[])[]
}

/** That of a target in which nothing was built yet. */
const freeLease: ScriptedRows = {
  fields: [
    { name: 'run_number', type: 'INTEGER' },
    { name: 'run_id', type: 'STRING' },
    { name: 'is_released', type: 'BOOLEAN' },
  ],
  rows: [['0', null, 'true']],
}

/**
 * Datasets and tables that remember what is made, changed and dropped; statements are written down, not carried out: `answerTo` says what a query
 * gives. A table that a statement makes has no columns that are known here. Nobody has the lease, and each UPDATE changes a row.
 */
export class StandingTables {
  readonly datasets = new Map<string, Record<string, unknown>>()
  readonly tables = new Map<string, TableResource>()
  /** Of jobs, in order. */
  readonly statements: string[] = []
  private readonly sqlOf = new Map<string, string>()

  constructor(private readonly answerTo: (sql: string) => ScriptedRows | undefined = () => undefined) {}

  add(project: string, dataset: string, table: string, resource: Omit<TableResource, 'tableReference'>): this {
    const tableReference = { projectId: project, datasetId: dataset, tableId: table }
    this.datasets.set(`${project}/${dataset}`, { location: 'EU' })
    this.tables.set(`${project}/${dataset}/${table}`, { type: 'TABLE', ...resource, tableReference })
    return this
  }

  readonly answer = (asked: Asked): Answer => {
    const { method, path, body } = asked
    const [, project = '', kind, dataset = '', , table] = path.slice(1).split('/')
    if (kind === 'jobs' || kind === 'queries') return this.ofJob(asked, kind, dataset)
    if (path.endsWith(':getIamPolicy')) return { body: { bindings: [{ role: 'r', members: ['group:a@b.c'] }] } }
    if (path.endsWith(':setIamPolicy')) return { body: {} }
    if (path.endsWith('/rowAccessPolicies')) return { body: {} }
    const inDataset = `${project}/${dataset}`
    if (path.endsWith('/datasets')) {
      this.datasets.set(`${project}/${(body.datasetReference as { datasetId: string }).datasetId}`, body)
      return { body: {} }
    }
    if (!this.datasets.has(inDataset)) return refusal(404, 'notFound', `Not found: Dataset ${project}:${dataset}`)
    if (!path.includes('/tables')) return { body: this.datasets.get(inDataset) }
    if (table === undefined && method === 'GET') {
      return {
        body: { tables: [...this.tables].filter(([key]) => key.startsWith(`${inDataset}/`)).map(([, one]) => one) },
      }
    }
    if (table === undefined) {
      const made = body as unknown as TableResource
      const type = made.view === undefined ? 'TABLE' : 'VIEW'
      this.tables.set(`${inDataset}/${made.tableReference.tableId}`, { type, ...made })
      return { body: made }
    }
    const found = this.tables.get(`${inDataset}/${table}`)
    if (found === undefined) return refusal(404, 'notFound', `Not found: Table ${project}:${dataset}.${table}`)
    if (method === 'DELETE') this.tables.delete(`${inDataset}/${table}`)
    if (method === 'PATCH') this.tables.set(`${inDataset}/${table}`, { ...found, ...body })
    return { body: this.tables.get(`${inDataset}/${table}`) ?? {} }
  }

  private ofJob({ method, body }: Asked, kind: string, jobId: string): Answer {
    if (method === 'POST') {
      const { query, load, dryRun } = body.configuration
      const sql = query?.query ?? `load ${JSON.stringify(load)}`
      if (dryRun) return jobDone()
      this.statements.push(sql)
      this.sqlOf.set(body.jobReference.jobId, sql)
      this.make(sql)
      const loaded = load?.destinationTable as TableResource['tableReference'] | undefined
      if (loaded !== undefined) this.add(loaded.projectId, loaded.datasetId, loaded.tableId, { type: 'TABLE' })
      return { body: {} }
    }
    const sql = this.sqlOf.get(jobId) ?? ''
    const numDmlAffectedRows = sql.startsWith('update ') ? { numDmlAffectedRows: '1' } : {}
    const query = { totalBytesBilled: '10485760', totalSlotMs: '5', ...numDmlAffectedRows }
    if (kind === 'jobs') return jobDone({ statistics: { query } })
    const told = /^select run_number, /.test(sql) ? freeLease : this.answerTo(sql)
    if (told === undefined) return { body: { jobComplete: true } }
    const rows = told.rows.map(values => ({ f: values.map(v => ({ v })) }))
    return { body: { jobComplete: true, schema: { fields: told.fields }, rows } }
  }

  private make(sql: string): void {
    const made = /(?:^|;\n)create (?:or replace )?(table|view) (?:if not exists )?`?([\w-]+)`?\.(\w+)\.(\w+)/.exec(sql)
    if (made !== null) this.add(made[2]!, made[3]!, made[4]!, { type: made[1]!.toUpperCase() })
  }
}
