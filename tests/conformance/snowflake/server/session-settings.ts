import { executed, type Result } from './results.ts'
import { ServiceError } from './service-error.ts'
import { literalOf } from './sql-text.ts'

export type Settings = Map<string, string>

/** What the engine does in any case, so that no other value can be taken: the engine would go on as before. */
const fixed: Readonly<Record<string, readonly string[]>> = {
  AUTOCOMMIT: ['TRUE'],
  TIMEZONE: ['UTC', 'ETC/UTC'],
  TIMESTAMP_TYPE_MAPPING: ['TIMESTAMP_NTZ', 'NTZ'],
  WEEK_START: ['0', '1'],
  WEEK_OF_YEAR_POLICY: ['0'],
  ROWS_PER_RESULTSET: ['0'],
  BINARY_OUTPUT_FORMAT: ['HEX'],
  QUOTED_IDENTIFIERS_IGNORE_CASE: ['FALSE'],
  TWO_DIGIT_CENTURY_START: ['1970'],
  TRANSACTION_ABORT_ON_ERROR: ['FALSE'],
  ERROR_ON_NONDETERMINISTIC_MERGE: ['TRUE'],
  ERROR_ON_NONDETERMINISTIC_UPDATE: ['TRUE', 'FALSE'],
  STRICT_JSON_OUTPUT: ['TRUE'],
  JSON_INDENT: ['0'],
  DEFAULT_NULL_ORDERING: ['LAST'],
  DATE_INPUT_FORMAT: ['AUTO', 'YYYY-MM-DD'],
  TIMESTAMP_INPUT_FORMAT: ['AUTO'],
  CLIENT_TIMESTAMP_TYPE_MAPPING: ['TIMESTAMP_NTZ', 'TIMESTAMP_LTZ'],
}

/** What changes no row: remembered, and read by the server itself where it means something to it. */
const remembered =
  /^(?:QUERY_TAG|ABORT_DETACHED_QUERY|STATEMENT_\w+_IN_SECONDS|LOCK_TIMEOUT|MULTI_STATEMENT_COUNT|USE_CACHED_RESULT|\w+_OUTPUT_FORMAT|CLIENT_\w+|GCS_USE_DOWNSCOPED_CREDENTIAL|JS_TREAT_INTEGER_AS_BIGINT|SERVICE_NAME)$/

const pair = /(\w+)\s*=\s*('(?:[^']|'')*'|[\w.]+)[\s,]*/y

/** Answers `alter session` and `use secondary roles`, which fakesnow does not know. Undefined for any other statement. */
export function settingsAnswer(sql: string, settings: Settings): Result | undefined {
  if (/^\s*use\s+secondary\s+roles\s+(?:all|none)\s*$/i.test(sql)) return executed
  const [, verb, names = ''] = /^\s*alter\s+session\s+(set|unset)\s+([\s\S]*?)\s*$/i.exec(sql) ?? []
  if (verb === undefined) return undefined
  if (verb.toLowerCase() === 'unset') for (const name of names.split(',')) settings.delete(name.trim().toUpperCase())
  else for (const [name, value] of pairsOf(names)) set(settings, name, value)
  return executed
}

/** Remembers one setting. Throws where the engine would not do as it says. */
export function set(settings: Settings, name: string, value: string): void {
  const allowed = fixed[name]
  if (allowed !== undefined && !allowed.includes(value.toUpperCase()))
    throw new ServiceError(
      '009999',
      '0A000',
      `fakesnow always has ${name} = ${allowed[0]}: ${literalOf(value)} cannot be tried here`,
    )
  if (allowed === undefined && !remembered.test(name))
    throw new ServiceError('001006', '42000', `SQL compilation error:\ninvalid property '${name}' for 'SESSION'`)
  settings.set(name, value)
}

function pairsOf(text: string): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = []
  pair.lastIndex = 0
  while (pair.lastIndex < text.length) {
    const from = pair.lastIndex
    const [, name, value] = pair.exec(text) ?? []
    if (name === undefined || value === undefined)
      throw new ServiceError(
        '001003',
        '42000',
        `SQL compilation error:\nsyntax error line 1 at position ${from} unexpected '${text.slice(from, from + 20)}'.`,
      )
    pairs.push([name.toUpperCase(), value.startsWith("'") ? value.slice(1, -1).replaceAll("''", "'") : value])
  }
  return pairs
}
