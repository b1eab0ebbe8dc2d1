import type { ColumnType } from '../../authoring/column-type.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { anyOf } from './conditions.ts'
import { formFaults } from './form-faults.ts'
import { isNoObject, jsonTextAt, LineForms } from './json-lines.ts'
import { type Fault, faultsOf, faultWhere, isUnread, jsonOf, openJson, prepared, typed } from './nested-values.ts'
import { typedValue } from './parse-values.ts'
import type { DeclaredColumns, RawColumn } from './raw-column.ts'
import type { RawInput } from './raw-input.ts'

/** Why a row is bad: a value, at `name`, that is not of its type; or, where there is no type, a line that is no JSON object. */
export type RowFault = Pick<Fault, 'name' | 'type'> | { readonly name: undefined; readonly type: undefined }

/** How raw columns become typed ones, in SQL over c0, c1 … of the raw input. */
export interface TypedColumns {
  /** g0, g1 …: what is read of the raw columns. */
  readonly given: readonly string[]
  /** t0, t1 …: the declared columns in order, of those given. */
  readonly typed: readonly string[]
  /** A record of the first fault that a row has, over all of these: its number in `faults`, the value, the raw line; else NULL. */
  readonly bad: string
  readonly faults: readonly RowFault[]
}

const badType = 'struct(fault_number integer, value varchar, raw_line varchar)'

export function typedColumns(input: RawInput, declared: DeclaredColumns, rawLine: string): TypedColumns {
  const forms = new LineForms()
  const columns = Object.entries(declared).map(([name, { type }], index) =>
    typedColumn(input, forms, name, type, index),
  )
  const faults: RowFault[] = []
  const cases: string[] = []
  const isBad = (of: readonly RowFault[], suspect: string, holds: readonly string[], value: string) => {
    const number = holds.map((one, index) => `when ${one} then ${faults.length + index}`)
    const bad = `struct_pack(fault_number := case ${number.join(' ')} end, value := ${value}, raw_line := ${rawLine})`
    cases.push(`case when ${suspect} then case when ${holds.join(' or ')} then ${bad} end end`)
    faults.push(...of)
  }
  if (input.jsonLines) isBad([{ name: undefined, type: undefined }], isNoObject, [isNoObject], 'null')
  for (const { faults: of, value } of columns) {
    const suspect = anyOf(of.map(({ suspect }) => suspect))
    if (of.length > 0)
      isBad(
        of,
        suspect,
        of.map(({ holds }) => holds),
        value,
      )
  }
  return {
    given: [
      ...columns.map(({ given }, index) => `${given} as g${index}`),
      ...(input.jsonLines ? [`${forms.value} as forms`] : []),
    ],
    typed: columns.map(({ typed }, index) => `${typed} as t${index}`),
    bad: cases.length === 0 ? `cast(null as ${badType})` : `cast(coalesce(${cases.join(', ')}) as ${badType})`,
    faults,
  }
}

interface TypedColumn {
  readonly given: string
  readonly typed: string
  readonly faults: readonly Fault[]
  /** What is shown of a bad value. */
  readonly value: string
}

function typedColumn(input: RawInput, forms: LineForms, name: string, type: ColumnType, index: number): TypedColumn {
  const at = input.columns.findIndex(column => column.name === name)
  const raw = input.columns[at]
  if (!raw) return { given: 'null', typed: `cast(null as ${duckdb.type(type)})`, faults: [], value: 'null' }
  if (type.kind === 'list' || type.kind === 'record')
    return nestedColumn(input, forms, raw, type, `c${at}`, `g${index}`)
  return {
    given: prepared(type, raw, `c${at}`),
    typed: typedValue(type, raw.engineType, `g${index}`),
    faults:
      type.kind === 'text' ? [] : [faultWhere({ sql: `(g${index} is not null and t${index} is null)` }, name, type)],
    value: `cast(c${at} as varchar)`,
  }
}

function nestedColumn(
  input: RawInput,
  forms: LineForms,
  raw: RawColumn,
  type: ColumnType,
  column: string,
  given: string,
): TypedColumn {
  const { name } = raw
  const opened = openJson(type, raw, column)
  const as = { given: opened.value, typed: typed(type, opened.raw, given) }
  const within = faultsOf(type, opened.raw, given, name)
  if (input.jsonLines) {
    return {
      ...as,
      faults: [...formFaults(type, given, name, forms.placeOf(name)), ...within],
      value: jsonTextAt(name),
    }
  }
  if (opened.value === column) return { ...as, faults: within, value: `cast(to_json(${column}) as varchar)` }
  const json = jsonOf(raw, column)
  const place = { json, path: '$', typeAt: (path: string) => `json_type(${json}, ${duckdb.text(path)})` }
  const unread = faultWhere(isUnread(raw, column, given), name, type)
  const inside = formFaults(type, given, name, place).slice(1)
  return { ...as, faults: [unread, ...inside, ...within], value: `cast(${column} as varchar)` }
}
