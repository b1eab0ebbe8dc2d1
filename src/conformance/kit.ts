import type { Engine } from '../authoring/macro.ts'
import type { CompileInput } from '../compile/compile-input.ts'
import type { Naming } from '../compile/compiled.ts'
import type { Session, Warehouse } from '../warehouse/warehouse.ts'
import type { NamedMacro } from './macros/example-query.ts'
import type { Meter } from './meter.ts'

/** A project before it is known where it is built. */
export type KitProject = Pick<CompileInput, 'project' | 'definitions' | 'sources' | 'exclude'>

/** What the kit builds, each in schemas of its own: the retailer with all stock models, and the small shop once for each check of it. */
export const placeNames = ['retailer', 'shop', 'readers', 'grants', 'kills'] as const
export type PlaceName = (typeof placeNames)[number]

/** A build in a process of its own, which kills itself on the way. */
export interface DoomedBuild {
  /** A copy of the shop. */
  readonly folder: string
  readonly runId: string
  readonly threads: number
  /** After so many events of the run, and so many milliseconds more. */
  readonly killAfterEvents: number
  readonly thenMilliseconds: number
}

/** What all checks work with. */
export interface Kit {
  readonly engine: Engine
  /** Opens the warehouse that is tried, to build there. */
  open(place: PlaceName): Promise<Warehouse>
  /** Opens an empty DuckDB in memory, which says what should come out. */
  openReference(): Promise<Warehouse>
  /** Where a project stands in the warehouse that is tried. */
  naming(place: PlaceName): Naming
  readonly threads: number
  readonly signal: AbortSignal
  readonly meter: Meter
  readonly macros: readonly NamedMacro[]
  readonly retailer: KitProject
  /** The folder of the shop as it is shipped. */
  readonly shopFolder: string
  /** Loads a copy of the shop. */
  loadShop(folder: string): KitProject
  /** Who is granted a table, in the engine's own words; undefined where nobody said. */
  readonly grantee: string | undefined
  /** Carries out a build in another process; says how that ended: `killed`, or in words. Undefined where no other process can build there. */
  readonly buildDoomed: ((build: DoomedBuild) => Promise<string>) | undefined
  /** Has `act` called again and again. Gives back what ends it. */
  readonly every: (milliseconds: number, act: () => void) => () => void
  /** Never the same twice. */
  newRunId(): string
}

/** The run's clock of everything that the kit builds: what it compares is of the same instant. */
export const kitClock = '2026-06-01 12:00:00'

/** Opens the warehouse that is tried for some work, and closes it. */
export async function inWarehouse<T>(
  open: () => Promise<Warehouse>,
  work: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  const warehouse = await open()
  try {
    return await work(warehouse)
  } finally {
    await warehouse.close()
  }
}

/** A session for some work of the kit's own, whose cost is counted. */
export async function inSession<T>(
  kit: Kit,
  warehouse: Warehouse,
  node: string,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await warehouse.connect()
  session.begin({ runId: kit.newRunId(), node })
  try {
    return await work(session)
  } finally {
    kit.meter.add(session.costs())
    session.close()
  }
}

/** Does the work for each item, in as many sessions as there are threads; the results stand in the order of the items. Where one throws, the others end what they are at. */
export async function inSessions<Item, Result>(
  kit: Kit,
  warehouse: Warehouse,
  node: string,
  items: readonly Item[],
  work: (session: Session, item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const waiting = [...items.entries()]
  const results = new Array<Result>(items.length)
  const workers = Array.from({ length: Math.min(kit.threads, items.length) }, (_, number) =>
    inSession(kit, warehouse, `${node}-${number}`, async session => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        kit.meter.mustGoOn()
        results[next[0]] = await work(session, next[1])
      }
    }).catch(error => {
      waiting.length = 0
      throw error
    }),
  )
  await Promise.allSettled(workers)
  await Promise.all(workers)
  return results
}
