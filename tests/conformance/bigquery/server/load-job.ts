import type { WireRow } from '../../../../src/googlesql/wire.ts'
import { ApiError, invalid, notImplemented } from './api-error.ts'
import { cellOfJson, lowerKeys } from './cells.ts'
import { csvRecords } from './csv.ts'
import { columnOfField } from './fields.ts'
import type { Done, LoadConfiguration } from './jobs.ts'
import { parquetObjects } from './parquet.ts'
import type { Store, StoredColumn } from './store.ts'
import { writeTable } from './write-table.ts'

/** Loads what was uploaded. Throws `ApiError`, naming the row; then nothing is loaded. */
export async function runLoadJob(load: LoadConfiguration, data: Buffer | undefined, store: Store): Promise<Done> {
  if (data === undefined) throw notImplemented('a load job from a bucket')
  const id = { dataset: load.destinationTable.datasetId, table: load.destinationTable.tableId }
  const columns = columnsOf(load, store)
  const rows = await readRows(load, data, columns)
  const writeDisposition = load.writeDisposition ?? 'WRITE_APPEND'
  writeTable(
    store,
    { ...load, id, writeDisposition, createDisposition: load.createDisposition ?? 'CREATE_IF_NEEDED' },
    columns,
    rows,
  )
  const statistics = {
    inputFiles: '1',
    inputFileBytes: String(data.length),
    outputRows: String(rows.length),
    outputBytes: String(data.length),
    badRecords: '0',
  }
  return { outcome: undefined, statistics }
}

function columnsOf(load: LoadConfiguration, store: Store): readonly StoredColumn[] {
  if (load.schema?.fields !== undefined) return load.schema.fields.map(columnOfField)
  const { datasetId, tableId } = load.destinationTable
  const standing = store.findTable({ dataset: datasetId, table: tableId })
  if (standing !== undefined) return standing.columns
  if (load.autodetect === true) throw notImplemented('detecting a schema')
  throw invalid('No schema specified on job or table.')
}

async function readRows(
  load: LoadConfiguration,
  data: Buffer,
  columns: readonly StoredColumn[],
): Promise<readonly WireRow[]> {
  switch (load.sourceFormat ?? 'CSV') {
    case 'NEWLINE_DELIMITED_JSON':
      return jsonLines(data).map((object, index) => rowOfObject(object, columns, load, index + 1))
    case 'PARQUET':
      return (await parquetObjects(data)).map((object, index) => rowOfObject(object, columns, load, index + 1))
    case 'CSV':
      return csvRows(load, data, columns)
    default:
      throw notImplemented(`the format ${load.sourceFormat}`)
  }
}

function jsonLines(data: Buffer): readonly unknown[] {
  const lines = data.toString('utf8').split(/\r?\n/)
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      return [JSON.parse(line) as unknown]
    } catch {
      throw unreadable(
        `JSON parsing error in row starting at line ${index + 1}: Parser terminated before end of string`,
      )
    }
  })
}

function rowOfObject(
  object: unknown,
  columns: readonly StoredColumn[],
  { ignoreUnknownValues }: LoadConfiguration,
  line: number,
): WireRow {
  if (typeof object !== 'object' || object === null || Array.isArray(object))
    throw unreadable(`JSON parsing error in row starting at line ${line}: a row must be an object`)
  const given = lowerKeys(object as Record<string, unknown>)
  const known = new Set(columns.map(({ name }) => name.toLowerCase()))
  const strange = [...given.keys()].find(name => !known.has(name))
  if (strange !== undefined && ignoreUnknownValues !== true)
    throw unreadable(`JSON parsing error in row starting at line ${line}: No such field: ${strange}.`)
  return columns.map(({ name, type }) => {
    try {
      return cellOfJson(type, given.get(name.toLowerCase()), name)
    } catch (error) {
      throw unreadable(`JSON parsing error in row starting at line ${line}: ${(error as Error).message}`)
    }
  })
}

function csvRows(load: LoadConfiguration, data: Buffer, columns: readonly StoredColumn[]): readonly WireRow[] {
  const { fieldDelimiter = ',', quote = '"', skipLeadingRows = 0, nullMarker = '' } = load
  const records = csvRecords(data.toString('utf8'), fieldDelimiter, quote).slice(Number(skipLeadingRows))
  return records.map((record, index) => {
    if (record.length !== columns.length)
      throw unreadable(
        `CSV processing encountered a row of ${record.length} fields where ${columns.length} are expected; row ${index + 1}`,
      )
    return columns.map(({ name, type }, place) => {
      const field = record[place]!
      const isNull = !field.isQuoted && field.text === nullMarker
      try {
        return cellOfJson(type, isNull ? null : field.text, name)
      } catch (error) {
        throw unreadable(`${(error as Error).message}; row ${index + 1}`)
      }
    })
  })
}

const unreadable = (message: string): ApiError =>
  new ApiError(400, 'invalid', `Error while reading data, error message: ${message}`, undefined, true)
