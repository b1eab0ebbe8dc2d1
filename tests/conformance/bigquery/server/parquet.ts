import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/** The rows of a Parquet file as objects of plain JSON, read by DuckDB. */
export async function parquetObjects(data: Buffer): Promise<readonly unknown[]> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-parquet-'))
  const file = join(folder, 'rows.parquet')
  writeFileSync(file, data)
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  try {
    const reader = await connection.runAndReadAll(
      `select cast(to_json(r) as varchar) as row_text from read_parquet('${file}') as r`,
    )
    return reader.getRows().map(([text]) => JSON.parse(String(text)) as unknown)
  } finally {
    connection.closeSync()
    instance.closeSync()
    rmSync(folder, { recursive: true, force: true })
  }
}
