/** Credit as `definitions.md` says it, one conversion at a time and with whole numbers only: what the SQL is held against. */

export interface Touch {
  readonly id: string
  readonly person: string
  readonly at: bigint
  readonly date: string
  readonly channel: string
  readonly campaign: string | null
}

export interface Conversion {
  readonly id: string
  readonly conversion: string
  readonly person: string
  readonly session: string | null
  readonly at: bigint
  readonly date: string
  /** In billionths. */
  readonly revenue: bigint
}

/** How a model shares; `first` and `last` are percent. */
export type Rule = { readonly skip?: readonly string[] } & (
  | { readonly credit: 'first' | 'last' | 'linear' }
  | { readonly credit: 'position'; readonly first: number; readonly last: number }
  | { readonly credit: 'time_decay'; readonly halfLifeSeconds: number }
)

export interface Credit {
  readonly model: string
  readonly conversion: Conversion
  /** Undefined for a conversion without a touchpoint. */
  readonly touch: Touch | undefined
  readonly number: number
  readonly count: number
  readonly credit: number
  /** In billionths. */
  readonly revenue: bigint
}

/** The touchpoints that may have a part in a conversion, in order. */
export function touchesBefore(
  { person, at }: Conversion,
  touches: readonly Touch[],
  lookbackSeconds: number,
): readonly Touch[] {
  const earliest = at - BigInt(lookbackSeconds) * 1_000_000n
  return touches
    .filter(touch => touch.person === person && touch.at >= earliest && touch.at <= at)
    .sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1))
}

export function creditsOf(
  model: string,
  rule: Rule,
  conversion: Conversion,
  touches: readonly Touch[],
): readonly Credit[] {
  const base = { model, conversion, count: touches.length }
  if (touches.length === 0) return [{ ...base, touch: undefined, number: 0, credit: 1, revenue: conversion.revenue }]
  const wanted = touches.filter(({ channel }) => !rule.skip?.includes(channel))
  const entitled = wanted.length > 0 ? wanted : touches
  const weights = weightsOf(rule, entitled, conversion)
  const whole = weights.reduce((sum, weight) => sum + weight, 0n)
  let weightSoFar = 0n
  let revenueSoFar = 0n
  return entitled.flatMap((touch, index) => {
    const weight = weights[index]!
    if (weight === 0n) return []
    weightSoFar += weight
    const reached = revenueAt(conversion.revenue, weightSoFar, whole)
    const revenue = reached - revenueSoFar
    revenueSoFar = reached
    return [{ ...base, touch, number: touches.indexOf(touch) + 1, credit: Number(weight) / Number(whole), revenue }]
  })
}

function weightsOf(rule: Rule, touches: readonly Touch[], { at }: Conversion): readonly bigint[] {
  const last = touches.length - 1
  switch (rule.credit) {
    case 'first':
      return touches.map((_, index) => (index === 0 ? 1n : 0n))
    case 'last':
      return touches.map((_, index) => (index === last ? 1n : 0n))
    case 'linear':
      return touches.map(() => 1n)
    case 'position': {
      const [first, final] = [BigInt(rule.first), BigInt(rule.last)]
      if (last === 0) return [1n]
      if (last === 1) return [first, final]
      const between = BigInt(last - 1)
      return touches.map((_, index) =>
        index === 0 ? first * between : index === last ? final * between : 100n - first - final,
      )
    }
    case 'time_decay': {
      const secondsBefore = touches.map(touch => Number((at - touch.at) / 1_000_000n))
      const least = Math.min(...secondsBefore)
      return secondsBefore.map(seconds => BigInt(Math.round(2 ** ((least - seconds) / rule.halfLifeSeconds) * 1e15)))
    }
  }
}

function revenueAt(revenue: bigint, weight: bigint, whole: bigint): bigint {
  if (weight === whole) return revenue
  const millionths = quotient(revenue * weight, whole * 1000n)
  return quotient(millionths, 10_000n) * 10_000_000n
}

/** Rounded, halves away from zero. */
function quotient(a: bigint, b: bigint): bigint {
  const size = a < 0n ? -a : a
  const rounded = (2n * size + b) / (2n * b)
  return a < 0n ? -rounded : rounded
}

/** '2026-03-20 10:00:00.5' as microseconds since 1970. */
export function microseconds(instant: string): bigint {
  const [whole, fraction = ''] = instant.split('.')
  return BigInt(Date.parse(`${whole!.replace(' ', 'T')}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0'))
}

/** '12.5' as billionths. */
export function billionths(decimal: string): bigint {
  const [whole, fraction = ''] = decimal.replace('-', '').split('.')
  const size = BigInt(whole!) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'))
  return decimal.startsWith('-') ? -size : size
}
