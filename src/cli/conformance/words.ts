import {
  type CheckName,
  type CheckReport,
  type Difference,
  differingMacros,
  type KitBudget,
  type KitEstimate,
  type KitReport,
} from '../../conformance/report.ts'
import type { Colors } from '../colors.ts'
import { priceOf, sizeOf } from '../report/cost-line.ts'
import { countOf, durationOf, grouped, listed } from '../report/words.ts'

const shownAtMost = 12
const widthAtMost = 400

const what: Readonly<Record<CheckName, string>> = {
  core: 'constructs of the portable core',
  macros: 'examples of macros',
  models: 'tables and tests of the retailer',
  materializations: 'tables of the small shop, built again and again',
  readers: 'readings of a table while it was published',
  grants: 'builds of a granted table',
  kills: 'looks after killed builds',
}

export function begunWords(check: CheckName): string {
  return what[check]
}

/** A check's outcome in lines: how much agreed, and the first of what did not. */
export function checkLines(
  { check, status, stoppedBecause, agreed, differences, skipped, seconds }: CheckReport,
  colors: Colors,
): readonly string[] {
  const words = {
    agrees: colors.green('agrees '),
    differs: colors.red('DIFFERS'),
    skipped: colors.dim('skipped'),
    stopped: colors.yellow('stopped'),
  }
  const roots = differences.filter(({ because = [] }) => because.length === 0)
  const following = differences.filter(({ because = [] }) => because.length > 0)
  const found = `${grouped(agreed)} ${what[check]} as they should be${differences.length === 0 ? '' : `, ${grouped(differences.length)} not`}`
  const count = status === 'skipped' || status === 'stopped' ? '' : `  ${found}`
  return [
    `${words[status]}  ${check.padEnd(16)}${count}  ${durationOf(seconds)}`.trimEnd(),
    ...roots.slice(0, shownAtMost).flatMap(differenceLines),
    ...(roots.length > shownAtMost ? [`  and ${roots.length - shownAtMost} more, in the report`] : []),
    ...followingLines(following),
    ...skipped.map(({ about, because }) => `  ${about}: not tried, ${because}`),
    ...(stoppedBecause === undefined ? [] : [`  stopped, after ${found}: ${stoppedBecause}`]),
  ]
}

function differenceLines({ about, where, expected, got }: Difference): readonly string[] {
  return [`  ${about}, ${where}`, `    expected ${cut(expected)}`, `    got      ${cut(got)}`]
}

/** What follows from something else, and from what in the end. */
function followingLines(following: readonly Difference[]): readonly string[] {
  if (following.length === 0) return []
  const names = [...new Set(following.map(({ about }) => about))]
  const causes = [...new Set(following.flatMap(({ because = [] }) => because))]
  const roots = causes.filter(cause => !names.includes(cause))
  return [`  ${someOf(names)}: ${names.length === 1 ? 'follows' : 'follow'} from ${someOf(roots)}`]
}

function someOf(names: readonly string[]): string {
  if (names.length <= shownAtMost) return listed(names)
  return `${names.slice(0, shownAtMost).join(', ')} and ${names.length - shownAtMost} more`
}

const cut = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > widthAtMost ? `${line.slice(0, widthAtMost)} …` : line
}

/** What it will take, as far as that can be known. */
export function estimateWords({ statements, bytesBilled }: KitEstimate, engine: string): string {
  const count = `about ${countOf(statements, 'statement')}`
  if (bytesBilled !== undefined) return `${count}, for which BigQuery bills about ${sizeOf(bytesBilled)}`
  if (engine === 'snowflake') return `${count}; Snowflake bills the time that the warehouse is awake`
  return `${count}, which cost nothing`
}

export function budgetWords({ bytes, minutes }: KitBudget): string {
  return [...(bytes === undefined ? [] : [sizeOf(bytes)]), countOf(minutes, 'minute')].join(' and ')
}

/** The last lines: what all of it came to. */
export function summaryLines(
  { checks, cost, status, stoppedBecause, leftBehind }: KitReport,
  colors: Colors,
): readonly string[] {
  const differing = checks.filter(({ differences }) => differences.length > 0).map(({ check }) => check)
  const macros = differingMacros(checks)
  const differs = colors.red(
    `Not as it should be: ${listed(differing)}${macros.length === 0 ? '' : `; of the macros ${listed(macros)}`}`,
  )
  const outcome = {
    agrees: [colors.green('All that was tried is as it should be.')],
    differs: [differs],
    stopped: [colors.yellow(`Stopped before its end: ${stoppedBecause}`), ...(differing.length === 0 ? [] : [differs])],
  }
  return ['', ...outcome[status], ...(cost === undefined ? [] : [costWords(cost)]), ...leftLines(leftBehind)]
}

function costWords({
  statements,
  bytesBilled,
  estimatedUsd,
  elapsedMilliseconds,
  cloudServicesCredits,
}: NonNullable<KitReport['cost']>): string {
  const told = [
    ...(bytesBilled === undefined ? [] : [`${sizeOf(bytesBilled)} billed`]),
    ...(estimatedUsd === undefined ? [] : [`about ${priceOf(estimatedUsd)}`]),
    ...(elapsedMilliseconds === undefined ? [] : [`${durationOf(elapsedMilliseconds / 1000)} of statements`]),
    ...(cloudServicesCredits === undefined ? [] : [`${cloudServicesCredits.toPrecision(3)} credits of cloud services`]),
  ]
  return `It took ${countOf(statements, 'statement')}${told.length === 0 ? '' : `: ${told.join(', ')}`}`
}

function leftLines(leftBehind: readonly string[]): readonly string[] {
  if (leftBehind.length === 0) return ['Nothing of it stays in the warehouse.']
  return [
    'These could not be dropped, and have to be by hand:',
    ...leftBehind.map(schema => `  drop schema if exists ${schema} cascade;`),
  ]
}
