import type { TableName } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import { clearingAway } from '../clearing-away.ts'
import { WarehouseError } from '../warehouse.ts'
import { isOver, nextOf, type Place } from './exchange.ts'
import type { TableResource } from './resources.ts'
import { fenceStatement } from './sharing.ts'
import type { Grants, Tables } from './tables.ts'

/** A label of a view that has a table's place and not yet its grants: those stand on another view, which is to be found beside it. */
const lacksGrants = { throughline_lacks_grants: 'yes' }

/**
 * Makes a view in the place of a table. BigQuery renames no view, so that it can have its grants only afterwards. Until then they stand on a view of the
 * same query beside the table, and the new one has a label that says so: wherever this ends, the next build finds whose they are. Says whether
 * it has them.
 */
export async function takePlaceOfTable(
  place: Place,
  createView: (at: TableName, moreLabels: Readonly<Record<string, string>>) => string,
): Promise<boolean> {
  const { session, tables, table, fence } = place
  const asked = fence === undefined ? '' : `${fenceStatement(fence)};\n`
  const grants = await tables.grantsOn(table)
  const beside = nextOf(table, fence)
  let isKept = false
  if (grants !== undefined && hasSome(grants)) {
    await session.execute(`${asked}${createView(beside, {})}`)
    isKept = await keepGrants(place, grants)
  }
  const create = createView(table, isKept ? lacksGrants : {})
  try {
    await session.executeWhole(`${asked}drop table if exists ${tablePath(table)};\n${create};`)
  } catch (error) {
    if (!isOver(error)) throw error
    const now = await tables.find(table)
    // One that was made by a job that is told to have failed is the one that was to be made.
    if (now === undefined) await clearingAway(session).executeWhole(`${asked}${create}`)
    else if (now.type !== 'VIEW') {
      if (isKept) await tables.drop(beside)
      throw error
    }
  }
  if (isKept) await giveKeptGrants(place, beside, grants!)
  return isKept || (grants !== undefined && !hasSome(grants))
}

const hasSome = ({ bindings = [] }: Grants): boolean => bindings.length > 0

/** False where the account may not grant anything: nothing is kept then. */
async function keepGrants({ tables, table, fence }: Place, grants: Grants): Promise<boolean> {
  const beside = nextOf(table, fence)
  try {
    if (await tables.grantAgain(beside, grants)) return true
  } catch (error) {
    await tables.drop(beside).catch(() => undefined)
    throw error
  }
  await tables.drop(beside)
  return false
}

async function giveKeptGrants({ tables, table }: Place, from: TableName, grants: Grants): Promise<void> {
  try {
    if (!(await tables.grantAgain(table, grants)))
      throw new WarehouseError('this account may not grant them any more', { kind: 'other' })
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error
    const lacking = (grants.bindings ?? []).map(({ role, members }) => `${role} to ${members.join(', ')}`)
    const message = `${tablePath(table)} was made anew, and its grants could not be given again yet (${lacking.join('; ')}); the next build tries again: ${error.message}`
    throw new WarehouseError(message, { kind: error.errorKind, cause: error })
  }
  await tables.drop(from)
  await tellWhole(tables, table)
}

/** Its twin is taken away only when its grants are given. */
export async function tellWhole(tables: Tables, view: TableName): Promise<void> {
  const labels = Object.fromEntries(Object.keys(lacksGrants).map(key => [key, null]))
  await tables.patch(view, { labels })
}

/** Whether a view has a table's place and was not yet told to have its grants. */
export function isLackingGrants({ type, labels }: TableResource): boolean {
  return type === 'VIEW' && Object.keys(lacksGrants).every(key => labels?.[key] !== undefined)
}

/**
 * Gives a view what a build that ended in between has left for it on its twin, its grants; and makes it, where that build had only taken the table
 * away. Whoever calls has asked for the lease.
 */
export async function finishView(place: Place, live: TableResource | undefined, twin: TableName): Promise<void> {
  const { tables, table } = place
  const found = await tables.find(twin)
  const grants = await tables.grantsOn(twin)
  if (found?.view === undefined || grants === undefined) {
    const message = `${tablePath(table)} was made anew and lacks its grants: they stand on ${tablePath(twin)}, where this account may not see them`
    throw new WarehouseError(message, { kind: 'other' })
  }
  if (live === undefined) {
    const { description = '', labels, view } = found
    await tables.insertNew(table, { view, description, labels: { ...labels, ...lacksGrants } })
  }
  await giveKeptGrants(place, twin, grants)
}
