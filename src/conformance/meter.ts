import { totalCost } from '../run/total-cost.ts'
import type { StatementCost } from '../warehouse/warehouse.ts'
import type { KitBudget, KitReport } from './report.ts'

/** The kit was stopped before its end, for a reason that is told. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

/** Counts what the kit has taken so far, and stops it at its budget, in the middle of a build too. */
export class Meter {
  private readonly costs: StatementCost[] = []
  private readonly began = performance.now()

  constructor(
    private readonly budget: KitBudget,
    private readonly stop: AbortController,
  ) {}

  add(costs: readonly StatementCost[]): void {
    this.costs.push(...costs)
    if (this.isOver() !== undefined) this.stop.abort()
  }

  /** Throws `Stopped` where somebody pressed Ctrl-C, or the budget is used up. */
  mustGoOn(): void {
    const why = this.whyStopped()
    if (why !== undefined) throw new Stopped(why)
  }

  whyStopped(): string | undefined {
    return this.isOver() ?? (this.stop.signal.aborted ? 'it was stopped by hand' : undefined)
  }

  private isOver(): string | undefined {
    const { bytes, minutes } = this.budget
    if (bytes !== undefined && (totalCost(this.costs).bytesBilled ?? 0) > bytes) return 'its budget of bytes is used up'
    return performance.now() - this.began > minutes * 60_000 ? `its time is over (${minutes} min)` : undefined
  }

  /** Undefined where the engine counts nothing. */
  total(): KitReport['cost'] {
    return this.costs.length === 0 ? undefined : { statements: this.costs.length, ...totalCost(this.costs) }
  }
}
