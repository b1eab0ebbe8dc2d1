import { naming, tablePath } from '../../compile/naming.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { buildIn, compiledFor, settingsOf } from '../build-in.ts'
import type { Findings } from '../findings.ts'
import { inSession, inWarehouse, type Kit } from '../kit.ts'
import type { CheckOutcome, Difference } from '../report.ts'
import { buildShop, failureWords, projectOf, readShop, type ShopRows, shopDifferences } from './build-shop.ts'
import { firstData, laterData, type Shop, withShop } from './shop.ts'

/** After how many events of the run, and how much later, so that some are in the middle of a statement. */
const moments: readonly Moment[] = [
  [3, 0],
  [8, 40],
  [13, 15],
  [17, 5],
]

type Moment = readonly [events: number, milliseconds: number]

/** A build that is killed leaves each table with its earlier rows or its new ones; the next build makes all of it whole. */
export function checkKills(kit: Kit, soFar: Findings): Promise<CheckOutcome> {
  const { buildDoomed } = kit
  if (buildDoomed === undefined) {
    const because = 'a database in memory is in one process alone'
    return Promise.resolve({ agreed: 0, differences: [], skipped: [{ about: 'kills', because }] })
  }
  return withShop(kit.shopFolder, async shop => {
    const expected = await expectedRows(kit, shop)
    const tell = (found: readonly Difference[]): void => {
      soFar.add(found.length === 0 ? 1 : 0, found)
    }
    firstData(shop)
    tell(await rebuilt(kit, shop, expected.first, 'first build'))
    const { threads, thenMilliseconds } = waysOf(kit)
    for (const [index, [events, asked]] of moments.entries()) {
      const milliseconds = thenMilliseconds(asked)
      const isLater = index % 2 === 0
      const [before, after] = isLater ? [expected.first, expected.later] : [expected.later, expected.first]
      if (isLater) laterData(shop)
      else firstData(shop)
      kit.meter.mustGoOn()
      const when = `killed ${milliseconds} ms after event ${events}`
      const { folder } = shop
      const end = await buildDoomed({
        folder,
        runId: kit.newRunId(),
        threads,
        killAfterEvents: events,
        thenMilliseconds: milliseconds,
      })
      // It may be the kit that was stopped, and killed it.
      kit.meter.mustGoOn()
      if (end !== 'killed')
        soFar.skip({ about: 'kills', because: `the build to be ${when} had come to its end: ${end}` })
      tell(await oldOrNew(kit, shop, before, after, when))
      if (end === 'killed') tell(await keptOut(kit, shop, when))
      tell(await rebuilt(kit, shop, after, `built again after it was ${when}`))
    }
    return soFar.outcome()
  })
}

/**
 * Snowflake keeps what a transaction has locked for up to ten minutes after its process is dead. So a build is killed there between the statements of its only
 * thread; elsewhere in the midst of several, too.
 */
function waysOf({ engine, threads }: Kit): {
  readonly threads: number
  readonly thenMilliseconds: (asked: number) => number
} {
  if (engine === 'snowflake') return { threads: 1, thenMilliseconds: () => 0 }
  return { threads, thenMilliseconds: asked => asked }
}

function expectedRows(kit: Kit, shop: Shop): Promise<{ readonly first: ShopRows; readonly later: ShopRows }> {
  return inWarehouse(kit.openReference, async reference => {
    const first = await buildShop(kit, reference, naming(undefined), shop)
    laterData(shop)
    const later = await buildShop(kit, reference, naming(undefined), shop)
    return { first: first.rows, later: later.rows }
  })
}

/** What another build makes of it. */
function rebuilt(kit: Kit, shop: Shop, expected: ShopRows, where: string): Promise<readonly Difference[]> {
  return inWarehouse(
    () => kit.open('kills'),
    async warehouse => {
      const { result, rows, compiled } = await buildShop(kit, warehouse, kit.naming('kills'), shop)
      const failure = failureWords(result)
      if (failure !== undefined) return [{ about: 'build', where, expected: 'success', got: failure }]
      return shopDifferences(compiled, expected, rows, where)
    },
  )
}

/** The lease of a killed run keeps others out until it is over. That it is dead is known here, so it need not be waited for. */
function keptOut(kit: Kit, shop: Shop, where: string): Promise<readonly Difference[]> {
  return inWarehouse(
    () => kit.open('kills'),
    async warehouse => {
      const { sharing } = warehouse
      if (sharing === undefined) return []
      const there = kit.naming('kills')
      const settings = { ...settingsOf(kit), runId: kit.newRunId() }
      const got = await buildIn(warehouse, projectOf(kit, shop), there, settings).then(
        ({ status }) => status,
        error => {
          if (error instanceof ProblemsError) return error.problems[0]?.message ?? ''
          throw error
        },
      )
      // A build that was stopped tells nothing of the lease.
      kit.meter.mustGoOn()
      const over = `update ${tablePath(there.lease)} set expires_at = ${sharing.fromNow(0)} where released_at is null`
      await inSession(kit, warehouse, 'lease', session => session.execute(over))
      if (got.includes('is writing in this target')) return []
      return [{ about: 'lease', where, expected: 'the next build is told that another is writing in this target', got }]
    },
  )
}

/** What readers have, before anybody builds again. A view shows its parents' rows, old or new as they are. */
function oldOrNew(
  kit: Kit,
  shop: Shop,
  before: ShopRows,
  after: ShopRows,
  where: string,
): Promise<readonly Difference[]> {
  return inWarehouse(
    () => kit.open('kills'),
    async warehouse => {
      const compiled = compiledFor(projectOf(kit, shop), warehouse.dialect, kit.naming('kills'))
      const rows = await readShop(kit, warehouse, compiled)
      const asOld = shopDifferences(compiled, before, rows, where)
      const asNew = new Set(shopDifferences(compiled, after, rows, where).map(({ about }) => about))
      return asOld.filter(({ about }) => asNew.has(about))
    },
  )
}
