import { type SnowflakeType, snowflakeTypes } from './snowflake-type.ts'

/** A function of Snowflake as the project uses it: what it means is read from its page of the documentation, and nothing beyond this is relied upon. */
export interface SnowflakeFunction {
  readonly name: string
  /** Of a row, of a group of rows, over a window, over either, or a relation. */
  readonly over: 'row' | 'group' | 'window' | 'group or window' | 'relation'
  readonly signatures: readonly Signature[]
  /** What it gives of NULL. */
  readonly nulls: string
  readonly page: string
  /** Where it is not what one would expect. */
  readonly traps: readonly string[]
}

export interface Signature {
  readonly takes: readonly Parameter[]
  /** The last parameter may be repeated. */
  readonly isOpen: boolean
  /** What `within group (order by …)` orders by; undefined where there is no such clause. */
  readonly within: Wanted | undefined
  readonly gives: SnowflakeType | 'T' | 'rows'
}

export interface Parameter {
  readonly wants: Wanted
  /** It is a literal: Snowflake asks for one, or its meaning is known for that value alone. */
  readonly isConstant: boolean
  /** The name by which it is given, as in `input => …`. */
  readonly name: string | undefined
}

/** `T` is some type, the same throughout; `part` the literal name of a part of a date; `lambda T` a function of one element that gives a T. */
export type Wanted = SnowflakeType | 'any' | 'T' | 'part' | 'lambda any' | 'lambda boolean'

/** The parts of dates that are used; of others (`week` obeys WEEK_START) nothing is said. */
export const dateParts: ReadonlySet<string> = new Set(['day', 'month', 'quarter', 'second', 'microsecond'])

const pages = 'https://docs.snowflake.com/en/sql-reference/functions/'

/**
 * An entry of the list. A signature reads as in the documentation, with types for arguments: `part, number, date -> date`. A literal is
 * `constant number`, a named argument `input => array`, `T ...` any number of them; `varchar within any -> varchar` is ordered within the group.
 */
export function listed(
  name: string,
  over: SnowflakeFunction['over'],
  signatures: readonly string[],
  nulls: string,
  ...traps: readonly string[]
): SnowflakeFunction {
  return { name, over, signatures: signatures.map(signature), nulls, page: `${pages}${name}`, traps }
}

/** The same, where the documentation's page has another name. */
export function onPage(page: string, entry: SnowflakeFunction): SnowflakeFunction {
  return { ...entry, page: `${pages}${page}` }
}

function signature(text: string): Signature {
  const [, takes = '', open, within, gives = ''] = /^(.*?)( \.\.\.)?(?: within (\w+))? ?-> (\w+)$/.exec(text) ?? []
  const result = gives === 'T' || gives === 'rows' ? gives : typeNamed(gives, text)
  return {
    takes: takes === '' ? [] : takes.split(', ').map(word => parameter(word, text)),
    isOpen: open !== undefined,
    within: within === undefined ? undefined : wanted(within, text),
    gives: result,
  }
}

function parameter(word: string, text: string): Parameter {
  const [, name, constant, wants = ''] = /^(?:(\w+) => )?(constant )?(.+)$/.exec(word) ?? []
  return { wants: wanted(wants, text), isConstant: constant !== undefined, name }
}

const otherWords: readonly Wanted[] = ['any', 'T', 'part', 'lambda any', 'lambda boolean']

function wanted(word: string, text: string): Wanted {
  return otherWords.find(other => other === word) ?? typeNamed(word, text)
}

function typeNamed(word: string, text: string): SnowflakeType {
  const type = snowflakeTypes.find(known => known === word)
  if (type === undefined) throw new Error(`'${word}' in the signature '${text}' is no type`)
  return type
}
