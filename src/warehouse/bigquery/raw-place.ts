import type { TableName } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import type { Fence } from '../sharing.ts'
import { createView } from '../statements.ts'
import { WarehouseError } from '../warehouse.ts'
import { aboutRawPolicies } from './policies.ts'
import type { TableResource } from './resources.ts'
import type { BigQuerySession } from './session.ts'
import { fenceStatement } from './sharing.ts'
import type { Grants, Tables } from './tables.ts'

/** Who puts raw tables in their place. */
export interface Landing {
  readonly session: BigQuerySession
  readonly tables: Tables
  /** Of the raw table in the project: `crm.contact`. */
  readonly name: string
  readonly fence: Fence | undefined
}

/** Fails where the lease is another run's: no load job, nor a request for a resource, can ask for it. */
export async function mustHold({ session, fence }: Landing): Promise<void> {
  if (fence !== undefined) await session.execute(fenceStatement(fence))
}

/** A view that stands and reads the same is left as it is; one that reads something else keeps who may read it. Gives what is to be said of it. */
export async function putView(landing: Landing, view: TableName, query: string): Promise<readonly string[]> {
  const { session, tables, fence } = landing
  const standing = await tables.find(view)
  if (standing === undefined) {
    const asked = fence === undefined ? '' : `${fenceStatement(fence)};\n`
    await session.execute(`${asked}${createView(view, query)}`)
    return []
  }
  const resource = { view: { query, useLegacySql: false } }
  if (standing.type !== 'VIEW') return putInPlaceOf(standing, landing, view, resource)
  if (standing.view?.query !== query) {
    await mustHold(landing)
    await tables.patch(view, resource)
  }
  return []
}

/** Looks first: what is not there needs no lease. */
export async function dropIfThere(landing: Landing, table: TableName): Promise<void> {
  if ((await landing.tables.find(table)) === undefined) return
  await mustHold(landing)
  await landing.tables.drop(table)
}

/**
 * Makes a table of no rows, or a view, in the place of what stands and is no such thing, by requests that take no time and that Ctrl-C does not end in
 * between. It has the grants of what stood there; gives what is to be said where it has not. Throws `ProblemsError` where that would take policies away.
 */
export async function putInPlaceOf(
  standing: TableResource,
  landing: Landing,
  table: TableName,
  resource: Omit<TableResource, 'tableReference'>,
): Promise<readonly string[]> {
  const { tables, name } = landing
  const [from, to] = [kindOf(standing), kindOf(resource)]
  const because = `was a ${from} and is to be a ${to}`
  const remarks = standing.type === 'VIEW' ? [] : await aboutRawPolicies({ tables, name, table, because }, standing)
  const grants = await tables.grantsOn(table)
  await mustHold(landing)
  await tables.drop(table)
  try {
    await tables.insertNew(table, resource)
    const lost = await grantsAgain(tables, table, grants)
    return [...remarks, ...lost.map(words => `${tablePath(table)} was a ${from} and is a ${to} now, ${words}`)]
  } catch (error) {
    if (!(error instanceof WarehouseError) || !grants?.bindings?.length) throw error
    const message = `${tablePath(table)} ${because}, and its grants could not be given again (${listed(grants)}): ${error.message}`
    throw new WarehouseError(message, { kind: error.errorKind, cause: error })
  }
}

async function grantsAgain(tables: Tables, table: TableName, grants: Grants | undefined): Promise<readonly string[]> {
  if (grants === undefined) return ['without the grants it had, which this account may not see']
  if (grants.bindings?.length === 0 || (await tables.grantAgain(table, grants))) return []
  return [`without the grants it had, which this account may not give: ${listed(grants)}`]
}

function listed({ bindings = [] }: Grants): string {
  return bindings.map(({ role, members }) => `${role} to ${members.join(', ')}`).join('; ')
}

function kindOf({ type, view }: Omit<TableResource, 'tableReference'>): string {
  return view === undefined ? (type ?? 'TABLE').toLowerCase().replaceAll('_', ' ') : 'view'
}
