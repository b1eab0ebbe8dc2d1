/** The server's own time: a fixed beginning, and a millisecond on at each look. Equal requests give equal answers. */
export class Clock {
  private milliseconds = Date.UTC(2026, 5, 1, 12)

  now(): number {
    this.milliseconds += 1
    return this.milliseconds
  }

  /** The time of the last look. */
  get present(): number {
    return this.milliseconds
  }

  /** Waits as long, at once. */
  passDays(days: number): void {
    this.milliseconds += days * 86_400_000
  }

  /** Midnight of the present day, in seconds. */
  daySeconds(): number {
    return Math.floor(this.milliseconds / 86_400_000) * 86_400
  }
}
