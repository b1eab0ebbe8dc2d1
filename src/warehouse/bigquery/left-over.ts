import type { SchemaName, TableName } from '../../compile/compiled.ts'
import { distinctSchemas, schemaOf, schemaPath } from '../../compile/naming.ts'
import { type Exchanges, WarehouseError } from '../warehouse.ts'
import { isForbidden } from './api-error.ts'
import { giveName, leftOf, type Place } from './exchange.ts'
import type { TableResource } from './resources.ts'
import { own } from './session.ts'
import { fenceStatement } from './sharing.ts'
import type { Tables } from './tables.ts'
import { finishView, isLackingGrants, tellWhole } from './view-exchange.ts'

/** What builds leave that end while a table is made anew. Each dataset is listed once, which is free; nothing more is asked where nothing is left. */
export function exchanges(tables: Tables): Exchanges {
  return {
    isLeftAside: async (_session, table) => {
      const { next, whole } = leftOf((await tables.list(table)) ?? [], table)
      return whole.length > 0 || next.some(isView)
    },
    putBack: async (session, all, fence) => {
      const lists = distinctSchemas(all.map(schemaOf)).map(async schema => ({
        schema,
        standing: await listed(tables, schema),
      }))
      const back: TableName[] = []
      for (const { schema, standing = [] } of await Promise.all(lists)) {
        const ofSchema = all.filter(table => schemaPath(table) === schemaPath(schema))
        for (const table of ofSchema) {
          const place = { session: own(session), tables, table, fence }
          if (await putBack(place, standing)) back.push(table)
        }
      }
      return back
    },
  }
}

/** Undefined also where the account may not see the dataset: it builds nothing there. */
async function listed(tables: Tables, schema: SchemaName): Promise<readonly TableResource[] | undefined> {
  try {
    return await tables.list(schema)
  } catch (error) {
    if (error instanceof WarehouseError && isForbidden(error.cause)) return undefined
    throw error
  }
}

/** Says whether the table has its name again. */
async function putBack(place: Place, standing: readonly TableResource[]): Promise<boolean> {
  const { session, tables, table, fence } = place
  const live = standing.find(({ tableReference }) => tableReference.tableId === table.name)
  const { next, whole } = leftOf(standing, table)
  const isLacking = live !== undefined && isLackingGrants(live)
  if (next.length + whole.length === 0 && !isLacking) return false
  if (fence !== undefined) await session.execute(fenceStatement(fence))
  const [successor] = whole
  const twin = next.find(isView)
  let isBack = false
  if (live === undefined && successor !== undefined) {
    await giveName(place, nameOf(successor, table))
    isBack = true
  } else if (twin !== undefined && (live === undefined || isLacking)) {
    await finishView(place, live, nameOf(twin, table))
    isBack = live === undefined
  } else if (isLacking) {
    await tellWhole(tables, table)
  }
  const done = isBack ? [successor ?? twin] : isLacking ? [twin] : []
  for (const left of [...next, ...whole]) if (!done.includes(left)) await tables.drop(nameOf(left, table))
  return isBack
}

/** In the dataset of the table. */
function nameOf({ tableReference }: TableResource, table: SchemaName): TableName {
  return { ...schemaOf({ ...table, name: '' }), name: tableReference.tableId }
}

const isView = ({ type }: TableResource): boolean => type === 'VIEW'
