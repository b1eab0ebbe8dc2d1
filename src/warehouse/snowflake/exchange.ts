import type { TableName } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import { clearingAway } from '../clearing-away.ts'
import type { Fence } from '../sharing.ts'
import type { Session } from '../warehouse.ts'
import { mustHold } from './fence.ts'
import { grantAgain, grantsOn, grantWords } from './grants.ts'
import { dropObject, dropStatement, type FoundObject, findObject, renameStatement } from './objects.ts'
import { policyRemarks } from './policies.ts'

type Kind = FoundObject['kind']

/** A table that is to take a view's place, or a view that is to take a table's. */
export interface Exchange {
  /** As messages call it. */
  readonly name: string
  readonly table: TableName
  readonly from: Kind
  readonly to: Kind
  /** Makes it, under this path. */
  readonly make: (path: string) => Promise<void>
}

export interface Exchanged {
  /** Whoever was granted the old one has the new one too. */
  readonly hasGrantsAgain: boolean
  /** Which grants were not given again, and whether its policies could be looked up. */
  readonly remarks: readonly string[]
}

/** Where a table or view is made that is to take the place of another. */
export function nextOf(table: TableName): TableName {
  return { ...table, name: `${table.name}__tl_next` }
}

/** Where the other one is until it has. */
export function asideOf(table: TableName): TableName {
  return { ...table, name: `${table.name}__tl_aside` }
}

/**
 * Puts a table in a view's place, or a view in a table's, with the grants that the old one has. It is made beside the old one and has all of them before
 * it has its name, so that no reader meets it without. Throws `ProblemsError` where the old one has policies.
 */
export async function exchange(
  session: Session,
  { name, table, from, to, make }: Exchange,
  fence: Fence | undefined,
): Promise<Exchanged> {
  const next = nextOf(table)
  const remarks = await policyRemarks(session, { name, table }, from)
  const grants = await grantsOn(session, table, from)
  await dropObject(session, next, fence)
  await mustHold(session, fence)
  await make(tablePath(next))
  const refused = await grantAgain(session, next, to, grants ?? [])
  await takePlace(session, table, { from, to }, fence)
  const lost = refused.length === 0 ? [] : [`not given again: ${refused.map(grantWords).join(', ')}`]
  return { hasGrantsAgain: grants !== undefined && refused.length === 0, remarks: [...lost, ...remarks] }
}

/** What is to be said of it where it is a raw table's. */
export function exchangedWords({ hasGrantsAgain, remarks }: Exchanged, to: Kind): readonly string[] {
  const was = to === 'table' ? 'view' : 'table'
  const grants = hasGrantsAgain ? 'with the grants it had' : 'without the grants it had'
  return [[`it was a ${was} and is a ${to} now, ${grants}`, ...remarks].join('; ')]
}

/**
 * Gives a table or view the place of one of the other kind, which no statement does. The old one is put aside by its name and goes only when the new one
 * has it: whatever fails or is stopped in between, the old one gets its name back. No statement of these can ask for the lease: that is done right
 * before each that takes something away.
 */
export async function takePlace(
  session: Session,
  table: TableName,
  { from, to }: { readonly from: Kind; readonly to: Kind },
  fence: Fence | undefined,
): Promise<void> {
  await dropObject(session, asideOf(table), fence)
  await mustHold(session, fence)
  try {
    await session.execute(renameStatement(from, table, asideOf(table)))
    await session.execute(renameStatement(to, nextOf(table), table))
  } catch (error) {
    // That it cannot be put back either is for the next build: it finds what stands aside.
    await putBack(clearingAway(session), table, fence).catch(() => undefined)
    throw error
  }
  const clearing = clearingAway(session)
  await mustHold(clearing, fence)
  await clearing.execute(dropStatement(asideOf(table), { kind: from }))
}

/**
 * Gives what stands aside its name again, or clears it away where something has the name; says which, undefined where nothing stands aside. A name that
 * nothing has is given back by a run that has lost the lease, too: it takes nothing away, and its readers have nothing until then.
 */
export async function putBack(
  session: Session,
  table: TableName,
  fence: Fence | undefined,
): Promise<'put back' | 'cleared away' | undefined> {
  const aside = await findObject(session, asideOf(table))
  if (aside === undefined) return undefined
  if ((await findObject(session, table)) !== undefined) {
    await dropObject(session, asideOf(table), fence)
    return 'cleared away'
  }
  await session.execute(renameStatement(aside.kind, asideOf(table), table))
  return 'put back'
}
