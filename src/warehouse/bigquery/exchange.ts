import type { TableName } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import { clearingAway } from '../clearing-away.ts'
import type { Fence } from '../sharing.ts'
import { WarehouseError } from '../warehouse.ts'
import { mayPass } from './api-error.ts'
import type { TableResource } from './resources.ts'
import type { BigQuerySession } from './session.ts'
import { fenceStatement } from './sharing.ts'
import type { Tables } from './tables.ts'

/** Of whose place it is, and who gives it. */
export interface Place {
  readonly session: BigQuerySession
  readonly tables: Tables
  readonly table: TableName
  readonly fence: Fence | undefined
}

/** In the name of what may not be whole yet. */
const nextMark = '__tl_next'
/** In the name of what is whole, has its grants, and only lacks its name. */
const wholeMark = '__tl_whole'

/** Where a table is filled that is to take the place of another: by the run, so that two of them never meet there. */
export function nextOf(table: TableName, fence: Fence | undefined): TableName {
  return beside(table, nextMark, fence)
}

function beside(table: TableName, mark: string, fence: Fence | undefined): TableName {
  const run = fence === undefined ? '' : `_${fence.runId.replace(/\W/g, '_')}`
  return { ...table, name: `${table.name}${mark}${run}` }
}

/** What stands for a table under other names, of those that stand in its dataset. */
export function leftOf(all: readonly TableResource[], table: TableName): LeftOver {
  const marked = (mark: string) =>
    all.filter(({ tableReference }) => tableReference.tableId.startsWith(`${table.name}${mark}`))
  return { next: marked(nextMark), whole: marked(wholeMark) }
}

interface LeftOver {
  /** What may not be whole. */
  readonly next: readonly TableResource[]
  readonly whole: readonly TableResource[]
}

/**
 * Gives a filled table, with its grants on it, the name of the table or view that stands: one job, which goes on where this process ends, and which
 * Ctrl-C lets end. It is called whole before the old one goes. So wherever the job ends, the rest can be told from the names, and is done here or by the
 * next build. A job that is begun again from its first statement fails there, since nothing has the first name any more: what took the
 * place meanwhile is not dropped.
 */
export async function takePlace(place: Place, inPlaceOf: 'table' | 'view'): Promise<void> {
  const { session, tables, table, fence } = place
  const [next, whole] = [nextOf(table, fence), beside(table, wholeMark, fence)]
  const statements = [
    ...asked(fence),
    rename(next, whole),
    `drop ${inPlaceOf} if exists ${tablePath(table)}`,
    rename(whole, table),
  ]
  try {
    await session.executeWhole(`${statements.join(';\n')};`)
  } catch (error) {
    if (!isOver(error)) throw error
    if (await isStanding(tables, whole)) return giveNameOfWhole(place, whole)
    if (await isStanding(tables, next)) await tables.drop(next)
    else if (await isStanding(tables, table)) return
    throw error
  }
}

/** What a job has left to be done that ended after it had called the new table whole; the old one may still stand, or be gone. */
async function giveNameOfWhole({ session, tables, table, fence }: Place, whole: TableName): Promise<void> {
  const going = clearingAway(session)
  const old = await tables.find(table)
  const kind = old?.type === 'VIEW' ? 'view' : 'table'
  if (old !== undefined)
    await going.executeWhole([...asked(fence), `drop ${kind} if exists ${tablePath(table)}`].join(';\n'))
  await giveName({ session: going, tables, table, fence }, whole)
}

/** Gives a table its name, which nothing has. */
export async function giveName({ session, tables, table, fence }: Place, from: TableName): Promise<void> {
  try {
    await session.executeWhole(`${[...asked(fence), rename(from, table)].join(';\n')};`)
  } catch (error) {
    // What was done, and told to have failed, is not done again: there is nothing of that name any more.
    if (!isOver(error) || (await isStanding(tables, from)) || !(await isStanding(tables, table))) throw error
  }
}

/** Whether nothing of a job goes on any more: it was not only its answer that did not come. */
export function isOver(error: unknown): boolean {
  if (!(error instanceof WarehouseError)) return false
  return error.errorKind !== 'lease' && (error.cause === undefined || !mayPass(error.cause))
}

async function isStanding(tables: Tables, table: TableName): Promise<boolean> {
  return (await tables.find(table)) !== undefined
}

function asked(fence: Fence | undefined): readonly string[] {
  return fence === undefined ? [] : [fenceStatement(fence)]
}

function rename(from: TableName, to: TableName): string {
  return `alter table ${tablePath(from)} rename to ${to.name}`
}
