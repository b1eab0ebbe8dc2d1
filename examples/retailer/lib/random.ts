/**
 * A stream of pseudo-random choices: the same seed and keys make the same choices, on any machine. Whoever needs one
 * makes one for the purpose (a person, a visit of theirs, a day), so that one purpose's choices never shift another's
 * and none has to be kept.
 *
 * Chris Doty-Humphrey's small fast counter: 128 bits of state, passes PractRand.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: string, ...keys: readonly number[]) {
    this.#a = hashed(seed, keys, 0x811c9dc5)
    this.#b = hashed(seed, keys, this.#a ^ 0x9e3779b9)
    this.#c = hashed(seed, keys, this.#b ^ 0x85ebca6b)
    // Seeds that differ in one letter start alike; a few rounds part them.
    for (let round = 0; round < 12; round++) this.next()
  }

  /** From 0 up to, but never, 1. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return (sum >>> 0) / 0x1_0000_0000
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  /** Of the exponential distribution: mostly short waits, now and then a long one. */
  waiting(mean: number): number {
    return -Math.log(1 - this.next()) * mean
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)]
    if (item === undefined) throw new RangeError('cannot pick from an empty list')
    return item
  }

  pickWeighted<T>(items: readonly T[], weightOf: (item: T) => number): T {
    let total = 0
    for (const item of items) total += weightOf(item)
    let left = this.next() * total
    for (const item of items) {
      left -= weightOf(item)
      if (left < 0) return item
    }
    return this.pick(items)
  }

  hex(length: number): string {
    let text = ''
    while (text.length < length) {
      text += Math.floor(this.next() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, '0')
    }
    return text.slice(0, length)
  }

  /** With the two marks of a random one (version 4). */
  uuid(): string {
    const hex = this.hex(32)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  }
}

/** FNV-1a over the text and then the bytes of the numbers. */
function hashed(text: string, keys: readonly number[], basis: number): number {
  let hash = basis
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  for (const key of keys) {
    hash = Math.imul(hash ^ (key & 0xffff), 0x01000193)
    hash = Math.imul(hash ^ (key >>> 16) ^ 0x5bd1, 0x01000193)
  }
  return hash | 0
}
