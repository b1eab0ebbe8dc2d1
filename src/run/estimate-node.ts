import type { CompiledDataTest, CompiledModel, CompiledProject, Query } from '../compile/compiled.ts'
import { StatementFailed } from '../materialize/build-scratch.ts'
import { type Problem, ProblemsError } from '../problems/problem.ts'
import type { ContractChange } from '../warehouse/contract-change.ts'
import { type Billing, type Estimate, WarehouseError } from '../warehouse/warehouse.ts'
import { problemsOfModel, problemsOfWork } from './node-problem.ts'

/** What the query of a node would take. */
export type NodeEstimate =
  /** There is nothing to pay: a view, a file that is loaded, a warehouse that bills nothing. */
  | { readonly kind: 'nothing' }
  | ({ readonly kind: 'known' } & Estimate)
  | { readonly kind: 'unknown'; readonly because: string }
  /** The warehouse says that the query is wrong. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

/** What was found out about the tables that queries read. */
export interface KnownTables {
  /** Raw tables that are landed by the plan: whether they stand already. */
  readonly sources: ReadonlyMap<string, boolean>
  /** Models that are built by the plan. */
  readonly changes: ReadonlyMap<string, ContractChange>
  readonly compiled: CompiledProject
}

/** By the tables as they stand now: what the model's own query would read. */
export async function estimateModel(model: CompiledModel, billing: Billing, known: KnownTables): Promise<NodeEstimate> {
  const { materialization, query, parents, sourceTables } = model
  if (materialization === 'view' || query === undefined) return { kind: 'nothing' }
  if (materialization === 'fixpoint') return { kind: 'unknown', because: 'not known before its rounds are done' }
  return estimate(query, [...parents, ...sourceTables], billing, known, error =>
    problemsOfModel(new StatementFailed(error, query, 0), model),
  )
}

/** The same of a data test over several tables. */
export function estimateDataTest(
  { name, query, reads }: CompiledDataTest,
  billing: Billing,
  known: KnownTables,
): Promise<NodeEstimate> {
  return estimate(query, reads, billing, known, error => problemsOfWork(error, name))
}

async function estimate(
  { text }: Query,
  reads: readonly string[],
  billing: Billing,
  known: KnownTables,
  problemsOf: (error: WarehouseError) => readonly Problem[],
): Promise<NodeEstimate> {
  const missing = reads.filter(name => known.changes.get(name)?.kind === 'new' || known.sources.get(name) === false)
  if (missing.length > 0)
    return { kind: 'unknown', because: `not known before its parents stand: ${missing.join(', ')}` }
  try {
    return { kind: 'known', ...(await billing.estimate(text)) }
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error
    const problems = problemsOf(error)
    if (!['syntax', 'name', 'type'].includes(error.errorKind)) throw new ProblemsError(problems, { cause: error })
    const renewed = error.errorKind === 'syntax' ? [] : reads.filter(name => isAnother(name, known))
    if (renewed.length === 0) return { kind: 'refused', problems }
    return { kind: 'unknown', because: `not known before its parents are as they will be: ${renewed.join(', ')}` }
  }
}

/** Whether what a query finds in a table may be other columns than it has now. */
function isAnother(name: string, { sources, changes, compiled }: KnownTables): boolean {
  if (sources.has(name)) return true
  const change = changes.get(name)
  if (change === undefined) return false
  const isView = compiled.models.get(name)?.materialization === 'view'
  return isView || change.kind !== 'same' || change.added.length > 0
}
