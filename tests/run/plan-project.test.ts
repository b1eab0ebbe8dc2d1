import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { planProject } from '../../src/run/plan-project.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import type { Billing } from '../../src/warehouse/warehouse.ts'
import { folderOf, projectOf } from '../support/project.ts'
import { runIn } from '../support/run.ts'
import { shopFiles } from './shop.ts'

const counted = `
import { fixpoint, integer, key, sql } from 'throughline'
import { customers } from './customers'

const found = { customer: key('Who'), n: integer('Counted') }

export const counted = fixpoint({
  description: 'One row per customer.',
  grain: ['customer'],
  columns: { customer: key('Who'), n: integer('Counted') },
  maximumRounds: 3,
  work: { found, rest: found },
  start: () => ({
    found: sql\`select c.customer, 0 as n from \${customers} as c\`,
    rest: sql\`select c.customer, 0 as n from \${customers} as c where c.order_count < 0\`,
  }),
  step: ({ work }) => ({
    found: sql\`select f.customer, f.n from \${work.found} as f\`,
    rest: sql\`select r.customer, r.n from \${work.rest} as r where r.n < 0\`,
  }),
  until: 'rest',
  query: ({ work }) => sql\`select f.customer, f.n from \${work.found} as f\`,
})
`

/** The shop in memory, in a warehouse that bills by the statement. */
async function billedShop(estimate: Billing['estimate']) {
  const folder = folderOf({ 'orders.csv': 'order_id,customer,amount\no1,ann,1\n' })
  const files = { ...shopFiles(), 'models/marts/counted.ts': counted }
  const project = projectOf(files, { sources: { shop: { file: join(folder, 'orders.csv') } } })
  expect(project.problems).toEqual([])
  const warehouse = await DuckDBWarehouse.open({ path: ':memory:' })
  Object.assign(warehouse, { billing: { estimate } })
  const { compiled } = project
  const selected = new Set(['shop.orders', 'orders', 'customers', 'counted', 'week_days'])
  const { signal } = new AbortController()
  return { warehouse, project, input: { warehouse, compiled, selected, dataTests: new Set<string>(), signal } }
}

describe('A plan', () => {
  it('asks about the queries whose parents stand, and about no view, raw table or fixpoint', async () => {
    const asked: string[] = []
    const { warehouse, project, input } = await billedShop(async sql => {
      asked.push(sql)
      return { bytesProcessed: 1000, estimatedUsd: 0.5 }
    })
    const first = await planProject(input)
    expect(first.nodes.map(({ name, estimate }) => [name, estimate.kind])).toEqual([
      ['shop.orders', 'nothing'],
      ['orders', 'unknown'],
      ['customers', 'unknown'],
      ['counted', 'unknown'],
      ['week_days', 'nothing'],
    ])
    expect(asked).toEqual([])
    expect(first.total).toEqual({ bytesProcessed: 0, estimatedUsd: 0 })

    await runIn(warehouse, project)
    const second = await planProject(input)
    expect(second.nodes.map(({ name, estimate }) => [name, estimate.kind])).toEqual([
      ['shop.orders', 'nothing'],
      ['orders', 'known'],
      ['customers', 'known'],
      ['counted', 'unknown'],
      ['week_days', 'nothing'],
    ])
    expect(asked).toHaveLength(2)
    expect(second).toMatchObject({ total: { bytesProcessed: 2000, estimatedUsd: 1 }, unknown: ['counted'] })
    await warehouse.close()
  })

  it('asks about at most eight queries at a time', async () => {
    let [running, most] = [0, 0]
    const { warehouse, project, input } = await billedShop(async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise(resolve => setTimeout(resolve, 2))
      running -= 1
      return { bytesProcessed: 1, estimatedUsd: 0 }
    })
    await runIn(warehouse, project)
    const customers = project.compiled.models.get('customers')!
    const many = Array.from({ length: 20 }, (_, index) => ({ ...customers, name: `customers_${index}` }))
    const models = new Map([...project.compiled.models, ...many.map(model => [model.name, model] as const)])
    const selected = new Set(many.map(({ name }) => name))
    const plan = await planProject({ ...input, compiled: { ...project.compiled, models }, selected })
    expect(plan.total?.bytesProcessed).toBe(20)
    expect(most).toBe(8)
    await warehouse.close()
  })

  it('ends where it is stopped', async () => {
    const { warehouse, input } = await billedShop(async () => ({ bytesProcessed: 1, estimatedUsd: 0 }))
    await expect(planProject({ ...input, signal: AbortSignal.abort() })).rejects.toMatchObject({
      errorKind: 'interrupted',
    })
    await warehouse.close()
  })
})
