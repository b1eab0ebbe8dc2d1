// biome-ignore-all lint/suspicious/noTemplateCurlyInString: hints show what to write in a template.
import type { Refusal } from './findings.ts'
import type { Kind, Walk } from './walk.ts'

/** Refuses a cast between two types of the contract that the engines carry out differently, at what is cast. */
export function checkConversion(walk: Walk, from: Kind, to: Kind, part: unknown): void {
  const refusal = from !== undefined && to !== undefined && from !== to ? refusals[`${from} ${to}`] : undefined
  if (refusal) walk.findings.at([part], refusal)
}

const rounded: Refusal = [
  'a cast of a real to an integer: DuckDB rounds halves to the even number, the others away from zero',
  'use toNumber and a macro of macros/numbers, or keep it real',
]
const clock: Refusal = [
  'a cast between dates and timestamps: it goes by zones and types that differ',
  'use a macro of macros/time or macros/dates (localDate, midnight, …)',
]
const spelled = (what: string): Refusal => [
  `a cast of ${what} to text: each engine spells it differently`,
  'keep its type, or use a macro that spells it out',
]
const parsed: Refusal = [
  'a cast of text that may not parse: what counts as a value differs, and what is none is an error',
  'use a macro that gives NULL where it is none, like numberFromText',
]

const refusals: Readonly<Record<string, Refusal>> = {
  'real integer': rounded,
  'timestamp date': clock,
  'date timestamp': clock,
  'timestamp text': spelled('a timestamp'),
  'real text': spelled('a real'),
  'number text': spelled('a decimal'),
  'json text': spelled('JSON'),
  'text number': parsed,
  'text real': parsed,
  'text integer': parsed,
  'text boolean': parsed,
  'text date': parsed,
  'text timestamp': parsed,
}
