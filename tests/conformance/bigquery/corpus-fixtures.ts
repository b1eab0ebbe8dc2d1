import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A query, what stands before it, and what real BigQuery answered. */
export interface Fixture {
  readonly name: string
  readonly setup: string | undefined
  readonly query: string
  readonly parameters: RecordedParameters | undefined
  /** In the words of Google's client for Python. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly expected: RecordedAnswer
}

export interface RecordedParameters {
  readonly mode?: string
  readonly parameters: readonly { readonly name?: string; readonly type: unknown; readonly value: unknown }[]
}

export interface RecordedAnswer {
  readonly error?: { readonly reason: string; readonly message_sample: string }
  readonly schema?: readonly { readonly name: string; readonly type: string; readonly mode: string }[]
  readonly rows?: readonly Readonly<Record<string, unknown>>[]
}

const shared = process.env.THROUGHLINE_SHARED_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url))
export const corpusFile = join(shared, 'bigquery-corpus.tgz')
export const hasCorpus = existsSync(corpusFile)

/** What needs callers of their own or files in a bucket, or lists what the recording project held. */
const leftOut = ['row_access', 'export_data', 'information_schema']

export function readFixtures(): readonly Fixture[] {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-corpus-'))
  try {
    execFileSync('tar', ['-xzf', corpusFile, '-C', folder])
    const root = join(folder, 'tests/conformance/sql_corpus')
    const groups = readdirSync(root, { withFileTypes: true }).filter(
      each => each.isDirectory() && !leftOut.includes(each.name),
    )
    return groups.flatMap(group =>
      readdirSync(join(root, group.name)).map(name =>
        readFixture(join(root, group.name, name), `${group.name}/${name}`),
      ),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readFixture(folder: string, name: string): Fixture {
  const read = (file: string): string | undefined =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined
  const parameters = read('parameters.json')
  return {
    name,
    setup: read('setup.sql'),
    query: read('query.sql')!,
    parameters: parameters === undefined ? undefined : JSON.parse(parameters),
    settings: JSON.parse(read('job_config.json') ?? '{}'),
    expected: JSON.parse(withNumbersAsText(read('expected.json')!)),
  }
}

/** Python writes NaN and Infinity bare, which JSON does not have, and integers past 2^53, which it has and JavaScript does not. */
const withNumbersAsText = (json: string): string =>
  json.replaceAll(/([:[,]\s*|^\s*)(NaN|-?Infinity|-?\d{16,})(?=\s*[,\]}\n]|$)/gm, '$1"$2"')
