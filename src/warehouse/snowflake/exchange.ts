import type { TableName } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import { clearingAway } from '../clearing-away.ts'
import type { Fence } from '../sharing.ts'
import type { Session } from '../warehouse.ts'
import { mustHold } from './fence.ts'
import { dropObject, dropStatement, type FoundObject, findObject } from './objects.ts'

type Kind = FoundObject['kind']

/** Where a table or view is made that is to take the place of another. */
export function nextOf(table: TableName): TableName {
  return { ...table, name: `${table.name}__tl_next` }
}

/** Where the other one is until it has. */
function asideOf(table: TableName): TableName {
  return { ...table, name: `${table.name}__tl_aside` }
}

/**
 * Gives a table or view the place of one of the other kind, which no statement does. The old one is put aside by its name and goes only when the new one
 * has it: whatever fails or is stopped in between, the old one gets its name back.
 */
export async function takePlace(
  session: Session,
  table: TableName,
  { from, to }: { readonly from: Kind; readonly to: Kind },
  fence: Fence | undefined,
): Promise<void> {
  await dropObject(session, asideOf(table))
  await mustHold(session, fence)
  try {
    await session.execute(rename(from, table, asideOf(table)))
    await session.execute(rename(to, nextOf(table), table))
  } catch (error) {
    // That it cannot be put back either is for the next build: it finds what stands aside.
    await putBack(clearingAway(session), table).catch(() => undefined)
    throw error
  }
  const aside = asideOf(table)
  await clearingAway(session).execute(`drop ${from} if exists ${tablePath(aside)}`)
}

/** Gives what a build that ended in between has put aside its name again, where nothing has it; says whether it did. */
export async function putBackAside(session: Session, table: TableName, fence: Fence | undefined): Promise<boolean> {
  const aside = await findObject(session, asideOf(table))
  if (aside === undefined) return false
  await mustHold(session, fence)
  await session.execute(rename(aside.kind, asideOf(table), table))
  return true
}

async function putBack(session: Session, table: TableName): Promise<void> {
  const aside = await findObject(session, asideOf(table))
  if (aside === undefined) return
  const isTaken = (await findObject(session, table)) !== undefined
  const statement = isTaken ? dropStatement(asideOf(table), aside) : rename(aside.kind, asideOf(table), table)
  await session.execute(statement)
}

function rename(kind: Kind, from: TableName, to: TableName): string {
  return `alter ${kind} ${tablePath(from)} rename to ${tablePath(to)}`
}
