import { type LaterCost, type Row, type Session, WarehouseError } from '../warehouse.ts'

/**
 * What the history of this session says of its statements: bytes scanned, rows, Snowflake's own count of their time, and the credits of cloud
 * services. Empty where it cannot be asked: nothing is guessed. Statements of a session that was lost stay without.
 */
export async function toldCosts(session: Session, database: string): Promise<ReadonlyMap<string, LaterCost>> {
  try {
    const rows = await session.query(
      'select query_id, bytes_scanned, total_elapsed_time, credits_used_cloud_services ' +
        `from table(${database}.information_schema.query_history_by_session(result_limit => 10000))`,
    )
    return new Map(rows.map(row => [String(row.query_id), costOf(row)]))
  } catch (error) {
    if (error instanceof WarehouseError) return new Map()
    throw error
  }
}

function costOf(row: Row): LaterCost {
  const told = (column: string, name: keyof LaterCost) => {
    const value = row[column]
    return value === null || value === undefined ? {} : { [name]: Number(value) }
  }
  return {
    ...told('bytes_scanned', 'bytesProcessed'),
    ...told('total_elapsed_time', 'elapsedMilliseconds'),
    ...told('credits_used_cloud_services', 'cloudServicesCredits'),
  }
}
