import { expect, test } from 'vitest'
import { worldOf } from '../support/world.ts'

// A condition such as `b.id = a.id and (c.id is null or c.id = b.id)` on an outer join makes DuckDB compare every row of one side with every row of the other.
/** Objectives are a handful of lines in the config. */
const smallOnOneSide = new Set(['kpis'])

test('no model has an outer join that compares every row with every row', async () => {
  const { compiled, session } = await worldOf([
    { at: '2026-05-01 10:00:00', event: 'page_view', user: 'ann' },
    { at: '2026-05-02 10:00:00', event: 'purchase', user: 'ann', order_id: '1', revenue: '10' },
  ])
  const found: string[] = []
  let explained = 0
  for (const [name, model] of compiled.models) {
    if (model.query === undefined || model.materialization === 'fixpoint' || smallOnOneSide.has(name)) continue
    const [row] = await session.query(`explain (format json) ${model.query.text}`)
    explained++
    const plan = JSON.parse(String(row?.explain_value)) as readonly PlanNode[]
    for (const { name: kind, extra_info } of plan.flatMap(nodesOf))
      if (kind === 'BLOCKWISE_NL_JOIN' && extra_info['Join Type'] !== 'INNER')
        found.push(`${name}: ${JSON.stringify(extra_info)}`)
  }
  expect(explained).toBeGreaterThan(50)
  expect(found).toEqual([])
})

interface PlanNode {
  readonly name: string
  readonly children: readonly PlanNode[]
  readonly extra_info: Readonly<Record<string, unknown>>
}

function nodesOf(node: PlanNode): readonly PlanNode[] {
  return [node, ...node.children.flatMap(nodesOf)]
}
