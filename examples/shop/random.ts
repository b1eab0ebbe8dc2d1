/** A stream of pseudo-random choices: the same seed makes the same choices, on any machine. */
export interface Random {
  /** From 0 up to, but never, 1. */
  next(): number
  chance(probability: number): boolean
  /** A whole number, both ends included. */
  between(low: number, high: number): number
  /** Of the exponential distribution: mostly short waits, now and then a long one. */
  waiting(mean: number): number
  pick<T>(items: readonly T[]): T
  pickWeighted<T>(items: readonly T[], weightOf: (item: T) => number): T
  hex(length: number): string
  uuid(): string
}

/** Every person has a stream of their own, so that one person's choices never shift another's. */
export function randomFrom(seed: string): Random {
  const next = sfc32(seed)
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))

  function pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(next() * items.length)]
    if (item === undefined) throw new RangeError('cannot pick from an empty list')
    return item
  }

  function pickWeighted<T>(items: readonly T[], weightOf: (item: T) => number): T {
    const total = items.reduce((sum, item) => sum + weightOf(item), 0)
    let left = next() * total
    for (const item of items) {
      left -= weightOf(item)
      if (left < 0) return item
    }
    return pick(items)
  }

  function hex(length: number): string {
    let text = ''
    while (text.length < length) {
      text += Math.floor(next() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, '0')
    }
    return text.slice(0, length)
  }

  return {
    next,
    chance: probability => next() < probability,
    between,
    waiting: mean => -Math.log(1 - next()) * mean,
    pick,
    pickWeighted,
    hex,
    uuid: () => asUuid(hex(32)),
  }
}

/** With the two marks of a random one (version 4). */
function asUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** Chris Doty-Humphrey's small fast counter: 128 bits of state, passes PractRand. */
function sfc32(seed: string): () => number {
  let a = fnv1a(seed, 0x811c9dc5)
  let b = fnv1a(seed, a ^ 0x9e3779b9)
  let c = fnv1a(seed, b ^ 0x85ebca6b)
  let counter = 1

  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 0x1_0000_0000
  }
  // Seeds that differ in one letter start alike; a few rounds part them.
  for (let round = 0; round < 15; round++) next()
  return next
}

function fnv1a(text: string, basis: number): number {
  let hash = basis
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash | 0
}
