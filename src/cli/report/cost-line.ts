import type { NodeResult } from '../../run/result.ts'
import { type TotalCost, totalCost } from '../../run/total-cost.ts'
import type { StatementCost } from '../../warehouse/warehouse.ts'
import { countOf, grouped } from './words.ts'

/**
 * `Billed 1.2 GB in 84 jobs, about $0.01`, or what a warehouse tells that is not paid by the byte: `Scanned 1.2 GB in 84 statements, 61 seconds`;
 * nothing where the warehouse counts nothing.
 */
export function costLine(results: readonly NodeResult[]): readonly string[] {
  const costs = results.flatMap(({ costs: of }) => of)
  if (costs.length === 0) return []
  const total = totalCost(costs)
  return [total.bytesBilled === undefined ? takenLine(costs.length, total) : billedLine(costs, total)]
}

function billedLine(costs: readonly StatementCost[], { bytesBilled = 0, estimatedUsd = 0 }: TotalCost): string {
  const cached = costs.filter(({ isCacheHit }) => isCacheHit).length
  const beside = cached === 0 ? '' : `, ${grouped(cached)} of them answered from the cache`
  return `Billed ${sizeOf(bytesBilled)} in ${countOf(costs.length, 'job')}${beside}, ${priceOf(estimatedUsd)}`
}

function takenLine(
  count: number,
  { bytesProcessed, elapsedMilliseconds = 0, cloudServicesCredits }: TotalCost,
): string {
  const statements = countOf(count, 'statement')
  return [
    bytesProcessed === undefined ? `Ran ${statements}` : `Scanned ${sizeOf(bytesProcessed)} in ${statements}`,
    `${(elapsedMilliseconds / 1000).toFixed(1)} s of them together`,
    ...(cloudServicesCredits === undefined ? [] : [`${creditsOf(cloudServicesCredits)} of cloud services`]),
  ].join(', ')
}

/** `0.0042 credits`: small sums to two digits, so that they can be told apart. */
function creditsOf(credits: number): string {
  return `${credits >= 0.01 || credits === 0 ? credits.toFixed(2) : Number(credits.toPrecision(2))} credits`
}

/** `0 B`, `10.5 MB`, `1.2 TB`, counted in thousands as `maximum_bytes_billed` is. */
export function sizeOf(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB']
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const scaled = bytes / 1000 ** step
  return `${step === 0 ? scaled : scaled.toFixed(1)} ${units[step]}`
}

/** `free of charge`, `less than $0.01`, `about $1.24`. */
export function priceOf(usd: number): string {
  if (usd === 0) return 'free of charge'
  return usd < 0.01 ? 'less than $0.01' : `about $${usd.toFixed(2)}`
}
