import { type ColumnType, describeType } from '../../authoring/column-type.ts'
import { nearest } from '../../problems/nearest.ts'
import type { Problem } from '../../problems/problem.ts'
import type { FoundColumn } from './objects.ts'
import type { EngineType } from './types.ts'

export interface DeclaredColumn {
  readonly type: ColumnType
  readonly isOptional: boolean
}

export type DeclaredColumns = Readonly<Record<string, DeclaredColumn>>

/** The column of that name: as it is written, else whatever its case, since names that were made without quotes are in upper case. */
export function columnNamed(columns: readonly FoundColumn[], name: string): FoundColumn | undefined {
  const wanted = name.toLowerCase()
  return columns.find(column => column.name === name) ?? columns.find(column => column.name.toLowerCase() === wanted)
}

/** What is wrong with the columns of a raw table: those that are missing, or of types that do not suit. */
export function columnProblems(where: string, columns: readonly FoundColumn[], declared: DeclaredColumns): Problem[] {
  const names = columns.map(({ name }) => name.toLowerCase())
  return Object.entries(declared).flatMap(([name, { type, isOptional }]): Problem[] => {
    const column = columnNamed(columns, name)
    if (column === undefined) {
      if (isOptional) return []
      const message = `${where} has no column "${name}"`
      return [{ kind: 'data', message, suggestion: nearest(name, names), hint: `its columns: ${names.join(', ')}` }]
    }
    if (suits(type, column.type)) return []
    const message = `column "${name}" of ${where} has changed in type: it is ${column.type.text}`
    const expected = `${describeType(type)}, stored as ${suitable[type.kind].join(', ')}`
    return [{ kind: 'data', message, expected, hint: 'mend the data, or the type declared for it' }]
  })
}

function suits(type: ColumnType, { base, of, fields }: EngineType): boolean {
  if (!suitable[type.kind].includes(base)) return false
  if (type.kind === 'list' && of !== undefined) return suits(type.of, of)
  if (type.kind !== 'record' || fields === undefined) return true
  return Object.entries(type.fields).every(([name, wanted]) => {
    const field = fields.find(one => one.name.toLowerCase() === name.toLowerCase())
    return field === undefined || suits(wanted, field.type)
  })
}

/** The types of Snowflake whose values may stand in a column of a logical type; of text and variants, each value is looked at. */
const suitable: Readonly<Record<ColumnType['kind'], readonly string[]>> = {
  text: [
    'varchar',
    'number',
    'float',
    'boolean',
    'timestamp_ntz',
    'timestamp_ltz',
    'timestamp_tz',
    'date',
    'time',
    'variant',
  ],
  integer: ['number', 'varchar', 'variant'],
  number: ['number', 'float', 'varchar', 'variant'],
  real: ['float', 'number', 'varchar', 'variant'],
  boolean: ['boolean', 'number', 'varchar', 'variant'],
  timestamp: ['timestamp_ntz', 'timestamp_ltz', 'timestamp_tz', 'date', 'varchar', 'variant'],
  date: ['date', 'varchar', 'variant'],
  json: ['variant', 'object', 'array', 'map', 'varchar'],
  list: ['array', 'variant', 'varchar'],
  record: ['object', 'variant', 'varchar'],
}
