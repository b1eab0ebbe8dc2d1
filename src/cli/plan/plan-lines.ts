import type { CompiledProject } from '../../compile/compiled.ts'
import type { Plan, PlannedNode } from '../../run/plan-project.ts'
import type { ContractChange } from '../../warehouse/contract-change.ts'
import type { Estimate } from '../../warehouse/warehouse.ts'
import type { Colors } from '../colors.ts'
import { priceOf, sizeOf } from '../report/cost-line.ts'
import { labelOf } from '../report/run-view.ts'
import { alignedLines } from '../report/text-table.ts'
import { countOf } from '../report/words.ts'

/** A plan for people: a line for each node, in order. */
export function planLines({ nodes }: Plan, compiled: CompiledProject, colors: Colors): readonly string[] {
  const rows = nodes.map((node, index) => [
    String(index + 1),
    node.action,
    placeOf(node, compiled),
    kindOf(node),
    effectOf(node),
    ...estimateCells(node, colors),
  ])
  return alignedLines(rows, ['right', 'left', 'left', 'left', 'left', 'right'])
}

/** What the known queries would read together, and what that costs: the least where some are not known. */
export function totalLines({ total, unknown, nodes }: Plan): readonly string[] {
  if (total === undefined) return []
  const known = nodes.filter(({ estimate }) => estimate.kind === 'known').length
  const atLeast = unknown.length === 0 ? '' : 'at least '
  const ofQueries = `of ${countOf(known, 'query', 'queries')} that can be asked about`
  return [
    `Reads ${atLeast}${[sizeOf(total.bytesProcessed), ...besideBytes(total)].join(', ')}: ${ofQueries}`,
    ...(unknown.length === 0 ? [] : [`Not known: ${unknown.join(', ')}`]),
  ]
}

/** What the bytes cost, where bytes have a price, and the partitions that they stand in, where the warehouse tells. */
function besideBytes({ bytesProcessed, estimatedUsd, partitions }: Estimate): readonly string[] {
  const price = estimatedUsd === undefined ? [] : [bytesProcessed === 0 ? 'free of charge' : priceOf(estimatedUsd)]
  const parts = partitions === undefined ? [] : [`${partitions.read} of ${countOf(partitions.all, 'partition')}`]
  return [...price, ...parts]
}

/** What publishing would do, in a few words. */
export function effectOf(node: PlannedNode): string {
  switch (node.action) {
    case 'land':
      return node.isThere ? 'landed again' : 'new'
    case 'build':
      return changeWords(node.change, node.model.materialization === 'view')
    case 'test':
      return ''
  }
}

function changeWords(change: ContractChange, isView: boolean): string {
  switch (change.kind) {
    case 'new':
      return 'new'
    case 'breaking':
      return `replaced: ${change.because}`
    case 'same':
      if (change.added.length > 0) return `new columns: ${change.added.join(', ')}`
      return isView ? 'its query in its place' : 'same contract'
  }
}

function placeOf(node: PlannedNode, compiled: CompiledProject): string {
  const kind = ({ land: 'source', build: 'model', test: 'data-test' } as const)[node.action]
  return labelOf(compiled, { kind, name: node.name })
}

function kindOf(node: PlannedNode): string {
  switch (node.action) {
    case 'land':
      return 'raw table'
    case 'build':
      return node.model.materialization
    case 'test':
      return ''
  }
}

function estimateCells({ estimate }: PlannedNode, colors: Colors): readonly string[] {
  switch (estimate.kind) {
    case 'known':
      return [sizeOf(estimate.bytesProcessed), besideBytes(estimate).join(', ')]
    case 'unknown':
      return ['?', colors.dim(estimate.because)]
    case 'refused':
      return ['?', colors.red('the warehouse refuses it')]
    case 'nothing':
      return []
  }
}
