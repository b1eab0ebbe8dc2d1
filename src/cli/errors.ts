import { ProblemsError } from '../problems/problem.ts'
import { hintBefore } from '../run/node-problem.ts'
import { WarehouseError } from '../warehouse/warehouse.ts'
import type { Terminal } from './terminal.ts'

/** Says what kept a command from being carried out. The stack of an error that nobody expected is shown to who asks for it. */
export function tellError(error: unknown, terminal: Terminal): void {
  if (error instanceof ProblemsError) return terminal.complain(error.problems)
  if (error instanceof WarehouseError)
    return terminal.complain([{ kind: 'warehouse', message: error.message, hint: hintBefore(error) }])
  if (isRefusedByDisk(error)) {
    const hint = 'the folder must be writable by this user, with room on the disk'
    return terminal.complain([{ kind: 'project', message: error.message, hint }])
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  const isAsked = terminal.effects.env.DEBUG === 'throughline'
  const hint = 'this was not foreseen; DEBUG=throughline throughline … shows where it comes from'
  terminal.complain([
    { kind: 'project', message: isAsked ? (stack ?? message) : message, hint: isAsked ? undefined : hint },
  ])
}

const refusals = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC']

function isRefusedByDisk(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && refusals.includes(String(error.code))
}
