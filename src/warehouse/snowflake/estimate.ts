import { type Estimate, type Session, WarehouseError } from '../warehouse.ts'

/** What Snowflake's compiler says in `explain using json`. */
interface Plan {
  readonly GlobalStats?: {
    readonly partitionsTotal?: number
    readonly partitionsAssigned?: number
    readonly bytesAssigned?: number
  }
}

/** What a query would read, told by the compiler, which runs nothing and needs no warehouse. Throws `WarehouseError` where the query is wrong. */
export async function estimate(session: Session, sql: string): Promise<Estimate> {
  const [row] = await session.query(`explain using json\n${sql}`)
  const [content] = Object.values(row ?? {})
  const { GlobalStats: stats } = planOf(content, sql)
  if (stats?.bytesAssigned === undefined)
    throw new WarehouseError('EXPLAIN tells nothing of what would be read', { sql, kind: 'other' })
  return {
    bytesProcessed: stats.bytesAssigned,
    estimatedUsd: undefined,
    partitions: { read: stats.partitionsAssigned ?? 0, all: stats.partitionsTotal ?? 0 },
  }
}

function planOf(content: unknown, sql: string): Plan {
  try {
    return (typeof content === 'string' ? JSON.parse(content) : (content ?? {})) as Plan
  } catch (cause) {
    throw new WarehouseError(`EXPLAIN gives no JSON: ${String(content).slice(0, 80)}`, { sql, kind: 'other', cause })
  }
}
