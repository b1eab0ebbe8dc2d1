import type { ColumnType } from '../../authoring/column-type.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import type { Condition } from './conditions.ts'
import { type Fault, faultWhere, fieldValue } from './nested-values.ts'

/** Where JSON of a value stands: in the SQL expression `json`, at a path. */
export interface JsonPlace {
  readonly json: string
  readonly path: string
  /** SQL for the type of JSON at a path without elements of lists. */
  typeAt(path: string): string
}

/**
 * Where a list is declared and JSON of another form stands, parsing gives NULL, and in place of a record one of NULLs: as it does where nothing
 * stands there. Which of the two it is is looked up in the JSON; within lists only where a value is so.
 */
export function formFaults(type: ColumnType, value: string, name: string, at: JsonPlace): readonly Fault[] {
  return containers(type, []).map(({ type: of, steps }) => {
    const path = at.path + steps.map(step => (step === element ? '[*]' : pathStep(step))).join('')
    const allowed = `('NULL', '${of.kind === 'list' ? 'ARRAY' : 'OBJECT'}')`
    const place = name + steps.map(step => (step === element ? '[]' : `.${step}`)).join('')
    if (!steps.includes(element)) return faultWhere({ sql: `${at.typeAt(path)} not in ${allowed}` }, place, of)
    const types = `json_type(${at.json}, ${duckdb.text(path)})`
    const holds = `len(list_filter(${types}, lambda t: t not in ${allowed})) > 0`
    return { suspect: isEmptyAt(value, steps, of, 0), holds, name: place, type: of }
  })
}

/** A field in a path of JSON. */
export function pathStep(name: string): string {
  return `."${name.replaceAll('"', '\\"')}"`
}

const element = Symbol('element')

type Step = string | typeof element

interface Container {
  readonly type: ColumnType
  readonly steps: readonly Step[]
}

function containers(type: ColumnType, steps: readonly Step[]): readonly Container[] {
  if (type.kind === 'list') return [{ type, steps }, ...containers(type.of, [...steps, element])]
  if (type.kind !== 'record') return []
  const within = Object.entries(type.fields).flatMap(([name, of]) => containers(of, [...steps, name]))
  return [{ type, steps }, ...within]
}

function isEmptyAt(value: string, steps: readonly Step[], type: ColumnType, depth: number): Condition {
  const [step, ...rest] = steps
  if (step === element) return { list: value, depth, element: isEmptyAt(`x${depth}`, rest, type, depth + 1) }
  if (step !== undefined) return isEmptyAt(fieldValue(value, step), rest, type, depth)
  if (type.kind !== 'record') return { sql: `${value} is null` }
  const fields = Object.keys(type.fields).map(name => `${fieldValue(value, name)} is null`)
  return { sql: `(${fields.join(' and ')})` }
}
