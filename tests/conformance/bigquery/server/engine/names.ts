import { ApiError, invalidQuery } from '../api-error.ts'
import type { TableId } from '../store.ts'
import type { Session } from './session.ts'

/** A path as it is written, `[p.d, t]` as well as `[p, d, t]`, in its parts. */
export const partsOf = (path: readonly string[]): readonly string[] => path.flatMap(name => name.split('.'))

/** The table that a path means, there or not. Throws where it names no dataset and there is no default one, or another project. */
export function tableIdOf(path: readonly string[], session: Session): TableId {
  const id = tableIdIn(path, session)
  if (id === undefined) throw noTableOf(path, session)
  return id
}

export function tableIdIn(path: readonly string[], session: Session): TableId | undefined {
  const parts = partsOf(path)
  const table = parts.at(-1)!
  if (isElsewhere(parts, session)) return undefined
  if (parts.length > 1) return { dataset: parts.at(-2)!, table }
  const temporary = { dataset: session.temporary, table }
  if (session.store.findTable(temporary) !== undefined) return temporary
  return session.defaultDataset === undefined ? undefined : { dataset: session.defaultDataset, table }
}

/** What is wrong with a path that means no table. */
export function noTableOf(path: readonly string[], session: Session): ApiError {
  const parts = partsOf(path)
  if (isElsewhere(parts, session)) {
    const name = `${parts.at(-3)}:${parts.at(-2)}.${parts.at(-1)}`
    const message = `Access Denied: Table ${name}: User does not have permission to query table ${name}, or perhaps it does not exist.`
    return new ApiError(403, 'accessDenied', message)
  }
  const id = tableIdIn(path, session)
  if (id !== undefined) return session.store.noTable(id)
  return invalidQuery(`Table "${parts.join('.')}" must be qualified with a dataset (e.g. dataset.table).`)
}

const isElsewhere = (parts: readonly string[], { store }: Session): boolean =>
  parts.length > 2 && parts.at(-3) !== store.project
