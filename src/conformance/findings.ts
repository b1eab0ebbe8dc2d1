import type { CheckOutcome, Difference, Skipped } from './report.ts'

/** What a check has found so far: all that is known of it where it is stopped before its end. */
export class Findings {
  private agreed = 0
  private readonly differences: Difference[] = []
  private readonly skipped: Skipped[] = []

  /** So many comparisons came out as they should, and these did not. Gives the latter. */
  add(agreed: number, differences: readonly Difference[]): readonly Difference[] {
    this.agreed += agreed
    this.differences.push(...differences)
    return differences
  }

  skip(skipped: Skipped): void {
    this.skipped.push(skipped)
  }

  outcome(): CheckOutcome {
    return { agreed: this.agreed, differences: [...this.differences], skipped: [...this.skipped] }
  }
}
