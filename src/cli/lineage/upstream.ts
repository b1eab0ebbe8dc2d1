import type { Colors } from '../colors.ts'
import type { ColumnGraph, GraphColumn } from './column-graph.ts'

export interface UpstreamStep {
  readonly of: GraphColumn
  readonly from: readonly GraphColumn[]
}

/** Each column that can be reached from these, once, nearest first, and what it is computed from. */
export function upstreamSteps(graph: ColumnGraph, starts: readonly GraphColumn[]): readonly UpstreamStep[] {
  const steps = new Map<string, UpstreamStep>()
  const open = [...starts]
  for (let of = open.shift(); of !== undefined; of = open.shift()) {
    if (steps.has(text(of))) continue
    const from = graph.from(of)
    steps.set(text(of), { of, from })
    open.push(...from)
  }
  return [...steps.values()]
}

/** The same as a tree; what was shown further up is not unfolded again. */
export function upstreamLines(graph: ColumnGraph, starts: readonly GraphColumn[], colors: Colors): readonly string[] {
  const shown = new Set<string>()
  const lines: string[] = []
  const add = (column: GraphColumn, lead: string, indent: string): void => {
    const from = graph.from(column)
    const isAgain = shown.has(text(column)) && from.length > 0
    shown.add(text(column))
    const aside = isAgain ? '  (as above)' : from.length === 0 && graph.isComputed(column) ? '  (of no column)' : ''
    lines.push(`${colors.dim(lead)}${text(column)}${colors.dim(aside)}`)
    if (isAgain) return
    for (const [index, source] of from.entries()) {
      const isLast = index === from.length - 1
      add(source, `${indent}${isLast ? '└─ ' : '├─ '}`, `${indent}${isLast ? '   ' : '│  '}`)
    }
  }
  for (const start of starts) add(start, '', '')
  return lines
}

function text({ relation, column }: GraphColumn): string {
  return `${relation}.${column}`
}
