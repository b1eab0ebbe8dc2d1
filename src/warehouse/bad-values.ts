import { describeLocation } from '../authoring/location.ts'
import type { CompiledSourceTable } from '../compile/compiled.ts'
import { ProblemsError } from '../problems/problem.ts'
import type { Session } from './warehouse.ts'

/** A column of a raw table that stands, whose values may not be of their declared type. */
export interface Suspect {
  readonly column: string
  /** SQL: the raw value. */
  readonly value: string
  /** SQL: holds where it is not of its type. */
  readonly holds: string
  /** In a message. */
  readonly type: string
}

export interface BadRows {
  readonly count: number
  readonly suspects: readonly Suspect[]
}

/** Counts the rows that have a bad value, in one scan of `relation`, an SQL table whose alias is `r`. Throws `ProblemsError` where the source wants none. */
export async function badRows(
  session: Session,
  { name, source, location }: CompiledSourceTable,
  relation: string,
  suspects: readonly Suspect[],
): Promise<BadRows> {
  if (suspects.length === 0) return { count: 0, suspects }
  const counts = suspects.map(({ holds }, index) => `${countOf(holds)} as bad_${index}`)
  const any = countOf(anyOf(suspects))
  const [row] = await session.query(`select ${any} as bad_count, ${counts.join(', ')}\nfrom ${relation} as r`)
  const count = Number(row?.bad_count)
  if (count === 0 || location.badRows === 'quarantine') return { count, suspects }
  const hint = `mend the rows, or set bad_rows: quarantine for ${source} to set them aside`
  const problems = suspects.flatMap(({ column, type }, index) => {
    const inColumn = Number(row?.[`bad_${index}`])
    const message = `${name}: column "${column}" of ${describeLocation(location)} is no ${type} in ${inColumn} of its rows`
    return inColumn === 0 ? [] : [{ kind: 'data' as const, message, hint }]
  })
  throw new ProblemsError(problems)
}

/** The rows of which every value is of its type, as a `where`; empty where all are. */
export function onlyGood({ count, suspects }: BadRows): string {
  return count === 0 ? '' : `\n  where not coalesce(${anyOf(suspects)}, false)`
}

function anyOf(suspects: readonly Suspect[]): string {
  return suspects.map(({ holds }) => holds).join(' or ')
}

function countOf(condition: string): string {
  return `count(case when ${condition} then 1 end)`
}
