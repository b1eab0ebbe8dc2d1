import { join } from 'node:path'
import type { Columns } from '../../../src/authoring/column.ts'
import type { Location } from '../../../src/authoring/location.ts'
import type { CompiledSourceTable } from '../../../src/compile/compiled.ts'
import { integer, text } from '../../../src/index.ts'
import type { FieldResource, TableResource } from '../../../src/warehouse/bigquery/resources.ts'
import type { BigQuerySettings } from '../../../src/warehouse/bigquery/settings.ts'
import type { Fence } from '../../../src/warehouse/sharing.ts'
import type { Landed } from '../../../src/warehouse/warehouse.ts'
import { folderOf } from '../../support/project.ts'
import { type Answer, type Asked, jobFailed, refusal, scriptedApi } from './scripted-api.ts'
import { type ScriptedRows, StandingTables } from './standing-tables.ts'

const fence: Fence = { lease: { schema: 'j_about', name: 'lease', database: 'acme' }, runId: 'r1' }
export const inTable: Location = { table: 'raw_crm.contact', badRows: 'fail' }
export const inFile = (rows = '1,a@b.example\n'): Location => ({
  file: join(folderOf({ 'contact.csv': `id,email\n${rows}` }), 'contact.csv'),
  badRows: 'quarantine',
})
const plain: Columns = { id: integer('Which'), email: text('E-mail') }
export const personal: Columns = { ...plain, email: text('E-mail').classified('personal') }
export const contact = (location: Location, columns = plain): CompiledSourceTable => ({
  name: 'crm.contact',
  source: 'crm',
  tableKey: 'contact',
  description: 'Contacts.',
  columns,
  location,
  table: { schema: 'j_raw', name: 'crm__contact', database: 'acme' },
  path: 'sources/crm.ts',
  file: '/sources/crm.ts',
})

export const fields: readonly FieldResource[] = [
  { name: 'id', type: 'INTEGER', mode: 'NULLABLE' },
  { name: 'email', type: 'STRING', mode: 'NULLABLE' },
]
export const landedFields: readonly FieldResource[] = [
  ...fields,
  { name: 'tl_row_id', type: 'STRING', mode: 'NULLABLE' },
  { name: 'tl_row_number', type: 'INTEGER', mode: 'NULLABLE' },
]
export const withTag = (tag: string, of = landedFields): readonly FieldResource[] =>
  of.map(field => (field.name === 'email' ? { ...field, policyTags: { names: [tag] } } : field))
export const asTable = (of = landedFields): Omit<TableResource, 'tableReference'> => ({
  type: 'TABLE',
  schema: { fields: of },
})
export const asView: Omit<TableResource, 'tableReference'> = { type: 'VIEW', view: { query: 'select 1' } }
const counted: ScriptedRows = { fields: [{ name: 'row_count', type: 'INTEGER' }], rows: [['3']] }

interface Doing {
  readonly line: string
  readonly asked: Asked
}

/** Lands the table over what stands under its name, and under that of its rows set aside. */
export async function landed(
  source: CompiledSourceTable,
  { raw, aside }: { readonly raw?: Omit<TableResource, 'tableReference'>; readonly aside?: 'table' | 'view' },
  {
    otherwise = () => undefined,
    holds = Number.POSITIVE_INFINITY,
    settings = {},
    fenced = true,
  }: {
    readonly otherwise?: (asked: Asked) => Answer | undefined
    /** How often the lease is the run's when it is asked for. */
    readonly holds?: number
    readonly settings?: Partial<BigQuerySettings>
    readonly fenced?: boolean
  } = {},
) {
  const tables = new StandingTables(() => counted).add('acme', 'raw_crm', 'contact', { schema: { fields } })
  tables.datasets.set('acme/j_raw', {})
  if (raw !== undefined) tables.add('acme', 'j_raw', 'crm__contact', raw)
  if (aside !== undefined)
    tables.add('acme', 'j_raw', 'crm__contact__quarantine', aside === 'view' ? asView : asTable())
  let asking = 0
  const lost = new Set<string>()
  const answer = (asked: Asked): Answer => {
    const { method, path, body } = asked
    const isFence = method === 'POST' && /as is_held$/.test(body?.configuration?.query?.query ?? '')
    if (isFence && ++asking > holds) lost.add(body.jobReference.jobId)
    if (method === 'GET' && lost.has(path.split('/').at(-1)!))
      return path.includes('/queries/')
        ? refusal(400, 'invalidQuery', 'lost')
        : jobFailed('invalidQuery', 'run r1 has lost the lease of its target')
    return otherwise(asked) ?? tables.answer(asked)
  }
  const api = await scriptedApi(answer, settings)
  const warehouse = await api.open()
  const session = await warehouse.connect()
  const outcome = await warehouse
    .land(session, source, fenced ? fence : undefined)
    .then((value: Landed) => ({ value, error: undefined }))
    .catch((error: unknown) => ({ value: undefined, error }))
  await api.close()
  const all: readonly Doing[] = api.asked.map(asked => ({ line: `${asked.method} ${asked.path}`, asked }))
  const short = ({ line, asked }: Doing): string => {
    if (asked.path !== '/projects/acme/jobs') return line.replace('/projects/acme/datasets/j_raw/tables', '')
    const { query, load } = asked.body.configuration
    if (load !== undefined) return `load ${load.writeDisposition}`
    return query.query.endsWith('as is_held') ? 'the lease is asked for' : `job ${query.query.slice(0, 12)}`
  }
  const isWork = ({ asked: { method, path } }: Doing) => method !== 'GET' || path.includes('/j_raw/')
  return { ...outcome, tables, requests: all.filter(isWork).map(short), all: api.asked }
}
