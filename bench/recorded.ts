import type { Session, Warehouse } from '../src/warehouse/warehouse.ts'

/** What a session was asked to do: a statement, or several that hold together. */
export type Recorded = {
  readonly statements: readonly string[]
  readonly isTransaction: boolean
  readonly seconds: number
}

/** A warehouse that writes down every statement that goes through it, in order. */
export function recording(warehouse: Warehouse, into: Recorded[]): Warehouse {
  const note = async <T>(statements: readonly string[], isTransaction: boolean, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now()
    try {
      return await work()
    } finally {
      into.push({ statements, isTransaction, seconds: (performance.now() - startedAt) / 1000 })
    }
  }
  const recordedSession = (session: Session): Session => ({
    begin: purpose => session.begin(purpose),
    costs: () => session.costs(),
    execute: sql => note([sql], false, () => session.execute(sql)),
    change: sql => note([sql], false, () => session.change(sql)),
    query: sql => note([sql], false, () => session.query(sql)),
    describe: sql => note([`describe ${sql}`], false, () => session.describe(sql)),
    transaction: statements => note(statements, true, () => session.transaction(statements)),
    interrupt: () => session.interrupt(),
    close: () => session.close(),
  })
  return new Proxy(warehouse, {
    get(target, key) {
      if (key === 'connect') return async () => recordedSession(await target.connect())
      const value = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
