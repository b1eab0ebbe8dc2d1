import { type Column, column, type Field, type TestOptions } from './column.ts'
import type { ColumnType, TypeName } from './column-type.ts'

/** The word for a type: with a description a column of a contract, without one a value within `list` or `record`. */
interface Word<T extends TypeName> {
  (description: string): Column<T, false>
  (): Field
}

function word<T extends TypeName>(typeName: T, type: ColumnType): Word<T> {
  return (description?: string) => column(typeName, type, description ?? '')
}

/** Text; compared byte by byte on every engine. */
export const text = word('text', { kind: 'text' })

/** Text that identifies a row, or a row elsewhere. */
export const key = text

/** A whole number of 64 bits. */
export const integer = word('integer', { kind: 'integer' })

/** An exact decimal of 38 digits, 9 of them after the point: money. */
export const number = word('number', { kind: 'number' })

/** A double: rates and scores, never money. */
export const real = word('real', { kind: 'real' })

export const boolean = word('boolean', { kind: 'boolean' })

/** An instant, in UTC, to the microsecond. */
export const timestamp = word('timestamp', { kind: 'timestamp' })

/**
 * A raw timestamp as a clock on some wall showed it: a value that names a zone, or is an instant already, is a bad row. Staging makes an
 * instant of it. For columns of sources alone.
 */
export const localTimestamp = (description: string): Column<'timestamp', false> =>
  column('timestamp', { kind: 'timestamp', isLocal: true }, description)

/** A calendar day. */
export const date = word('date', { kind: 'date' })

export const json = word('json', { kind: 'json' })

/** A list of values of one type: `list(text(), 'Tags of the event')`. */
export const list: {
  (of: Field, description: string): Column<'list', false>
  (of: Field): Field
} = (of: Field, description?: string) => column('list', { kind: 'list', of: of.type }, description ?? '')

/** Named fields: `record({ host: text(), path: text() }, 'Where it happened')`. */
export const record: {
  (fields: Readonly<Record<string, Field>>, description: string): Column<'record', false>
  (fields: Readonly<Record<string, Field>>): Field
} = (fields: Readonly<Record<string, Field>>, description?: string) => {
  const types: Record<string, ColumnType> = {}
  for (const [name, field] of Object.entries(fields)) types[name] = field.type
  return column('record', { kind: 'record', fields: types }, description ?? '')
}

/**
 * The value stands in another model's column: `references(people.columns.person_id)`. Type, description and class come from there.
 * Its test waits for that table to be published, no more; it does not read it in the query.
 */
export function references<T extends TypeName>(to: Column<T>, options: TestOptions = {}): Column<T, false> {
  if (to?.kind !== 'column')
    throw new Error(
      'references(…) takes a column of another model, like people.columns.person_id: there is none of this name',
    )
  const tests = [{ rule: { kind: 'references', to }, options }] as const
  return column(to.typeName, to.type, to.description, { tests, classification: to.classification })
}
