import type { CompiledDataTest, CompiledModel, CompiledProject, CompiledSourceTable } from '../compile/compiled.ts'
import type { ContractChange } from '../warehouse/contract-change.ts'
import type { Estimate, Session, Warehouse } from '../warehouse/warehouse.ts'
import { atATime } from './at-a-time.ts'
import { stands } from './build-model.ts'
import { estimateDataTest, estimateModel, type NodeEstimate } from './estimate-node.ts'
import { mustBeThere } from './prepare.ts'
import { cannotBegin } from './run-project.ts'
import { interruptedWhen } from './stoppable.ts'

/** What a plan is made of. */
export interface PlanInput {
  readonly warehouse: Warehouse
  readonly compiled: CompiledProject
  /** Names of models and raw tables, each after what it reads. */
  readonly selected: ReadonlySet<string>
  /** Names of the data tests over several tables. */
  readonly dataTests: ReadonlySet<string>
  /** Undefined: it is not stopped. */
  readonly signal?: AbortSignal
}

/** What a build would do with one node. */
export type PlannedNode = { readonly name: string; readonly estimate: NodeEstimate } & (
  | { readonly action: 'land'; readonly table: CompiledSourceTable; readonly isThere: boolean }
  | { readonly action: 'build'; readonly model: CompiledModel; readonly change: ContractChange }
  | { readonly action: 'test'; readonly test: CompiledDataTest }
)

export interface Plan {
  /** In an order in which they could be done one by one. */
  readonly nodes: readonly PlannedNode[]
  /** Of the queries that are known; undefined where the warehouse bills nothing. */
  readonly total: Estimate | undefined
  /** Names of the nodes that will cost something that is not known: the total is the least that it can be. */
  readonly unknown: readonly string[]
}

const askedAtATime = 8

/**
 * What a build of the selection would do, without doing it: what stands is looked at, and each query is told to the warehouse as a dry run. Throws
 * `ProblemsError` with what would keep the build from beginning.
 */
export async function planProject(input: PlanInput): Promise<Plan> {
  const { warehouse, compiled, selected, dataTests, signal } = input
  const models = [...selected]
    .flatMap(name => compiled.models.get(name) ?? [])
    .filter(({ materialization }) => materialization !== 'inline')
  const sources = [...selected].flatMap(name => compiled.sourceTables.get(name) ?? [])
  const tests = compiled.dataTests.filter(({ name }) => dataTests.has(name))
  const session = await warehouse.connect().catch(cannotBegin)
  try {
    await mustBeThere(session, input, models)
    const isThere = await look(warehouse, sources, signal, (own, { table }) => stands(own, warehouse, table))
    const changes = await look(warehouse, models, signal, (own, model) => warehouse.contractChange(own, model))
    const known = {
      sources: new Map(sources.map(({ name }, index) => [name, isThere[index]!])),
      changes: new Map(models.map(({ name }, index) => [name, changes[index]!])),
      compiled,
    }
    const nothing = { kind: 'nothing' } as const
    const { billing } = warehouse
    const ask = <Item>(items: readonly Item[], estimate: (item: Item) => Promise<NodeEstimate>) =>
      atATime(askedAtATime, items, item => interruptedWhen(signal, () => estimate(item)))
    const ofModels = await ask(models, async model =>
      billing === undefined ? nothing : estimateModel(model, billing, known),
    )
    const ofTests = await ask(tests, async test =>
      billing === undefined ? nothing : estimateDataTest(test, billing, known),
    )
    const nodes: readonly PlannedNode[] = [
      ...sources.map(
        (table, index): PlannedNode => ({
          action: 'land',
          name: table.name,
          table,
          isThere: isThere[index]!,
          estimate: nothing,
        }),
      ),
      ...models.map(
        (model, index): PlannedNode => ({
          action: 'build',
          name: model.name,
          model,
          change: changes[index]!,
          estimate: ofModels[index]!,
        }),
      ),
      ...tests.map(
        (test, index): PlannedNode => ({ action: 'test', name: test.name, test, estimate: ofTests[index]! }),
      ),
    ]
    return { nodes, total: billing && totalOf(nodes), unknown: unknownOf(nodes) }
  } catch (error) {
    return cannotBegin(error)
  } finally {
    session.close()
  }
}

/** Each in a session of its own, because a session has one statement at a time. */
function look<Item, Result>(
  warehouse: Warehouse,
  items: readonly Item[],
  signal: AbortSignal | undefined,
  work: (session: Session, item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  return atATime(askedAtATime, items, item =>
    interruptedWhen(signal, async () => {
      const session = await warehouse.connect()
      try {
        return await work(session, item)
      } finally {
        session.close()
      }
    }),
  )
}

function totalOf(nodes: readonly PlannedNode[]): Estimate {
  const known = nodes.flatMap(({ estimate }) => (estimate.kind === 'known' ? [estimate] : []))
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const prices = known.flatMap(({ estimatedUsd }) => estimatedUsd ?? [])
  const partitions = known.flatMap(one => one.partitions ?? [])
  return {
    bytesProcessed: sum(known.map(({ bytesProcessed }) => bytesProcessed)),
    estimatedUsd: known.length > 0 && prices.length === 0 ? undefined : sum(prices),
    partitions:
      partitions.length === 0
        ? undefined
        : { read: sum(partitions.map(({ read }) => read)), all: sum(partitions.map(({ all }) => all)) },
  }
}

function unknownOf(nodes: readonly PlannedNode[]): readonly string[] {
  return nodes
    .filter(({ estimate }) => estimate.kind === 'unknown' || estimate.kind === 'refused')
    .map(({ name }) => name)
}
