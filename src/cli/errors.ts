import { ProblemsError } from '../problems/problem.ts'
import { WarehouseError } from '../warehouse/warehouse.ts'
import type { Terminal } from './terminal.ts'

/** Says what kept a command from being carried out. The stack of an error that nobody expected is shown to who asks for it. */
export function tellError(error: unknown, terminal: Terminal): void {
  if (error instanceof ProblemsError) return terminal.complain(error.problems)
  if (error instanceof WarehouseError) return terminal.complain([{ kind: 'warehouse', message: error.message }])
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  const isAsked = terminal.effects.env.DEBUG === 'throughline'
  const hint = 'this was not foreseen; DEBUG=throughline throughline … shows where it comes from'
  terminal.complain([
    { kind: 'project', message: isAsked ? (stack ?? message) : message, hint: isAsked ? undefined : hint },
  ])
}
