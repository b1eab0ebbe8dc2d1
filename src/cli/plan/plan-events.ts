import { tableLabel } from '../../compile/naming.ts'
import type { NodeEstimate } from '../../run/estimate-node.ts'
import type { Plan, PlannedNode } from '../../run/plan-project.ts'

interface PlanEvent {
  readonly type: string
  readonly [key: string]: unknown
}

/** A plan for programs: an object for each node, in order, then one for all of them. */
export function planEvents(
  { nodes, total, unknown }: Plan,
  target: string,
  unitTestCount: number,
): readonly PlanEvent[] {
  return [
    ...nodes.map((node, index) => ({
      type: 'planned',
      place: index + 1,
      action: node.action,
      name: node.name,
      ...ofKind(node),
      ...ofEstimate(node.estimate),
    })),
    {
      type: 'plan',
      target,
      nodeCount: nodes.length,
      unitTestCount,
      bytesProcessed: total?.bytesProcessed,
      estimatedUsd: total?.estimatedUsd,
      partitions: total?.partitions,
      isLowerBound: total && unknown.length > 0,
      unknown: total && unknown,
    },
  ]
}

function ofKind(node: PlannedNode): object {
  switch (node.action) {
    case 'land':
      return { table: tableLabel(node.table.table), stands: node.isThere }
    case 'build': {
      const { model, change } = node
      return {
        table: tableLabel(model.table),
        materialization: model.materialization,
        stands: change.kind !== 'new',
        change: change.kind,
        added: change.kind === 'same' ? change.added : undefined,
        because: change.kind === 'breaking' ? change.because : undefined,
        testCount: model.tests.length,
      }
    }
    case 'test':
      return { reads: node.test.reads }
  }
}

function ofEstimate(estimate: NodeEstimate): object {
  switch (estimate.kind) {
    case 'known': {
      const { bytesProcessed, estimatedUsd, partitions } = estimate
      return { bytesProcessed, estimatedUsd, partitions }
    }
    case 'unknown':
      return { notKnown: estimate.because }
    case 'refused':
      return { notKnown: 'the warehouse refuses it' }
    case 'nothing':
      return {}
  }
}
