import { folderOf } from '../support/project.ts'
import { type Answer, type Asked, type ScriptedApi, scriptedApi } from '../warehouse/bigquery/scripted-api.ts'
import type { ScriptedRows } from '../warehouse/bigquery/standing-tables.ts'
import { kiosk } from './kiosk.ts'
import { type Answer as Answered, type } from './support.ts'

export interface KioskInBigQuery {
  readonly folder: string
  readonly api: ScriptedApi
  /** Types a command for the target in BigQuery. */
  readonly run: (...args: string[]) => Promise<Answered>
}

/** The kiosk with a target in BigQuery, which is what `answer` says it is; `more` are further keys of the target. */
export async function kioskIn(answer: (asked: Asked, times: number) => Answer, more = ''): Promise<KioskInBigQuery> {
  const api = await scriptedApi(answer)
  const config = kiosk['warehouse.config.yaml']!.replace(
    'targets:\n',
    `targets:\n  prod: { engine: bigquery, project: acme, location: EU, dataset: j, credentials: "\${CREDS}", api_endpoint: "${api.settings.apiEndpoint}"${more} }\n`,
  )
  const folder = folderOf({ ...kiosk, 'warehouse.config.yaml': config })
  const world = { env: { CREDS: api.settings.credentials } }
  return { folder, run: (...args) => type(folder, [...args, '--target', 'prod'], world), api }
}

/** Five rows wherever rows are counted, none that fail a test. */
export function counts(sql: string): ScriptedRows | undefined {
  const names = [...sql.matchAll(/\bas (place|tl_rows|tl_test_\d+|tl_other_\d+|failures|row_count)\b/g)].map(
    ([, name]) => name!,
  )
  if (names.length === 0) return undefined
  const fields = names.map(name => ({ name, type: 'INTEGER' }))
  return { fields, rows: [names.map(name => (name === 'tl_rows' || name === 'row_count' ? '5' : '0'))] }
}
