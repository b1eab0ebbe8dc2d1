import { pathText } from '../problems/path-text.ts'
import type { CallSite } from './call-site.ts'

/** Something in a macro's declaration that cannot be meant so. */
export interface MacroMistake {
  /** Where in the declaration, `['takes', 0]`. */
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly suggestion?: string | undefined
  readonly expected?: string | undefined
}

/** Thrown where a macro is declared, with everything that is wrong with it. */
export class MacroMistakes extends Error {
  override readonly name = 'MacroMistakes'

  constructor(
    readonly mistakes: readonly MacroMistake[],
    /** Where `macro(…)` stands. */
    readonly at: CallSite | undefined,
  ) {
    super(mistakes.map(({ path, message }) => `macro, ${pathText(path)}: ${message}`).join('\n'))
  }
}
