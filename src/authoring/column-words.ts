import { type AnyColumn, type Column, column, type TestOptions } from './column.ts'
import type { ColumnType, TypeName } from './column-type.ts'

/** Text; compared byte by byte on every engine. */
export const text = (description: string): Column<'text', false> => column('text', { kind: 'text' }, description)

/** Text that identifies a row, or a row elsewhere. */
export const key = text

/** A whole number of 64 bits. */
export const integer = (description: string): Column<'integer', false> =>
  column('integer', { kind: 'integer' }, description)

/** An exact decimal of 38 digits, 9 of them after the point: money. */
export const number = (description: string): Column<'number', false> =>
  column('number', { kind: 'number' }, description)

/** A double: rates and scores, never money. */
export const real = (description: string): Column<'real', false> => column('real', { kind: 'real' }, description)

export const boolean = (description: string): Column<'boolean', false> =>
  column('boolean', { kind: 'boolean' }, description)

/** An instant, in UTC, to the microsecond. */
export const timestamp = (description: string): Column<'timestamp', false> =>
  column('timestamp', { kind: 'timestamp' }, description)

/**
 * A raw timestamp as a clock on some wall showed it: a value that names a zone, or is an instant already, is a bad row. Staging makes an
 * instant of it. For columns of sources alone.
 */
export const localTimestamp = (description: string): Column<'timestamp', false> =>
  column('timestamp', { kind: 'timestamp', isLocal: true }, description)

/** A calendar day. */
export const date = (description: string): Column<'date', false> => column('date', { kind: 'date' }, description)

export const json = (description: string): Column<'json', false> => column('json', { kind: 'json' }, description)

/** A list of values of one type: `list(text('a tag'), 'Tags of the event')`. */
export const list = (of: AnyColumn, description: string): Column<'list', false> =>
  column('list', { kind: 'list', of: of.type }, description)

/** Named fields: `record({ host: text(''), path: text('') }, 'Where it happened')`. */
export const record = (fields: Readonly<Record<string, AnyColumn>>, description: string): Column<'record', false> => {
  const types: Record<string, ColumnType> = {}
  for (const [name, field] of Object.entries(fields)) types[name] = field.type
  return column('record', { kind: 'record', fields: types }, description)
}

/**
 * The value stands in another model's column: `references(people.columns.person_id)`. Type and description come from there.
 * Its test waits for that table to be published, no more; it does not read it in the query.
 */
export function references<T extends TypeName>(to: Column<T>, options: TestOptions = {}): Column<T, false> {
  if (to?.kind !== 'column')
    throw new Error(
      'references(…) takes a column of another model, like people.columns.person_id: there is none of this name',
    )
  return column(to.typeName, to.type, to.description, [{ rule: { kind: 'references', to }, options }])
}
