import { readdirSync } from 'node:fs'
import { join, posix } from 'node:path'

/** A folder with raw files in it. */
export interface DataFolder {
  /** From the project's folder, posix; `.` for itself. */
  readonly path: string
  /** Names of raw files, in order. */
  readonly files: readonly string[]
}

const usualPlaces = ['.', 'raw', 'data']
const ending = /\.(csv|tsv|psv|parquet|pq|json|jsonl|ndjson)(\.gz)?$/i
/** JSON that is no data. */
const settingsFiles = /^(package(-lock)?|tsconfig.*|jsconfig|biome|.*\.config|.*\.schema)\.json$/i

/** Where raw files stand: the folder itself, `raw/` and `data/`, and the folders directly in these. */
export function dataFolders(root: string): readonly DataFolder[] {
  const below = usualPlaces.flatMap(place =>
    entriesOf(join(root, place))
      .filter(entry => entry.isDirectory() && !isPassedOver(entry.name))
      .map(entry => posix.join(place, entry.name)),
  )
  return [...new Set([...usualPlaces, ...below])]
    .map(path => ({ path, files: rawFilesIn(join(root, path)) }))
    .filter(({ files }) => files.length > 0)
}

/** `contact` of `contact.csv.gz`. */
export function stemOf(file: string): string {
  return file.replace(ending, '')
}

function rawFilesIn(folder: string): readonly string[] {
  return entriesOf(folder)
    .filter(entry => entry.isFile() && ending.test(entry.name) && !settingsFiles.test(entry.name))
    .map(({ name }) => name)
    .sort()
}

function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules'
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
