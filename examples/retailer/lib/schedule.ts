interface Entry<T> {
  readonly at: number
  readonly number: number
  readonly item: T
}

/** Things that will happen, a heap a day; taken in the order of time, and equal times in the order in which they were added. */
export class Schedule<T> {
  readonly #days: (Entry<T>[] | undefined)[] = []
  readonly #dayOf: (at: number) => number
  #count = 0
  #today = 0

  constructor(dayOf: (at: number) => number) {
    this.#dayOf = dayOf
  }

  add(at: number, item: T): void {
    const number = this.#dayOf(at)
    if (number < this.#today) throw new RangeError(`${new Date(at).toISOString()} is on a day that is over`)
    this.#days[number] ??= []
    const heap = this.#days[number]
    heap.push({ at, number: this.#count++, item })
    let index = heap.length - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!isBefore(heap[index]!, heap[parent]!)) break
      swap(heap, index, parent)
      index = parent
    }
  }

  /** How many things stand on a day as yet. */
  countOn(number: number): number {
    return this.#days[number]?.length ?? 0
  }

  /** The next of a day, what was added meanwhile included; undefined when the day is over. */
  takeFrom(number: number): { readonly at: number; readonly item: T } | undefined {
    this.#today = number
    const heap = this.#days[number]
    const first = heap?.[0]
    if (!heap || !first) {
      this.#days[number] = undefined
      return undefined
    }
    const last = heap.pop()!
    if (heap.length > 0) {
      heap[0] = last
      sink(heap)
    }
    return first
  }
}

function sink<T>(heap: Entry<T>[]): void {
  for (let index = 0; ; ) {
    let least = index
    for (const child of [2 * index + 1, 2 * index + 2]) {
      if (child < heap.length && isBefore(heap[child]!, heap[least]!)) least = child
    }
    if (least === index) return
    swap(heap, index, least)
    index = least
  }
}

function isBefore<T>(left: Entry<T>, right: Entry<T>): boolean {
  return left.at < right.at || (left.at === right.at && left.number < right.number)
}

function swap<T>(heap: Entry<T>[], left: number, right: number): void {
  const held = heap[left]!
  heap[left] = heap[right]!
  heap[right] = held
}
