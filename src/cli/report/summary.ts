import type { Problem } from '../../problems/problem.ts'
import type { NodeResult, RunResult, TestResult } from '../../run/result.ts'
import type { Colors } from '../colors.ts'
import { costLine } from './cost-line.ts'
import { isFailed } from './node-line.ts'
import { problemText } from './problem-text.ts'
import { labelOf, type RunView } from './run-view.ts'
import { countOf, durationOf, grouped } from './words.ts'

/** How a run ended: what failed and why, what was not reached, what to look at, the numbers, what to do next. */
export function summaryLines(result: RunResult, view: RunView, colors: Colors): readonly string[] {
  return [
    ...section(colors.red('Failed'), failures(result.results, view, colors)),
    ...section('Skipped', skips(result.results, view)),
    ...section(colors.yellow('Warnings'), warnings(result.results, view, colors)),
    closing(result, view, colors),
    ...costLine(result.results),
    ...nextSteps(result, view),
  ]
}

/** Its lines, indented, under a title; nothing where there are none. */
function section(title: string, paragraphs: readonly string[]): readonly string[] {
  if (paragraphs.length === 0) return []
  return [title, ...paragraphs.flatMap(text => text.split('\n').map(line => (line === '' ? '' : `  ${line}`))), '']
}

function failures(results: readonly NodeResult[], view: RunView, colors: Colors): readonly string[] {
  const problems = results.filter(({ status }) => status === 'error').flatMap(problemsOf)
  return spaced(distinct(problems).map(problem => problemText(problem, colors, view.cwd)))
}

/** A node that failed without a word is told all the same. */
function problemsOf({ problems, name }: NodeResult): readonly Problem[] {
  return problems.length > 0 ? problems : [{ kind: 'model', message: `${name} failed` }]
}

/** By what kept them: one failure may skip half of the project. What a stopped run did not reach is counted alone. */
function skips(results: readonly NodeResult[], view: RunView): readonly string[] {
  const failed = new Set(results.filter(({ status }) => status === 'error').map(({ name }) => name))
  const byReason = new Map<string, string[]>()
  let unreached = 0
  for (const result of results) {
    if (result.status !== 'skipped') continue
    const { skippedBecause: cause, tests } = result
    const reason = cause !== undefined && failed.has(cause) ? `${cause} failed` : tests[0]?.message
    if (reason === undefined) unreached += 1
    else byReason.set(reason, [...(byReason.get(reason) ?? []), labelOf(view.compiled, result)])
  }
  return [
    ...[...byReason].map(([reason, labels]) => `${reason}: ${someOf(labels)}`),
    ...(unreached === 0 ? [] : [`the run was stopped before ${countOf(unreached, 'step')}`]),
  ]
}

const namedAtMost = 8

function someOf(labels: readonly string[]): string {
  const more = labels.length - namedAtMost
  if (more <= 1) return labels.join(', ')
  return `${labels.slice(0, namedAtMost).join(', ')} and ${grouped(more)} more`
}

function warnings(results: readonly NodeResult[], view: RunView, colors: Colors): readonly string[] {
  const told = results
    .filter(({ status }) => status === 'warn')
    .flatMap(({ problems }) => problems.map(problem => problemText(problem, colors, view.cwd)))
  const tested = results.flatMap(result =>
    result.tests
      .filter(({ status }) => status === 'warn')
      .map(test => `${labelOf(view.compiled, result)}: ${test.message ?? test.says}`),
  )
  return [...told, ...tested]
}

const done = { build: 'built', run: 'built', test: 'tested' } as const

function closing({ results, status }: RunResult, view: RunView, colors: Colors): string {
  const of = (wanted: NodeResult['status']) => results.filter(result => result.status === wanted).length
  const [failed, skipped] = [of('error'), of('skipped')]
  const counts = [
    ...(failed > 0 ? [colors.red(`${grouped(failed)} failed`)] : []),
    ...(skipped > 0 ? [`${grouped(skipped)} skipped`] : []),
    ...goodWork(results, view),
    ...testCounts(results.flatMap(({ tests }) => tests)),
  ]
  const word = { success: colors.green('Done'), error: colors.red('Failed'), cancelled: colors.red('Stopped') }[status]
  return `${word} in ${durationOf(wallSeconds(results))}: ${counts.join(', ')}`
}

function goodWork(results: readonly NodeResult[], view: RunView): readonly string[] {
  const good = results.filter(({ status }) => status === 'success' || status === 'warn')
  const models = good.filter(({ kind }) => kind === 'model').length
  const tables = good.filter(({ kind }) => kind === 'source')
  const rows = tables.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0)
  const hasModels = results.some(({ kind }) => kind === 'model')
  return [
    ...(tables.length > 0 ? [`${countOf(rows, 'raw row')} landed`] : []),
    ...(hasModels ? [`${models === 0 ? 'no model' : countOf(models, 'model')} ${done[view.command]}`] : []),
  ]
}

function testCounts(tests: readonly TestResult[]): readonly string[] {
  const ran = tests.filter(({ status }) => status !== 'skipped')
  if (ran.length === 0) return []
  const failed = ran.filter(isFailed).length
  const warned = ran.filter(({ status }) => status === 'warn').length
  const beside = [
    ...(failed > 0 ? [`${grouped(failed)} failed`] : []),
    ...(warned > 0 ? [`${grouped(warned)} warned`] : []),
  ]
  if (beside.length === 0) return [`${countOf(ran.length, 'test')} passed`]
  return [`${grouped(ran.length - failed - warned)} of ${countOf(ran.length, 'test')} passed (${beside.join(', ')})`]
}

function nextSteps({ status, results }: RunResult, view: RunView): readonly string[] {
  const { command, furthest, program, config } = view
  if (!view.isKeptForRetry) return []
  if (status === 'cancelled') return [`Next: ${program} retry${config} goes on with what was not reached`]
  if (status === 'success')
    return command === 'test' || furthest === undefined ? [] : [`Next: ${program} show ${furthest}${config}`]
  const isTestFailure = results.some(
    ({ kind, tests }) => kind !== 'unit-test' && tests.some(({ status: of }) => of === 'fail'),
  )
  const canKeep = isTestFailure && !view.isKeepingFailures && command !== 'run'
  return [
    `Next: ${program} retry${config} does again what failed or was skipped`,
    ...(canKeep ? ['      --store-failures keeps the rows that fail'] : []),
  ]
}

function spaced(paragraphs: readonly string[]): readonly string[] {
  return paragraphs.flatMap((text, index) => (index === 0 ? [text] : ['', text]))
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map(problem => [JSON.stringify([problem.place, problem.message]), problem])).values()]
}

function wallSeconds(results: readonly NodeResult[]): number {
  const starts = results.flatMap(({ startedAt }) => (startedAt === undefined ? [] : [Date.parse(startedAt)]))
  const ends = results.flatMap(({ finishedAt }) => (finishedAt === undefined ? [] : [Date.parse(finishedAt)]))
  if (starts.length === 0 || ends.length === 0) return 0
  return (ends.reduce((a, b) => Math.max(a, b)) - starts.reduce((a, b) => Math.min(a, b))) / 1000
}
