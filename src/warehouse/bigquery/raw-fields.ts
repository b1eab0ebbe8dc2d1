import { type ColumnType, describeType } from '../../authoring/column-type.ts'
import { nearest } from '../../problems/nearest.ts'
import type { Problem } from '../../problems/problem.ts'
import { describedType, typeNameOf } from './fields.ts'
import type { FieldResource } from './resources.ts'

export interface DeclaredColumn {
  readonly type: ColumnType
  readonly isOptional: boolean
}

export type DeclaredColumns = Readonly<Record<string, DeclaredColumn>>

/** The field of that name, whatever its case: BigQuery's names have none. */
export function fieldNamed(fields: readonly FieldResource[] | undefined, name: string): FieldResource | undefined {
  return fields?.find(field => field.name.toLowerCase() === name.toLowerCase())
}

/** What is wrong with the columns of a raw table: those that are missing, or of types that do not suit. */
export function columnProblems(where: string, fields: readonly FieldResource[], declared: DeclaredColumns): Problem[] {
  const names = fields.map(({ name }) => name)
  return Object.entries(declared).flatMap(([name, { type, isOptional }]): Problem[] => {
    const field = fieldNamed(fields, name)
    if (field === undefined) {
      if (isOptional) return []
      const message = `${where} has no column "${name}"`
      return [{ kind: 'data', message, suggestion: nearest(name, names), hint: `its columns: ${names.join(', ')}` }]
    }
    const wrong = misfit(type, field, name)
    if (wrong === undefined) return []
    const message = `column "${wrong.path}" of ${where} has changed in type: it is ${wrong.engineType}`
    const expected = `${describeType(wrong.type)}, stored as ${suitable[wrong.type.kind].join(', ')}`
    return [{ kind: 'data', message, expected, hint: 'mend the data, or the type declared for it' }]
  })
}

interface Misfit {
  readonly path: string
  readonly type: ColumnType
  readonly engineType: string
}

function misfit(type: ColumnType, field: FieldResource, path: string): Misfit | undefined {
  const wrong = { path, type, engineType: describedType(field).engineType }
  if (field.mode === 'REPEATED') {
    if (type.kind === 'json') return undefined
    return type.kind === 'list' ? misfit(type.of, { ...field, mode: 'NULLABLE' }, `${path}[]`) : wrong
  }
  if (type.kind === 'record' && typeNameOf(field) === 'struct') {
    for (const [name, of] of Object.entries(type.fields)) {
      const inner = fieldNamed(field.fields, name)
      const found = inner && misfit(of, inner, `${path}.${name}`)
      if (found) return found
    }
    return undefined
  }
  return suitable[type.kind].includes(typeNameOf(field)) ? undefined : wrong
}

/** The types of BigQuery whose values may stand in a column of a logical type; of text, each value is looked at. */
const suitable: Readonly<Record<ColumnType['kind'], readonly string[]>> = {
  text: [
    'string',
    'int64',
    'numeric',
    'bignumeric',
    'float64',
    'bool',
    'timestamp',
    'datetime',
    'date',
    'time',
    'json',
  ],
  integer: ['int64', 'string'],
  number: ['numeric', 'bignumeric', 'int64', 'float64', 'string'],
  real: ['float64', 'int64', 'numeric', 'bignumeric', 'string'],
  boolean: ['bool', 'int64', 'string'],
  timestamp: ['timestamp', 'datetime', 'date', 'string'],
  date: ['date', 'string'],
  json: ['json', 'struct', 'string'],
  list: ['array'],
  record: ['struct'],
}
