import type { EngineAnswer } from './fakesnow.ts'
import { ServiceError } from './service-error.ts'
import { codeOf } from './sql-text.ts'

interface Where {
  readonly database: string | undefined
  readonly schema: string | undefined
}

interface Rule {
  readonly engine: RegExp
  readonly code: string
  readonly sqlState: string
  /** What the service says; `found` is what the pattern caught. */
  readonly words: (found: string, where: Where) => string
  /** The service says where, for the name that was caught. */
  readonly hasPlace?: true
  readonly isCompilation?: true
}

/** DuckDB's words, and the error that Snowflake has for each. Those that are not here keep the engine's words. */
const rules: readonly Rule[] = [
  {
    engine:
      /Referenced column "([^"]+)"|does not have a column (?:named|with name) "([^"]+)"|Referenced table "([^"]+)"/,
    code: '000904',
    sqlState: '42000',
    words: found => `invalid identifier '${found.toUpperCase()}'`,
    hasPlace: true,
    isCompilation: true,
  },
  {
    engine: /(?:Table|View|Schema|Sequence|Index) with name "?([\w.]+)"? already exists/,
    code: '002002',
    sqlState: '42710',
    words: found => `Object '${found.toUpperCase()}' already exists.`,
    isCompilation: true,
  },
  {
    engine: /Function with name "?(\w+)"? does not exist/,
    code: '002140',
    sqlState: '42601',
    words: found => `Unknown function ${found.toUpperCase()}`,
    isCompilation: true,
  },
  {
    engine: /(?:Table|View|Sequence) with name "?([\w.]+)"? does not exist/,
    code: '002003',
    sqlState: '42S02',
    words: (found, where) => `Object '${wholeName(found, where)}' does not exist or not authorized.`,
    isCompilation: true,
  },
  {
    engine: /Schema with name "?([\w.]+)"? does not exist|No catalog \+ schema named "([\w.]+)"/,
    code: '002043',
    sqlState: '02000',
    words: () => 'Object does not exist, or operation cannot be performed.',
    isCompilation: true,
  },
  {
    // DuckDB reads all of a transaction as it was at its beginning, and fails where Snowflake would read on and wait.
    engine: /TransactionContext Error: (Conflict on [^!]+)!/,
    code: '000625',
    sqlState: '57014',
    words: found => `${found}: another transaction has locked the table, and this lock has not yet been released.`,
  },
  {
    engine: /NOT NULL constraint failed: (?:"?\w+"?\.)?"?(\w+)/,
    code: '100072',
    sqlState: '22000',
    words: found => `NULL result in a non-nullable column: ${found.toUpperCase()}`,
  },
  {
    engine: /Could not (?:cast|convert) (?:string|value) '([^']*)'/,
    code: '100038',
    sqlState: '22018',
    words: found => `Numeric value '${found}' is not recognized`,
  },
]

const syntax = /Parser Error|Invalid expression|Unexpected token|Expecting|Required keyword/

/** fakesnow's error as Snowflake would give it. */
export function engineError(answer: EngineAnswer, sql: string, where: Where): ServiceError {
  const told = String(answer.message).replace(/^\d{6} \(\w+\): /, '')
  for (const { engine, code, sqlState, words, hasPlace, isCompilation } of rules) {
    const found = engine
      .exec(told)
      ?.slice(1)
      .find(text => text !== undefined)
    if (found === undefined) continue
    const place = hasPlace ? placeOf(found, sql) : undefined
    return new ServiceError(code, sqlState, worded(words(found, where), place, isCompilation ?? false), place, told)
  }
  if (syntax.test(told)) {
    const [, line = '1', column = '1'] = /Line (\d+), Col: (\d+)/.exec(told) ?? []
    const place = { line: Number(line), position: Number(column) - 1 }
    const message = `SQL compilation error:\nsyntax error line ${place.line} at position ${place.position}.`
    return new ServiceError('001003', '42000', message, place, told)
  }
  // A code of fakesnow's own is none.
  const code = /^\d{6}$/.test(answer.code ?? '') ? answer.code! : '261000'
  return new ServiceError(code, answer.data?.sqlState ?? 'XX000', told, undefined, told)
}

function worded(words: string, place: ServiceError['place'] | undefined, isCompilation: boolean): string {
  if (!isCompilation) return words
  const at = place === undefined || place.line < 0 ? '' : ` error line ${place.line} at position ${place.position}`
  return `SQL compilation error:${at}\n${words}`
}

/** Where a name stands in the statement for the first time. */
function placeOf(name: string, sql: string): ServiceError['place'] {
  const found = new RegExp(`\\b${name.replace(/\W/g, '\\$&')}\\b`, 'i').exec(codeOf(sql))
  if (found === null) return { line: -1, position: -1 }
  const before = sql.slice(0, found.index).split('\n')
  return { line: before.length, position: before.at(-1)!.length }
}

function wholeName(name: string, { database, schema }: Where): string {
  const parts = name.toUpperCase().split('.')
  return [...[database, schema].slice(0, 3 - parts.length), ...parts].join('.')
}
