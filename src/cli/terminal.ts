import { asJson } from '../artifacts/json.ts'
import { type Secrets, secretsOf } from '../config/secrets.ts'
import type { Problem } from '../problems/problem.ts'
import { type Colors, colorsFor } from './colors.ts'
import type { Effects } from './effects.ts'
import { problemText } from './report/problem-text.ts'

/** In which form a command answers. */
export type OutputForm = 'text' | 'json'

/**
 * What a command says: its answer on stdout, what keeps it from one on stderr. As JSON, all of it is on stdout, one versioned object a line.
 * Secrets are blotted out of everything.
 */
export class Terminal {
  readonly colors: Colors
  private readonly errorColors: Colors
  private secrets: readonly Secrets[]

  constructor(
    readonly effects: Effects,
    readonly form: OutputForm,
    isColored: boolean,
  ) {
    this.colors = colorsFor(effects.stdout, effects.env, isColored)
    this.errorColors = colorsFor(effects.stderr, effects.env, isColored)
    this.secrets = [secretsOf([], effects.env)]
  }

  /** From here on these are blotted out too. */
  hide(secrets: Secrets): void {
    this.secrets = [...this.secrets, secrets]
  }

  readonly mask = (text: string): string => this.secrets.reduce((masked, { mask }) => mask(masked), text)

  /** Writes to stdout as it is, secrets aside. */
  write(text: string): void {
    this.effects.stdout.write(this.mask(text))
  }

  /** A line, or several, of the answer. */
  print(text: string): void {
    this.write(`${text}\n`)
  }

  /** An object of the answer in JSON. */
  emit(event: { readonly type: string; readonly [key: string]: unknown }): void {
    const { type, ...rest } = event
    this.print(JSON.stringify(asJson({ version: 1, type, ...rest })))
  }

  /** Something beside the answer, for a person alone. */
  notice(text: string): void {
    if (this.form === 'text') this.effects.stderr.write(`${this.mask(text)}\n`)
  }

  /** What is wrong, as the answer. */
  printProblems(problems: readonly Problem[]): void {
    if (this.form === 'json') for (const problem of problems) this.emit({ type: 'problem', problem })
    else for (const problem of problems) this.print(`${problemText(problem, this.colors, this.effects.cwd)}\n`)
  }

  /** What keeps the command from an answer. */
  complain(problems: readonly Problem[]): void {
    if (this.form === 'json') return this.printProblems(problems)
    const told = problems.map(problem => problemText(problem, this.errorColors, this.effects.cwd))
    this.notice(told.join('\n\n'))
    if (problems.length > 1) this.notice(`\n${problems.length} problems`)
  }
}
