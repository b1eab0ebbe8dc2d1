import { type ColumnType, describeType, type ScalarType } from './column-type.ts'

/** What is written in an example, and is none of its type. */
export interface Misfit {
  /** Within the value, where it is a list or a record. */
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly expected: string
}

/** The type that an argument is declared with; undefined where that is none. */
export function typeOfArgument(argument: unknown): ColumnType | undefined {
  if (typeof argument === 'string') return { kind: argument as ScalarType }
  const type = (argument as { readonly type?: ColumnType } | null | undefined)?.type
  return typeof type?.kind === 'string' ? type : undefined
}

/** The first part of a value that its type cannot have, as far as the value's own JavaScript type shows. NULL is a value of every type. */
export function misfitOf(value: unknown, type: ColumnType, path: Misfit['path'] = []): Misfit | undefined {
  if (value === null) return undefined
  if (type.kind === 'list') {
    if (!Array.isArray(value)) return misfit(value, type, path, 'an array')
    return firstOf(value.map((item, index) => () => misfitOf(item, type.of, [...path, index])))
  }
  if (type.kind === 'record') {
    if (typeof value !== 'object' || Array.isArray(value)) return misfit(value, type, path, 'an object of its fields')
    return firstOf(
      Object.entries(value as object).map(([name, item]) => () => {
        const field = type.fields[name]
        if (field !== undefined) return misfitOf(item, field, [...path, name])
        const expected = `one of ${Object.keys(type.fields).join(', ')}`
        return { path: [...path, name], message: `the record has no field '${name}'`, expected }
      }),
    )
  }
  const { fits, expected } = written[type.kind]
  return fits(value) ? undefined : misfit(value, type, path, expected)
}

interface Written {
  readonly fits: (value: unknown) => boolean
  readonly expected: string
}

const isText = (value: unknown): boolean => typeof value === 'string'
const isNumber = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint'
const isDecimal = (value: unknown): boolean => isNumber(value) || /^-?\d+(\.\d+)?$/.test(String(value))
const isReal = (value: unknown): boolean => isNumber(value) || (isText(value) && Number.isFinite(Number(value)))

function isJson(value: unknown): boolean {
  try {
    JSON.parse(String(value))
    return isText(value)
  } catch {
    return false
  }
}

/** How a value of each type is written in an example. */
const written: Readonly<Record<ScalarType, Written>> = {
  text: { fits: isText, expected: "a text, like '12'" },
  integer: {
    fits: value => typeof value === 'bigint' || Number.isInteger(value),
    expected: 'a whole number, like 12; past 2^53 a bigint, like 9007199254740993n',
  },
  number: { fits: isDecimal, expected: "a decimal as text, like '12.50', or a number" },
  real: { fits: isReal, expected: 'a number, like 1.5' },
  boolean: { fits: value => typeof value === 'boolean', expected: 'true or false' },
  timestamp: { fits: isText, expected: "an instant in UTC as text, like '2026-06-01 12:30:00'" },
  date: { fits: isText, expected: "a date as text, like '2026-06-01'" },
  json: { fits: isJson, expected: 'JSON as text, like \'{"a": 1}\'' },
}

function misfit(value: unknown, type: ColumnType, path: Misfit['path'], expected: string): Misfit {
  return { path, message: `${shown(value)} is no ${describeType(type)}`, expected }
}

function firstOf(finders: readonly (() => Misfit | undefined)[]): Misfit | undefined {
  for (const find of finders) {
    const found = find()
    if (found !== undefined) return found
  }
  return undefined
}

/** As an author writes it. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return typeof value === 'function' ? 'a function' : String(value)
}
