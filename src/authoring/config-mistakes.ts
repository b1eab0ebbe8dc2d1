/** Something in the config that only the rest of the project shows to be wrong. */
export interface Mistake {
  /** Where it stands, `['objectives', 0, 'kpi']`. */
  readonly path: readonly (string | number)[]
  /** What is wrong, without the path. */
  readonly message: string
  /** A name that there is not, and the names that there are: the nearest of them is suggested. */
  readonly unknown?: { readonly word: string; readonly known: readonly string[] }
  readonly expected?: string
  readonly hint?: string
}

/**
 * Thrown by a `query` whose definitions do not go together, as where one names something that another does not have. Each mistake is told at its line of
 * the config, before anything runs.
 */
export class ConfigMistakes extends Error {
  override readonly name = 'ConfigMistakes'

  constructor(readonly mistakes: readonly Mistake[]) {
    super(mistakes.map(({ message }) => message).join('\n'))
  }
}
