import type { SourceFreshness } from '../../artifacts/source-freshness.ts'
import type { Colors } from '../colors.ts'
import { alignedLines } from './text-table.ts'

/** A line for each raw table: its newest row, how old that is, how that stands against the limits; what could not be read below it. */
export function freshnessTable(tables: readonly SourceFreshness[], colors: Colors): readonly string[] {
  const painted = {
    pass: colors.green('pass'),
    warn: colors.yellow('warn'),
    error: colors.red('error'),
    'no limit': colors.dim('no limit'),
    'runtime error': colors.red('cannot be read'),
  }
  const rows = tables.map(table => {
    if (table.status === 'runtime error') return [table.name, '', '', painted[table.status]]
    const { name, latestAt, ageSeconds, status } = table
    const newest = latestAt?.slice(0, 19) ?? 'none'
    return [name, newest, ageSeconds === undefined ? '' : ageOf(ageSeconds), painted[status]]
  })
  const failed = tables.flatMap(table => (table.status === 'runtime error' ? ['', table.message] : []))
  const header = ['table', 'newest row (UTC)', 'age', 'status'].map(word => colors.dim(word))
  return [...alignedLines([header, ...rows], ['left', 'left', 'right', 'left']), ...failed]
}

/** In its two largest units: `3 d 04 h`, `4 h 05 min`, `6 min 07 s`, `8 s`. */
export function ageOf(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds))
  const sign = seconds < 0 && whole > 0 ? '-' : ''
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const
  const first = units.findIndex(([, length]) => whole >= length)
  if (first === -1 || first === units.length - 1) return `${sign}${whole} s`
  const [[unit, length], [smaller, part]] = [units[first]!, units[first + 1]!]
  const rest = Math.floor((whole % length) / part)
  return `${sign}${Math.floor(whole / length)} ${unit} ${String(rest).padStart(2, '0')} ${smaller}`
}
