import picocolors from 'picocolors'
import type { Effects, TextOutput } from './effects.ts'

export type Colors = ReturnType<typeof picocolors.createColors>

/** Colours for an output, as the customs of `NO_COLOR` and `FORCE_COLOR` have it. */
export function colorsFor(output: TextOutput, env: Effects['env'], isWanted: boolean): Colors {
  if (!isWanted || isSet(env.NO_COLOR)) return picocolors.createColors(false)
  return picocolors.createColors(isSet(env.FORCE_COLOR) || (output.isTerminal && env.TERM !== 'dumb'))
}

function isSet(variable: string | undefined): boolean {
  return variable !== undefined && variable !== ''
}
