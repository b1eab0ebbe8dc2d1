import { GoogleSqlError } from '../../../src/googlesql/errors.ts'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { plainRows } from '../../../src/googlesql/googlesql.ts'
import type { SqlField, SqlType } from '../../../src/googlesql/types.ts'
import type { SqlValue } from '../../../src/googlesql/values.ts'
import { comparableValue } from './comparable.ts'
import type { Fixture, RecordedParameters } from './corpus-fixtures.ts'
import { ApiError } from './server/api-error.ts'
import { Clock } from './server/clock.ts'
import { apiField } from './server/fields.ts'
import type { JobConfiguration, QueryConfiguration, TableReference } from './server/jobs.ts'
import type { ApiParameter, ApiType, ApiValue } from './server/parameters.ts'
import { type Asked, runQueryJob } from './server/query-job.ts'
import { Store } from './server/store.ts'

/**
 * What came of a fixture here beside what real BigQuery said: `equal` in schema and rows; `refused` by both, for the same reason; `unsupported`: this server says
 * that it cannot; `other-error`: it fails where BigQuery answered; `wrong`: it answers otherwise.
 */
export interface Replayed {
  readonly outcome: 'equal' | 'refused' | 'unsupported' | 'other-error' | 'wrong'
  readonly told: string
}

const project = 'corpus'

/** Runs the fixture in a project of its own. */
export async function replay(google: GoogleSql, fixture: Fixture): Promise<Replayed> {
  const store = new Store(project, new Clock())
  store.createDataset('ds', {})
  const asked: Asked = { google, store, functions: new Map(), caller: 'user:ana@example.com' }
  const { expected } = fixture
  try {
    if (fixture.setup !== undefined) await runQueryJob({ query: { query: filled(fixture.setup) } }, asked)
    const { outcome } = await runQueryJob(configurationOf(fixture), asked)
    if (expected.error !== undefined)
      return { outcome: 'wrong', told: `answers; recorded: ${expected.error.message_sample}` }
    const difference = differenceOf(fixture, outcome?.columns, outcome === undefined ? [] : (outcome.rows ?? []))
    return difference === undefined ? { outcome: 'equal', told: '' } : { outcome: 'wrong', told: difference }
  } catch (error) {
    if (error instanceof GoogleSqlError && error.kind === 'unsupported')
      return { outcome: 'unsupported', told: error.message }
    if (!(error instanceof ApiError)) throw error
    if (error.reason === 'notImplemented') return { outcome: 'unsupported', told: error.message }
    if (expected.error === undefined) return { outcome: 'other-error', told: error.message }
    if (expected.error.reason === error.reason) return { outcome: 'refused', told: error.message }
    return {
      outcome: 'other-error',
      told: `refused as ${error.reason}: ${error.message}; recorded: ${expected.error.reason}`,
    }
  }
}

const filled = (text: string): string =>
  text.replaceAll('${DATASET}', `${project}.ds`).replaceAll('${PROJECT}', project).replaceAll('${DATASET_ID}', 'ds')

function configurationOf({ query, parameters, settings }: Fixture): JobConfiguration {
  const text = (name: string): string | undefined => (settings[name] === undefined ? undefined : String(settings[name]))
  const destination = text('destination')
  const dataset = text('default_dataset')
  const given: { readonly [K in keyof QueryConfiguration]: QueryConfiguration[K] | undefined } = {
    query: filled(query),
    queryParameters: parameters && apiParameters(parameters),
    destinationTable: destination === undefined ? undefined : tableIn(filled(destination)),
    defaultDataset: dataset === undefined ? undefined : { datasetId: filled(dataset).split('.').at(-1)! },
    writeDisposition: text('write_disposition'),
    createDisposition: text('create_disposition'),
    schemaUpdateOptions: settings.schema_update_options as readonly string[] | undefined,
    timePartitioning: settings.time_partitioning as QueryConfiguration['timePartitioning'],
    clustering:
      settings.clustering_fields === undefined ? undefined : { fields: settings.clustering_fields as string[] },
    maximumBytesBilled: text('maximum_bytes_billed'),
    useLegacySql: settings.use_legacy_sql === true,
    createSession: settings.create_session === true,
    connectionProperties: settings.connection_properties as readonly object[] | undefined,
  }
  const query_ = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { query: query_ as unknown as QueryConfiguration, dryRun: settings.dry_run === true }
}

function tableIn(path: string): TableReference {
  const [, datasetId, tableId] = path.split('.')
  return { datasetId: datasetId!, tableId: tableId! }
}

function apiParameters({ parameters }: RecordedParameters): readonly ApiParameter[] {
  return parameters.map(({ name, type, value }) => {
    const parameterType = apiType(type)
    return { ...(name === undefined ? {} : { name }), parameterType, parameterValue: apiValue(parameterType, value) }
  })
}

function apiType(type: unknown): ApiType {
  if (typeof type === 'string') return { type }
  const {
    type: name,
    arrayType,
    structTypes,
  } = type as { type: string; arrayType?: unknown; structTypes?: { name?: string; type: unknown }[] }
  return {
    type: name,
    ...(arrayType === undefined ? {} : { arrayType: apiType(arrayType) }),
    ...(structTypes === undefined
      ? {}
      : {
          structTypes: structTypes.map(field => ({
            ...(field.name ? { name: field.name } : {}),
            type: apiType(field.type),
          })),
        }),
  }
}

function apiValue(type: ApiType, value: unknown): ApiValue {
  if (type.arrayType !== undefined)
    return { arrayValues: (value as unknown[]).map(item => apiValue(type.arrayType!, item)) }
  if (type.structTypes !== undefined) {
    const given = value as Record<string, unknown>
    return {
      structValues: Object.fromEntries(
        type.structTypes.map(field => [field.name!, apiValue(field.type, given[field.name!])]),
      ),
    }
  }
  return { value: value === null ? null : String(value) }
}

function differenceOf(
  { expected }: Fixture,
  columns: readonly SqlField[] | undefined,
  rows: Parameters<typeof plainRows>[0]['rows'],
): string | undefined {
  const recorded = (expected.schema ?? []).map(schemaText)
  const found = (columns ?? []).map(column => schemaText(apiField(column)))
  if (columns !== undefined && JSON.stringify(found) !== JSON.stringify(recorded))
    return `columns ${found.join(', ')}; recorded: ${recorded.join(', ')}`
  const here = plainRows({ columns: columns ?? [], rows }).map(row => rowText(columns ?? [], row))
  const there = (expected.rows ?? []).map(row => rowText(columns ?? [], row as Record<string, SqlValue>))
  if (JSON.stringify(here.sort()) === JSON.stringify(there.sort())) return undefined
  return `rows ${here.slice(0, 3).join(' ')}; recorded: ${there.slice(0, 3).join(' ')}`
}

const schemaText = ({
  name,
  type,
  mode,
}: {
  readonly name: string
  readonly type: string
  readonly mode?: string
}): string => `${name} ${type}${mode === 'REPEATED' ? ' REPEATED' : ''}`

const rowText = (columns: readonly SqlField[], row: Readonly<Record<string, SqlValue>>): string =>
  JSON.stringify(columns.map(({ name, type }) => recordedValue(type, row[name])))

/** The client for Python gives JSON as what it holds, and this is written down as text or as it is. */
function recordedValue(type: SqlType, value: SqlValue | undefined): unknown {
  if (type.kind !== 'JSON' || value === null || value === undefined) return comparableValue(type, value)
  try {
    return comparableValue(type, typeof value === 'string' ? value : JSON.stringify(value))
  } catch {
    return comparableValue(type, JSON.stringify(value))
  }
}
