import { statSync } from 'node:fs'
import { posix } from 'node:path'
import type { RawSample, SampledColumn } from '../../authoring/recognize.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { type Session, WarehouseError } from '../../warehouse/warehouse.ts'
import type { DataFolder } from './data-folders.ts'
import { likenessOf } from './likeness.ts'
import { type Around, fromFolder } from './readable.ts'

const sampledRows = 1000
const toldValues = 100

/** Raw files that one path or pattern of the config means, and their columns. */
export interface SampledFiles {
  readonly files: readonly string[]
  readonly sample: RawSample
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
    if (pattern !== undefined) return [filesOf(folder, names, pattern, group[0]!.columns)]
    return group.map(({ name, columns }) => filesOf(folder, [name], name, columns))
  })
}

function filesOf(
  { path }: DataFolder,
  files: readonly string[],
  file: string,
  columns: readonly SampledColumn[],
): SampledFiles {
  return { files: files.map(name => posix.join(path, name)), sample: { file: posix.join(path, file), columns } }
}

/** `events_*.csv` for `events_1.csv` and `events_2.csv`; undefined where no pattern means these files and no others of the folder. */
function patternOf(names: readonly string[], others: readonly string[]): string | undefined {
  const [first, ...rest] = names
  if (first === undefined || rest.length === 0) return undefined
  const start = commonStart(names)
  const end = commonStart(names.map(name => [...name].reverse().join('')))
  const [prefix, suffix] = [first.slice(0, start), first.slice(first.length - end)]
  const meant = others.filter(
    name => name.length >= prefix.length + suffix.length && name.startsWith(prefix) && name.endsWith(suffix),
  )
  return prefix !== '' && meant.length === names.length ? `${prefix}*${suffix}` : undefined
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
  const from = readerOf(file)
  try {
    const described = await session.describe(`select * from ${from}`)
    const isNested = described.map(({ type }) => type === undefined || nestedKinds.includes(type.kind))
    const selected = described.map(({ name }, index) =>
      isNested[index] ? `null as c${index}` : `cast(${duckdb.identifier(name)} as varchar) as c${index}`,
    )
    const rows = await session.query(`select ${selected.join(', ')} from (select * from ${from} limit ${sampledRows})`)
    return described.map(({ name }, index) => {
      if (isNested[index]) return { name, looksLike: 'nested', values: [] }
      const values = rows.map(row => String(row[`c${index}`] ?? '')).filter(value => value !== '')
      return { name, looksLike: likenessOf(values), values: byFrequency(values).slice(0, toldValues) }
    })
  } catch (error) {
    if (error instanceof WarehouseError) return error
    throw error
  }
}

const nestedKinds: readonly string[] = ['list', 'record', 'json']

function readerOf(file: string): string {
  const path = duckdb.text(file.replaceAll(/[*?[]/g, '[$&]'))
  if (/\.(parquet|pq)$/i.test(file)) return `read_parquet(${path})`
  if (/\.(json|jsonl|ndjson)(\.gz)?$/i.test(file)) return `read_json(${path}, ignore_errors = false)`
  return `read_csv(${path}, all_varchar = true, header = true, ignore_errors = true)`
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
