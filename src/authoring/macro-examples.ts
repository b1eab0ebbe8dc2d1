import { type ColumnType, describeType } from './column-type.ts'
import type { MacroMistake } from './macro-mistakes.ts'
import { misfitOf, typeOfArgument } from './macro-values.ts'

type Said = Readonly<Record<string, unknown>>

/** What in a macro's examples does not go with the types that it takes and gives, which are right by themselves. */
export function exampleMistakes(macro: Said): readonly MacroMistake[] {
  return (macro.examples as readonly unknown[]).flatMap((example, index) =>
    mistakesIn(example, macro).map(mistake => ({ ...mistake, path: ['examples', index, ...mistake.path] })),
  )
}

const words = ['given', 'rows', 'gives']

function mistakesIn(example: unknown, macro: Said): readonly MacroMistake[] {
  if (typeof example !== 'object' || example === null)
    return [{ path: [], message: 'is no example', expected: '{ given: […], gives: … }' }]
  const said = example as Said
  const unknown = Object.keys(said).find(word => !words.includes(word))
  if (unknown !== undefined)
    return [{ path: [unknown], message: `an example has no such word`, expected: words.join(', ') }]
  const { given } = said
  if (!Array.isArray(given)) return [{ path: ['given'], message: 'is no list of arguments' }]
  const takes = (macro.takes as readonly unknown[]).map(argument => typeOfArgument(argument)!)
  if (given.length !== takes.length) {
    const message = `there ${given.length === 1 ? 'is 1 argument' : `are ${given.length} arguments`}, and the macro takes ${takes.length}`
    return [
      { path: ['given'], message: `${message}${takes.length === 0 ? '' : `: ${takes.map(describeType).join(', ')}`}` },
    ]
  }
  const ofRows = macro.over === 'group' ? rowMistakes(said.rows, given, takes) : noRows(said.rows)
  return [...givenMistakes(given, takes, macro), ...ofRows, ...givesMistakes(said.gives, macro)]
}

function givenMistakes(
  given: readonly unknown[],
  takes: readonly ColumnType[],
  { over }: Said,
): readonly MacroMistake[] {
  return given.flatMap((value, index): MacroMistake[] => {
    const path = ['given', index]
    if (isSql(value, takes[index]!)) {
      const message = 'SQL stands where the example gives a value'
      return over === 'group' ? [] : [{ path, message, expected: describeType(takes[index]!) }]
    }
    return [...fitting(value, takes[index]!, path)]
  })
}

/** What SQL words and templates make has a kind, and a record may have a field of that name. */
function isSql(value: unknown, type: ColumnType): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && type.kind !== 'record'
}

function noRows(rows: unknown): readonly MacroMistake[] {
  return rows === undefined ? [] : [{ path: ['rows'], message: "only an aggregate has rows: over: 'group'" }]
}

/** The columns of a group have the types of the arguments that name them. */
function rowMistakes(rows: unknown, given: readonly unknown[], takes: readonly ColumnType[]): readonly MacroMistake[] {
  const expected = "rows: { x: [1, null] }, given: [identifier('x')]"
  const columns = typeof rows === 'object' && rows !== null ? Object.entries(rows as Said) : []
  const [first] = columns
  if (first === undefined)
    return [{ path: ['rows'], message: 'an aggregate is tried on the rows of a group, and there are none', expected }]
  const named = given.map(value => (value as { readonly names?: readonly string[] } | null)?.names?.[0])
  return columns.flatMap(([name, values]): MacroMistake[] => {
    const path = ['rows', name]
    if (!Array.isArray(values)) return [{ path, message: 'is no list of values', expected }]
    const of = takes[named.indexOf(name)]
    if (of === undefined) return [{ path, message: `no argument is identifier('${name}')`, expected }]
    const { length } = first[1] as readonly unknown[]
    if (values.length !== length)
      return [
        {
          path,
          message: `its length is ${values.length}, and that of ${first[0]} is ${length}: a row has one of each`,
        },
      ]
    return values.flatMap((value, index) => [...fitting(value, of, [...path, index])]).slice(0, 1)
  })
}

function givesMistakes(gives: unknown, macro: Said): readonly MacroMistake[] {
  if (gives === undefined) return [{ path: ['gives'], message: 'is missing in the example' }]
  if (typeof macro.gives === 'string') return fitting(gives, typeOfArgument(macro.gives)!, ['gives'])
  const columns = macro.gives as Readonly<Record<string, { readonly type: ColumnType }>>
  const fields = Object.fromEntries(Object.entries(columns).map(([name, { type }]) => [name, type]))
  if (gives === null)
    return [{ path: ['gives'], message: 'a relation gives rows', expected: 'an array of them; [] is none' }]
  return fitting(gives, { kind: 'list', of: { kind: 'record', fields } }, ['gives'])
}

function fitting(value: unknown, type: ColumnType, at: readonly (string | number)[]): readonly MacroMistake[] {
  const found = misfitOf(value, type)
  return found === undefined ? [] : [{ ...found, path: [...at, ...found.path] }]
}
