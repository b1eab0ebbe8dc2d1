import { nearest } from '../problems/nearest.ts'
import { exampleMistakes } from './macro-examples.ts'
import type { MacroMistake } from './macro-mistakes.ts'
import { typeOfArgument } from './macro-values.ts'

/** Types are stripped before a project is run, so what `tsc` would have found is found here too. */
export function macroMistakes(spec: unknown): readonly MacroMistake[] {
  if (typeof spec !== 'object' || spec === null)
    return [{ path: [], message: 'macro(…) takes an object: macro({ takes: […], gives: …, examples: […], as: … })' }]
  const said = spec as Said
  const ofWords = wordMistakes(said)
  if (ofWords.length > 0) return ofWords
  const ofTypes = [...takesMistakes(said), ...givesMistakes(said), ...literalMistakes(said)]
  return ofTypes.length > 0 ? ofTypes : exampleMistakes(said)
}

type Said = Readonly<Record<string, unknown>>

const required = ['takes', 'gives', 'examples', 'as']
const known = [...required, 'over', 'literals']
const overs = ['row', 'group', 'relation']

function wordMistakes(spec: Said): readonly MacroMistake[] {
  const mistakes: MacroMistake[] = []
  for (const word of Object.keys(spec)) {
    if (!known.includes(word))
      mistakes.push({ path: [word], message: 'a macro has no such word', suggestion: nearest(word, known) })
  }
  for (const word of required)
    if (spec[word] === undefined) mistakes.push({ path: [word], message: 'is missing in the macro' })
  for (const word of ['takes', 'examples', 'literals']) {
    if (spec[word] !== undefined && !Array.isArray(spec[word])) mistakes.push({ path: [word], message: 'is no list' })
  }
  if (spec.as !== undefined && typeof spec.as !== 'function')
    mistakes.push({ path: ['as'], message: 'is no function of what the macro takes', expected: 'as: x => sql`…`' })
  const { over } = spec
  if (over !== undefined && !overs.includes(over as string)) {
    const suggestion = nearest(String(over), overs)
    mistakes.push({ path: ['over'], message: `'${over}' is none of ${overs.join(', ')}`, suggestion })
  }
  return mistakes
}

const scalars = ['text', 'integer', 'number', 'real', 'boolean', 'timestamp', 'date', 'json'] as const
const anyType = `one of ${scalars.join(', ')}`

function takesMistakes({ takes }: Said): readonly MacroMistake[] {
  return (takes as readonly unknown[]).flatMap((argument, index): MacroMistake[] => {
    if (typeof argument === 'string' ? isScalar(argument) : typeOfArgument(argument) !== undefined) return []
    return [noType(['takes', index], argument, `${anyType}, or a list or record by its word, like list(text())`)]
  })
}

function givesMistakes({ gives, over }: Said): readonly MacroMistake[] {
  if (over !== 'relation') {
    if (isScalar(gives)) return []
    const isColumns = typeof gives === 'object' && gives !== null
    if (!isColumns) return [noType(['gives'], gives, anyType)]
    return [{ path: ['gives'], message: "columns are what a relation gives: over: 'relation'", expected: anyType }]
  }
  const expected = "the columns of the relation, like { part: text('A part') }"
  if (typeof gives !== 'object' || gives === null)
    return [{ path: ['gives'], message: 'a relation gives columns', expected }]
  return Object.entries(gives).flatMap(([name, column]: [string, { kind?: unknown } | null]) =>
    column?.kind === 'column' ? [] : [{ path: ['gives', name], message: 'is no column', expected }],
  )
}

function literalMistakes({ literals = [], takes }: Said): readonly MacroMistake[] {
  const { length } = takes as readonly unknown[]
  return (literals as readonly unknown[]).flatMap((place, index) => {
    if (Number.isInteger(place) && (place as number) >= 0 && (place as number) < length) return []
    const message = `there is no argument ${String(place)}: they are counted from 0, and the macro takes ${length}`
    return [{ path: ['literals', index], message }]
  })
}

function noType(path: MacroMistake['path'], word: unknown, expected: string): MacroMistake {
  const message = typeof word === 'string' ? `there is no type '${word}'` : 'is no type'
  return { path, message, suggestion: typeof word === 'string' ? nearest(word, scalars) : undefined, expected }
}

function isScalar(word: unknown): boolean {
  return (scalars as readonly unknown[]).includes(word)
}
