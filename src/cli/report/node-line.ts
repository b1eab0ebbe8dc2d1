import type { RunEvent } from '../../run/events.ts'
import type { NodeResult, TestResult } from '../../run/result.ts'
import type { Colors } from '../colors.ts'
import { labelOf, type RunView } from './run-view.ts'
import { cut, padded } from './text-table.ts'
import { countOf, durationOf, grouped } from './words.ts'

/** `12/32  ok    journeys.sessions   12,345 rows   0.42 s  14 tests` */
export function nodeLine(
  { result, done, of }: Extract<RunEvent, { readonly type: 'node_finished' }>,
  view: RunView,
  colors: Colors,
): string {
  const total = String(of)
  const label = padded(cut(labelOf(view.compiled, result), view.labelWidth), view.labelWidth, 'left')
  const rows = result.rowCount === undefined ? '' : countOf(result.rowCount, 'row')
  const time = result.status === 'skipped' ? '' : durationOf(result.seconds)
  return [
    colors.dim(`${String(done).padStart(total.length)}/${total}`),
    statusWord(result.status, colors),
    result.status === 'skipped' ? colors.dim(label) : label,
    padded(rows, 14, 'right'),
    padded(time, 9, 'right'),
    aside(result, colors),
  ]
    .join('  ')
    .trimEnd()
}

function statusWord(status: NodeResult['status'], colors: Colors): string {
  switch (status) {
    case 'success':
      return colors.green('ok  ')
    case 'warn':
      return colors.yellow('warn')
    case 'error':
      return colors.red('FAIL')
    case 'skipped':
      return colors.dim('skip')
  }
}

/** What became of its tests; why it was skipped. */
function aside(result: NodeResult, colors: Colors): string {
  if (result.status === 'skipped') return colors.dim(skipReason(result))
  if (result.kind === 'unit-test' || result.kind === 'data-test') return ''
  const { tests } = result
  if (tests.length === 0) return ''
  const failed = tests.filter(isFailed).length
  const warned = tests.filter(({ status }) => status === 'warn').length
  const of = countOf(tests.length, 'test')
  if (failed > 0) return colors.red(`${grouped(failed)} of ${of} failed`)
  return warned > 0 ? colors.yellow(`${grouped(warned)} of ${of} warned`) : colors.dim(of)
}

export function isFailed({ status }: TestResult): boolean {
  return status === 'fail' || status === 'error'
}

/** Why a node was not reached. What kept it may have failed, or not have been reached itself. */
function skipReason({ skippedBecause, tests }: NodeResult): string {
  if (skippedBecause !== undefined) return `because of ${skippedBecause}`
  return tests[0]?.message ?? 'the run was stopped before it'
}
