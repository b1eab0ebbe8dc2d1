/** Work of which so many pieces go on at a time; the rest waits, and goes on in the order in which it came. */
export class Turns {
  private running = 0
  private readonly waiting: (() => void)[] = []

  constructor(private readonly atMost: number) {}

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.atMost) this.running += 1
    else await new Promise<void>(resolve => this.waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = this.waiting.shift()
      if (next === undefined) this.running -= 1
      else next()
    }
  }
}
