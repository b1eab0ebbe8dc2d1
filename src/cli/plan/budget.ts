import type { Budget } from '../../config/targets.ts'
import type { Problem } from '../../problems/problem.ts'
import type { Plan } from '../../run/plan-project.ts'
import { sizeOf } from '../report/cost-line.ts'
import { countOf, listed } from '../report/words.ts'

/** What the known queries of a plan come to, in the words of a budget: `at least 1.2 TB ($7.50)`; without dollars where bytes have no price. */
export function spendingOf({ total, unknown }: Plan): string {
  const { bytesProcessed, estimatedUsd } = total ?? { bytesProcessed: 0, estimatedUsd: 0 }
  const price = estimatedUsd === undefined ? '' : ` (${dollars(estimatedUsd)})`
  return `${unknown.length > 0 ? 'at least ' : ''}${sizeOf(bytesProcessed)}${price}`
}

/** `500.0 GB and $5.00` */
export function budgetWords({ bytes, usd }: Budget): string {
  return listed([...(bytes === undefined ? [] : [sizeOf(bytes)]), ...(usd === undefined ? [] : [dollars(usd)])])
}

/** What is not in the sum. */
export function unknownWords({ unknown }: Plan): string {
  if (unknown.length === 0) return ''
  const named = unknown.slice(0, unknownAtMost)
  const more = unknown.length > named.length ? ` and ${unknown.length - named.length} more` : ''
  return `not known yet: ${named.join(', ')}${more}`
}

/** Whether what is known of a plan is above a budget already. */
export function isAbove({ bytes, usd }: Budget, { total }: Plan): boolean {
  if (total === undefined) return false
  const { bytesProcessed, estimatedUsd = 0 } = total
  return (bytes !== undefined && bytesProcessed > bytes) || (usd !== undefined && estimatedUsd > usd)
}

/** A run that would cost more than its target allows. */
export function overBudget(budget: Budget, plan: Plan, target: string): Pick<Problem, 'message' | 'hint'> {
  const message = `targets.${target}.budget: this run would read ${spendingOf(plan)}, and its budget is ${budgetWords(budget)}`
  const largest = largestOf(plan).map(({ name, bytes }) => `${name} ${sizeOf(bytes)}`)
  const beside = plan.unknown.length === 0 ? '' : `; ${unknownWords(plan)}`
  return {
    message,
    hint: `the largest: ${largest.join(', ')}${beside}. Raise the budget, or select less: throughline plan shows all ${countOf(plan.nodes.length, 'step')}`,
  }
}

const unknownAtMost = 8
const largestAtMost = 5

function largestOf({ nodes }: Plan): readonly { readonly name: string; readonly bytes: number }[] {
  return nodes
    .flatMap(({ name, estimate }) => (estimate.kind === 'known' ? [{ name, bytes: estimate.bytesProcessed }] : []))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, largestAtMost)
}

/** To the cent; below it, to two digits, so that two small sums can be told apart. */
function dollars(usd: number): string {
  if (usd === 0 || usd >= 0.01) return `$${usd.toFixed(2)}`
  return `$${Number(usd.toPrecision(2)).toFixed(12).replace(/0+$/, '')}`
}
