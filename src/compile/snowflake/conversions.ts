import { bodyOf, ident, list, node, variant } from '../portable/tree.ts'
import type { SnowflakeType } from './snowflake-type.ts'

/** What Snowflake says of conversions: https://docs.snowflake.com/en/sql-reference/data-type-conversion */
const conversions: Readonly<Record<SnowflakeType, readonly SnowflakeType[]>> = {
  // What a text is no … of is an error, unless it is tried.
  varchar: ['varchar', 'number', 'float', 'boolean', 'date', 'timestamp_ntz', 'variant'],
  // To fewer digits after the point halves go away from zero; one that does not fit is an error.
  number: ['varchar', 'number', 'float', 'variant'],
  // To NUMBER as to fewer digits. Of text nothing is promised but for whole numbers and few digits.
  float: ['varchar', 'number', 'float', 'variant'],
  boolean: ['varchar', 'boolean', 'variant'],
  date: ['varchar', 'date', 'timestamp_ntz', 'variant'],
  // To DATE the time of day goes.
  timestamp_ntz: ['varchar', 'date', 'timestamp_ntz', 'variant'],
  // The JSON value null becomes NULL; what is of another type is converted as if it were text or a number.
  variant: ['varchar', 'number', 'float', 'boolean', 'date', 'timestamp_ntz', 'variant', 'array'],
  array: ['array', 'variant'],
}

/** Undefined where a cast is one that is vouched for, else why it is not. */
export function castFault(kind: string, from: SnowflakeType | undefined, to: SnowflakeType): string | undefined {
  if (kind === 'TryCast' && from !== undefined && from !== 'varchar') return `try_cast takes text, and this is ${from}`
  if (from === undefined || conversions[from].includes(to)) return undefined
  return `${from} is not converted to ${to}`
}

/** The type that a cast names, with its digits: only those of the contract, VARIANT and ARRAY. Undefined for any other. */
export function castTarget(dataType: unknown): SnowflakeType | undefined {
  return targets.get(spelled(dataType))
}

const targets: ReadonlyMap<string, SnowflakeType> = new Map([
  ['varchar', 'varchar'],
  ['number(38,0)', 'number'],
  ['number(38,9)', 'number'],
  ['double', 'float'],
  ['boolean', 'boolean'],
  ['date', 'date'],
  ['timestamp_ntz(6)', 'timestamp_ntz'],
  ['variant', 'variant'],
  ['array', 'array'],
])

/** A type as the parser's tree has it: some by a name of its own, some as written. */
function spelled(dataType: unknown): string {
  const { name, body } = variant(dataType)
  if (name !== 'Custom')
    return typeof body === 'number' ? `${words[name] ?? name}(${body})` : (words[name] ?? name.toLowerCase())
  const [path, digits] = list(body)
  const word = ident(bodyOf(list(path)[0], 'Identifier')).value.toLowerCase()
  return list(digits).length === 0 ? word : `${word}(${list(digits).join(',')})`
}

const words: Readonly<Record<string, string>> = { TimestampNtz: 'timestamp_ntz' }

/** The type that a lambda names for its element; undefined where it names none that is known. */
export function elementType(parameter: unknown): SnowflakeType | undefined {
  const { data_type: dataType } = node(parameter)
  return dataType === undefined || dataType === null ? 'variant' : castTarget(dataType)
}
