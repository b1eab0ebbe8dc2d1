import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Location } from '../../authoring/location.ts'
import { nearest } from '../../problems/nearest.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { formatOf, mustBeReadable, type RawFiles } from './raw-files.ts'

const ending = /\.(?:parquet|(?:csv|tsv|json|jsonl|ndjson)(?:\.gz)?)$/i

/**
 * The files of a table in its system's folder: one of the table's name, or its parts, the name with `_` and digits after it
 * (`events_20260601.json.gz`), in order of name. Throws `ProblemsError` where there are none, or it cannot be told which are meant.
 */
export function findTableFiles({ folder, basename }: Extract<Location, { readonly folder: string }>): RawFiles {
  const all = namesIn(folder).filter(name => ending.test(name))
  const isPart = (stem: string) =>
    stem.startsWith(`${basename}_`) && /^[0-9]+(_[0-9]+)*$/.test(stem.slice(basename.length + 1))
  const named = all.filter(name => stemOf(name) === basename)
  const parts = all.filter(name => isPart(stemOf(name)))
  const names = [...named, ...parts]
  if (names.length === 0) throw missing(folder, basename, all)
  const twice = parts.find((name, index) => index > 0 && stemOf(name) === stemOf(parts[index - 1]!))
  const wrong =
    new Set(names.map(formatOf)).size > 1
      ? 'files of several formats'
      : named.length > 1 || twice !== undefined
        ? 'the same rows in several files'
        : named.length > 0 && parts.length > 0
          ? 'both a whole file and parts'
          : undefined
  if (wrong !== undefined) {
    const some = names.length > 4 ? [...names.slice(0, 4), '…'] : names
    const message = `${folder} has ${wrong} for the table ${basename}: ${some.join(', ')}`
    throw new ProblemsError([
      { kind: 'data', message, hint: 'leave those that are to be read, and move the others away' },
    ])
  }
  const files = names.map(name => join(folder, name))
  for (const file of files) mustBeReadable(file)
  return { format: formatOf(files[0]!), files }
}

function stemOf(name: string): string {
  return name.replace(ending, '')
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch (cause) {
    const message = `there is no folder ${folder} that this user can read`
    throw new ProblemsError([{ kind: 'data', message, hint: 'make the folder, or mend its path in the config' }], {
      cause,
    })
  }
}

function missing(folder: string, basename: string, names: readonly string[]): ProblemsError {
  const near = nearest(basename, names.map(stemOf))
  const suggestion = near === undefined ? undefined : names.find(name => stemOf(name) === near)
  const expected = `${basename}.csv, .tsv, .parquet, .json, .jsonl or .ndjson (all but .parquet may be packed: .csv.gz), or parts of it: ${basename}_1.csv, ${basename}_2.csv …`
  const hint = `add the file, or, where the table is not loaded, say so in the config: without: [${basename}]`
  return new ProblemsError([
    { kind: 'data', message: `${folder} has no file for the table ${basename}`, expected, suggestion, hint },
  ])
}
