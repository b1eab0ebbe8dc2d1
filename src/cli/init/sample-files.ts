import { statSync } from 'node:fs'
import { posix } from 'node:path'
import type { RawSample, SampledColumn } from '../../authoring/recognize.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { physicalKind } from '../../warehouse/duckdb/physical-types.ts'
import { type DescribedColumn, type Session, WarehouseError } from '../../warehouse/warehouse.ts'
import type { DataFolder } from './data-folders.ts'
import { likenessOf } from './likeness.ts'
import type { FilesBeside } from './proposal.ts'
import { type Around, fromFolder } from './readable.ts'

const sampledRows = 1000
const toldValues = 100

/** Raw files that one path or pattern of the config means, and their columns. */
export interface SampledFiles {
  readonly files: readonly string[]
  readonly sample: RawSample
  /** Others of the same columns, whose names are too unlike to be meant by one path. */
  readonly beside: FilesBeside | undefined
}

/** A file that is named as one of raw data, and cannot be read. */
export interface UnreadableFile {
  readonly file: string
  readonly because: string
}

/** The files of a folder by their first rows; files of the same columns whose names differ in one place, `events_1.csv` and `events_2.csv`, are one. */
export async function sampledFiles(
  { session, root }: Pick<Around, 'session' | 'root'>,
  folder: DataFolder,
): Promise<{ readonly sampled: readonly SampledFiles[]; readonly unreadable: readonly UnreadableFile[] }> {
  const read: { readonly name: string; readonly columns: readonly SampledColumn[] }[] = []
  const unreadable: UnreadableFile[] = []
  for (const name of folder.files) {
    const columns = await columnsOf(session, posix.join(root, folder.path, name))
    if (columns instanceof WarehouseError)
      unreadable.push({ file: posix.join(folder.path, name), because: fromFolder(columns.message, root) })
    else read.push({ name, columns })
  }
  return { sampled: groupedFiles(read, folder), unreadable }
}

function groupedFiles(
  sampled: readonly { readonly name: string; readonly columns: readonly SampledColumn[] }[],
  folder: DataFolder,
): readonly SampledFiles[] {
  const groups = grouped(sampled, ({ name, columns }) => `${endingOf(name)} ${columns.map(column => column.name)}`)
  return groups.flatMap(group => {
    const names = group.map(({ name }) => name)
    const pattern = patternOf(names, folder.files)
    if (pattern !== undefined && !pattern.startsWith('*'))
      return [filesOf(folder, names, pattern, group[0]!.columns, undefined)]
    return group.map(({ name, columns }) => {
      const others = names.filter(other => other !== name).map(other => posix.join(folder.path, other))
      const together = pattern === undefined ? undefined : posix.join(folder.path, pattern)
      const beside = others.length === 0 ? undefined : { files: others, pattern: together }
      return filesOf(folder, [name], name, columns, beside)
    })
  })
}

function filesOf(
  { path }: DataFolder,
  files: readonly string[],
  file: string,
  columns: readonly SampledColumn[],
  beside: FilesBeside | undefined,
): SampledFiles {
  return { files: files.map(name => posix.join(path, name)), sample: { file: posix.join(path, file), columns }, beside }
}

/**
 * `events_*.csv` for `events_1.csv` and `events_2.csv`, `*.csv` for files of unlike names; undefined where no pattern means these files and no
 * others of the folder.
 */
function patternOf(names: readonly string[], others: readonly string[]): string | undefined {
  const [first, ...rest] = names
  if (first === undefined || rest.length === 0) return undefined
  const start = commonStart(names)
  const end = commonStart(names.map(name => [...name].reverse().join('')))
  const [prefix, suffix] = [first.slice(0, start), first.slice(first.length - end)]
  const meant = others.filter(
    name => name.length >= prefix.length + suffix.length && name.startsWith(prefix) && name.endsWith(suffix),
  )
  return meant.length === names.length ? `${prefix}*${suffix}` : undefined
}

function commonStart([first = '', ...others]: readonly string[]): number {
  let length = 0
  while (length < first.length && others.every(other => other[length] === first[length])) length++
  return length
}

function endingOf(name: string): string {
  return name.slice(name.indexOf('.')).toLowerCase()
}

/** Or what the engine says where the file cannot be read. */
async function columnsOf(session: Session, file: string): Promise<readonly SampledColumn[] | WarehouseError> {
  if (statSync(file).size === 0) return new WarehouseError('it is empty', { kind: 'data' })
  const { from, textOf, isNestedIn } = isJson.test(file) ? jsonReader(file) : tableReader(file)
  try {
    const described = await session.describe(`select * from ${from}`)
    const selected = described.map(
      (column, index) => `${textOf(column)} as c${index}, ${isNestedIn(column)} as n${index}`,
    )
    const rows = await session.query(`select ${selected.join(', ')} from (select * from ${from} limit ${sampledRows})`)
    return described.map(({ name }, index) => {
      if (rows.some(row => row[`n${index}`] === true)) return { name, looksLike: 'nested', values: [] }
      const values = rows.map(row => String(row[`c${index}`] ?? '')).filter(value => value !== '')
      return { name, looksLike: likenessOf(values), values: byFrequency(values).slice(0, toldValues) }
    })
  } catch (error) {
    if (error instanceof WarehouseError) return error
    throw error
  }
}

/** How a file is read as text: what stands after `from`, and of a column the SQL for its value and for whether that is a list or record. */
interface Reader {
  readonly from: string
  readonly textOf: (column: DescribedColumn) => string
  readonly isNestedIn: (column: DescribedColumn) => string
}

const isJson = /\.(json|jsonl|ndjson)(\.gz)?$/i

/** Values stand as in the file: the engine would make times of text that looks like one, and forget the zones they name. */
function jsonReader(file: string): Reader {
  const value = ({ name }: DescribedColumn) => `cast(${duckdb.identifier(name)} as json)`
  return {
    from: `read_json(${literalOf(file)}, maximum_depth = 1, map_inference_threshold = -1, ignore_errors = false)`,
    textOf: column => `json_extract_string(${value(column)}, '$')`,
    isNestedIn: column => `json_type(${value(column)}) in ('ARRAY', 'OBJECT')`,
  }
}

function tableReader(file: string): Reader {
  const isNested = ({ engineType, type }: DescribedColumn) =>
    physicalKind(engineType) !== 'instant' && (type === undefined || nestedKinds.includes(type.kind))
  return {
    from: /\.(parquet|pq)$/i.test(file)
      ? `read_parquet(${literalOf(file)})`
      : `read_csv(${literalOf(file)}, all_varchar = true, header = true, ignore_errors = true)`,
    textOf: column => (isNested(column) ? 'null' : `cast(${duckdb.identifier(column.name)} as varchar)`),
    isNestedIn: column => String(isNested(column)),
  }
}

const nestedKinds: readonly string[] = ['list', 'record', 'json']

function literalOf(file: string): string {
  return duckdb.text(file.replaceAll(/[*?[]/g, '[$&]'))
}

function byFrequency(values: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value)
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return [...groups.values()]
}
