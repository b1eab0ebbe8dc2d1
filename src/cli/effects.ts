/** Somewhere text goes. */
export interface TextOutput {
  /** Whether a person watches it, so that lines may be drawn again and colours make sense. */
  readonly isTerminal: boolean
  /** Characters in a line, where that is known. */
  readonly columns: number | undefined
  write(text: string): void
}

/** Everything of the outside world that a command touches besides files and the warehouse. */
export interface Effects {
  readonly stdout: TextOutput
  readonly stderr: TextOutput
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute; what a person types is relative to it. */
  readonly cwd: string
  /** The folder of the stock layer, which lies under every project. */
  readonly stock: string
  now(): Date
  /** Asks the person at the terminal, who answers with a line; undefined where they leave instead. Itself undefined where nobody sits there. */
  readonly ask: ((question: string) => Promise<string | undefined>) | undefined
  /** This computer and process, as others are told of it: `build-host, process 4711`. */
  readonly process: string
  /** Six letters or digits, others each time: what makes a run's id its own. */
  newToken(): string
  /** Has `stop` called at the first Ctrl-C, instead of ending the process; the second one kills. Gives back what undoes it. */
  onInterrupt(stop: () => void): () => void
  /** Has `act` called again and again. Gives back what ends it. */
  every(milliseconds: number, act: () => void): () => void
}
