import type { RunEvent } from '../../run/events.ts'
import type { NodeResult, TestResult } from '../../run/result.ts'
import type { Colors } from '../colors.ts'
import { labelOf, type RunView } from './run-view.ts'
import { cut, padded } from './text-table.ts'
import { countOf, durationOf, grouped } from './words.ts'

const rowsWidth = 14

/** `12/32  ok    journeys.sessions   12,345 rows   0.42 s  14 tests` */
export function nodeLine(
  { result, done, of }: Extract<RunEvent, { readonly type: 'node_finished' }>,
  view: RunView,
  colors: Colors,
): string {
  const total = String(of)
  return [
    colors.dim(`${String(done).padStart(total.length)}/${total}`),
    statusWord(result.status, colors),
    labelAndRows(result, view),
    padded(durationOf(result.seconds), 9, 'right'),
    aside(result, colors),
  ]
    .join('  ')
    .trimEnd()
}

/** A unit test builds no rows, and its long name takes their room. */
function labelAndRows(result: NodeResult, view: RunView): string {
  const label = labelOf(view.compiled, result)
  const width = view.labelWidth + (result.kind === 'unit-test' ? rowsWidth + 2 : 0)
  const told = padded(cut(label, width), width, 'left')
  if (result.kind === 'unit-test') return told
  const rows = result.rowCount === undefined ? '' : countOf(result.rowCount, 'row')
  return `${told}  ${padded(rows, rowsWidth, 'right')}`
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

/** What became of its tests. */
function aside(result: NodeResult, colors: Colors): string {
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
