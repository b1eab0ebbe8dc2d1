import { nearest } from '../problems/nearest.ts'
import type { Columns } from './column.ts'

/** What a declaration may say. Types are stripped before a project is run, so what `tsc` would have found is found here too. */
export interface Words {
  /** `model`, `seed` … */
  readonly what: string
  readonly required: readonly string[]
  readonly optional: readonly string[]
}

/** Throws where a declaration lacks a word or has one that nothing reads. */
export function mustSay(spec: unknown, { what, required, optional }: Words): void {
  if (typeof spec !== 'object' || spec === null)
    throw new Error(`${what}(…) takes an object: ${what}({ description: … })`)
  const known = [...required, ...optional]
  const given = spec as Readonly<Record<string, unknown>>
  for (const name of Object.keys(given)) {
    if (!known.includes(name))
      throw new Error(`${what}: there is no '${name}'${meant(name, known) || `; there are ${known.join(', ')}`}`)
  }
  for (const name of required) if (given[name] === undefined) throw new Error(`${what}: '${name}' is missing`)
  if (typeof given.description !== 'string' || given.description.trim() === '') {
    throw new Error(`${what}: the description is empty: say in a sentence what one row is`)
  }
}

/** Throws where a contract's columns are no columns. */
export function mustBeColumns(columns: Columns, of: string): void {
  for (const [name, column] of Object.entries(columns)) {
    if (column?.kind !== 'column')
      throw new Error(`${of}: '${name}' is no column: write ${name}: text('…'), integer('…') …`)
  }
}

/** Throws where names are none of the contract's columns. */
export function mustBeNamesOf(columns: Columns, names: readonly string[], of: string): void {
  if (!Array.isArray(names)) throw new Error(`${of} is a list of column names: ['…']`)
  for (const name of names) {
    if (!Object.hasOwn(columns, name)) {
      throw new Error(`${of}: the contract has no column '${name}'${meant(name, Object.keys(columns))}`)
    }
  }
}

/** Throws where a word is none of those there are. */
export function mustBeOneOf(word: unknown, known: readonly string[], of: string): void {
  if (typeof word !== 'string' || !known.includes(word)) {
    throw new Error(`${of}: '${String(word)}' is none of ${known.join(', ')}${meant(String(word), known)}`)
  }
}

function meant(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  return near === undefined ? '' : `; did you mean ${near}?`
}
