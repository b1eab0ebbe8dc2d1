import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { folderOf } from '../support/project.ts'

async function built(folder: string): Promise<DuckDBWarehouse> {
  const warehouse = await DuckDBWarehouse.open({
    path: join(folder, 'shop.duckdb'),
    publishTo: join(folder, 'readers/shop.duckdb'),
  })
  await warehouse.close()
  return warehouse
}

describe('The copy for readers', () => {
  it('is the finished file, and nothing else is left in its folder', async () => {
    const folder = folderOf({})
    await (await built(folder)).publishToReaders()
    expect(readdirSync(join(folder, 'readers'))).toEqual(['shop.duckdb'])
    expect(readFileSync(join(folder, 'readers/shop.duckdb'))).toEqual(readFileSync(join(folder, 'shop.duckdb')))
  })

  it('is not made of a file that lacks what was built last', async () => {
    const folder = folderOf({ 'readers/shop.duckdb': 'yesterday' })
    const warehouse = await built(folder)
    writeFileSync(join(folder, 'shop.duckdb.wal'), 'today')
    await expect(warehouse.publishToReaders()).rejects.toThrow(/what was built last is still in .*shop\.duckdb\.wal/)
    expect(readFileSync(join(folder, 'readers/shop.duckdb'), 'utf8')).toBe('yesterday')
  })

  it('leaves no half of itself where it cannot be put in its place', async () => {
    const folder = folderOf({ 'readers/shop.duckdb/in_the_way.txt': '' })
    await expect((await built(folder)).publishToReaders()).rejects.toThrow()
    expect(readdirSync(join(folder, 'readers'))).toEqual(['shop.duckdb'])
  })
})
