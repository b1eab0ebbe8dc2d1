import type { NodeResult } from '../../run/result.ts'
import { totalCost } from '../../run/total-cost.ts'
import { countOf, grouped } from './words.ts'

/** `Billed 1.2 GB in 84 jobs, about $0.01`; nothing where the warehouse counts nothing. */
export function costLine(results: readonly NodeResult[]): readonly string[] {
  const costs = results.flatMap(({ costs: of }) => of)
  if (costs.length === 0) return []
  const { bytesBilled, estimatedUsd } = totalCost(costs)
  const cached = costs.filter(({ isCacheHit }) => isCacheHit).length
  const beside = cached === 0 ? '' : `, ${grouped(cached)} of them answered from the cache`
  return [`Billed ${sizeOf(bytesBilled)} in ${countOf(costs.length, 'job')}${beside}, ${priceOf(estimatedUsd)}`]
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
