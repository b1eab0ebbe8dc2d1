import { literal } from '../../src/compile/dialect/dialect.ts'
import { tablePath } from '../../src/compile/naming.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { isHeld, leaseLost, type Sharing } from '../../src/warehouse/sharing.ts'
import type { Warehouse } from '../../src/warehouse/warehouse.ts'

/** A DuckDB that is treated as if other processes could write it too, with a clock that is set by hand. */
export interface SharedWarehouse {
  readonly warehouse: Warehouse
  readonly sharing: Sharing
  /** Lets time pass. */
  pass(seconds: number): Promise<void>
  /** The names of what `stopJobs` finds, by run, and the runs that it was asked about. */
  readonly left: Map<string, readonly string[]>
  readonly askedFor: string[]
}

export async function sharedWarehouse(): Promise<SharedWarehouse> {
  const database = await DuckDBWarehouse.open({ path: ':memory:' })
  const { dialect } = database
  const clock = await database.connect()
  await clock.execute("create table tl_clock as select timestamp '2026-06-01 12:00:00' as now")
  const left = new Map<string, readonly string[]>()
  const askedFor: string[] = []
  const sharing: Sharing = {
    connect: () => database.connect(),
    fromNow: seconds => `((select max(now) from tl_clock) + interval '${seconds} seconds')`,
    createWithRow: async (session, own, row) => {
      if ((await database.standing(session, own.table)) !== undefined) return
      await database.createOwnTable(session, own)
      await session.execute(`insert into ${tablePath(own.table)} values (${row.join(', ')})`)
    },
    fence: fence => `if(${isHeld(fence, dialect)}, true, error(${literal(dialect, leaseLost(fence))}))`,
    stopJobs: async (_, runId) => {
      askedFor.push(runId)
      return left.get(runId) ?? []
    },
  }
  const warehouse = new Proxy<Warehouse>(database, {
    get: (target, key) => {
      if (key === 'sharing') return sharing
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return {
    warehouse,
    sharing,
    pass: seconds => clock.execute(`update tl_clock set now = now + interval '${seconds} seconds'`),
    left,
    askedFor,
  }
}
