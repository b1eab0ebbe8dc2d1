import { handsOn } from '../warehouse/clearing-away.ts'
import { type Session, WarehouseError } from '../warehouse/warehouse.ts'

/** What begins no statement. */
const harmless: readonly PropertyKey[] = ['begin', 'costs', 'interrupt', 'close']

/**
 * The session of a piece of work, which begins no statement once the run is stopped: an interrupt reaches the statement that runs at that moment
 * alone, and none runs while a file is read. What was begun is still cleared away, by `clearingAway`.
 */
export function stoppable<S extends Session>(session: S, signal: AbortSignal): S {
  const front = new Proxy(session, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target)
      if (typeof value !== 'function') return value
      if (harmless.includes(key)) return value.bind(target)
      return async (...given: readonly unknown[]): Promise<unknown> => {
        if (signal.aborted) throw new WarehouseError('the run was stopped', { kind: 'interrupted' })
        return Reflect.apply(value, target, given)
      }
    },
  })
  return handsOn(front, session)
}

/** Begins no work once the run is stopped. */
export async function interruptedWhen<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (signal?.aborted) throw new WarehouseError('the run was stopped', { kind: 'interrupted' })
  return work()
}
