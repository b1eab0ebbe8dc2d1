import { type Session, WarehouseError } from '../warehouse/warehouse.ts'

/**
 * The session of a piece of work, which begins no statement once the run is stopped: an interrupt reaches the statement that runs at that moment
 * alone, and none runs while a file is read. What was begun is still cleared away.
 */
export function stoppable(session: Session, signal: AbortSignal): Session {
  const unlessStopped = <A extends readonly unknown[], T>(begin: (...given: A) => Promise<T>) => {
    return async (...given: A): Promise<T> => {
      if (signal.aborted) throw new WarehouseError('the run was stopped', { kind: 'interrupted' })
      return begin(...given)
    }
  }
  const execute = unlessStopped((sql: string) => session.execute(sql))
  return {
    execute: sql => (sql.startsWith('drop ') ? session.execute(sql) : execute(sql)),
    query: unlessStopped(sql => session.query(sql)),
    describe: unlessStopped(sql => session.describe(sql)),
    transaction: unlessStopped(statements => session.transaction(statements)),
    interrupt: () => session.interrupt(),
    close: () => session.close(),
  }
}
