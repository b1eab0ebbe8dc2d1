import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { nearest } from '../../problems/nearest.ts'
import { type Problem, ProblemsError } from '../../problems/problem.ts'
import type { Session } from '../warehouse.ts'

export interface RawFiles {
  readonly format: 'csv' | 'parquet' | 'json'
  /** In order of name. */
  readonly files: readonly string[]
}

/** The files that a path means: itself, or what matches it where it is a pattern (`events_*.csv`). Throws `ProblemsError`. */
export async function findFiles(session: Session, path: string): Promise<RawFiles> {
  const files = await matching(session, path)
  for (const file of files) mustBeReadable(file)
  const formats = new Set(files.map(formatOf))
  const [format] = formats
  if (formats.size > 1)
    throw problem(`${path} matches files of several kinds`, { hint: 'name a pattern that matches files of one kind' })
  return { format: format!, files }
}

/** Files as a list literal that DuckDB reads as names, not patterns. */
export function filesLiteral(files: readonly string[]): string {
  return `[${files.map(file => duckdb.text(file.replace(/[*?[]/g, '[$&]'))).join(', ')}]`
}

async function matching(session: Session, path: string): Promise<readonly string[]> {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats?.isDirectory()) {
    const hint = `name a file in it, or a pattern such as ${join(path, '*.csv')}`
    throw problem(`${path} is a folder, not a file`, { hint })
  }
  if (stats) return [path]
  if (/[*?[]/.test(path)) {
    const found = await session.query(`select file from glob(${duckdb.text(path)}) order by file`)
    if (found.length > 0) return found.map(row => String(row.file))
    throw problem(`no file matches ${path}`, { hint: 'make the files, or mend the path in the config' })
  }
  const folder = dirname(path)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw problem(`${path} is not there: there is no folder ${folder}`, { hint: 'mend the path in the config' })
  }
  const suggestion = nearest(basename(path), readdirSync(folder))
  throw problem(`${path} is not there`, { suggestion, hint: 'make the file, or mend the path in the config' })
}

/** Throws where the file may not be read. */
export function mustBeReadable(file: string): void {
  try {
    accessSync(file, constants.R_OK)
  } catch (cause) {
    throw problem(`${file} may not be read by this user`, { hint: 'give the user the right to read it' }, cause)
  }
}

/** By the file's name. Throws where that says none. */
export function formatOf(file: string): RawFiles['format'] {
  if (/\.(parquet|pq)$/i.test(file)) return 'parquet'
  if (/\.(csv|tsv|psv|txt)(\.gz)?$/i.test(file)) return 'csv'
  if (/\.(json|jsonl|ndjson)(\.gz)?$/i.test(file)) return 'json'
  const expected =
    'a name that ends in .csv, .tsv, .psv, .txt, .json, .jsonl or .ndjson (these may be packed: .csv.gz), .parquet or .pq'
  throw problem(`${file} is of a kind that cannot be read`, { expected })
}

function problem(message: string, more: Partial<Problem>, cause?: unknown): ProblemsError {
  return new ProblemsError([{ kind: 'data', message, ...more }], { cause })
}
