import type { SampledColumn } from '../../authoring/recognize.ts'

type Likeness = SampledColumn['looksLike']

const time = String.raw`\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d([.,]\d+)?)?`
const instant = new RegExp(`^${time} ?(Z|UTC|[+-]\\d\\d(:?\\d\\d)?)$`)
const localTime = new RegExp(`^${time}$`)
const date = /^\d{4}-\d\d-\d\d$/
const number = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i

/** What the values of a column look like, those that are empty left aside. */
export function likenessOf(values: readonly string[]): Likeness {
  const filled = values.filter(value => value !== '')
  const all = (pattern: RegExp) => filled.every(value => pattern.test(value))
  if (filled.length === 0) return 'nothing'
  if (all(instant)) return 'instant'
  if (all(localTime)) return 'local time'
  if (all(date)) return 'date'
  if (!all(number)) return 'text'
  return epochOf(filled) ?? 'number'
}

/** Numbers that all are times between 2001 and 2096 in a unit. */
function epochOf(numbers: readonly string[]): Likeness | undefined {
  const units = [
    ['epoch_seconds', 1e9],
    ['epoch_milliseconds', 1e12],
    ['epoch_microseconds', 1e15],
  ] as const
  const found = units.find(([, least]) =>
    numbers.every(text => /^\d+$/.test(text) && Number(text) >= least && Number(text) < 4 * least),
  )
  return found?.[0]
}
