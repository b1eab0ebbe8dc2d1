import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderOf } from '../support/project.ts'
import { badOrders, kiosk } from './kiosk.ts'
import { artifact, objectsOf, type } from './support.ts'

interface Catalog {
  readonly nodes: Readonly<Record<string, { readonly stats: { readonly row_count?: { readonly value: number } } }>>
  readonly sources: Catalog['nodes']
}

const catalogIn = (folder: string) => artifact(folder, 'local', 'catalog.json') as unknown as Catalog
const rowsOf = ({ nodes, sources }: Catalog) =>
  Object.entries({ ...sources, ...nodes }).map(([id, { stats }]) => [id, stats.row_count?.value])

describe('the catalog of a build', () => {
  it('has every table that stands, with its rows, its columns and what the models say of them', async () => {
    const folder = folderOf(kiosk)
    const built = await type(folder, ['build', '--output', 'json'])
    expect(objectsOf(built.stdout)).toContainEqual(
      expect.objectContaining({
        type: 'artifacts_written',
        catalog: join(folder, '.throughline/target/local/catalog.json'),
      }),
    )
    const catalog = catalogIn(folder)
    expect(rowsOf(catalog)).toEqual([
      ['source.kiosk.till.orders', 5],
      ['model.kiosk.customers', 2],
      ['model.kiosk.orders', 4],
    ])
    expect(catalog.nodes['model.kiosk.orders']).toMatchObject({
      metadata: {
        type: 'BASE TABLE',
        schema: 'shop',
        name: 'orders',
        database: 'kiosk',
        comment: 'One row per order.',
      },
      columns: {
        order_id: { type: 'VARCHAR', index: 1, comment: 'The order' },
        amount: { type: 'DECIMAL(38,9)', index: 3, comment: 'What was paid' },
      },
    })
  })

  it('is written after a failure too, with what stands', async () => {
    const folder = folderOf({ ...kiosk, 'data/orders.csv': badOrders })
    expect((await type(folder, ['build'])).exitCode).toBe(1)
    expect(rowsOf(catalogIn(folder))).toEqual([['source.kiosk.till.orders', 6]])
  })

  it('has the rows that readers see, not those that a failed test kept from them', async () => {
    const folder = folderOf(kiosk)
    await type(folder, ['build'])
    writeFileSync(join(folder, 'data/orders.csv'), badOrders)
    expect((await type(folder, ['build'])).exitCode).toBe(1)
    expect(rowsOf(catalogIn(folder))).toEqual([
      ['source.kiosk.till.orders', 6],
      ['model.kiosk.customers', 2],
      ['model.kiosk.orders', 4],
    ])
  })

  it('has all tables, whatever was selected; run writes it as well, test does not', async () => {
    const folder = folderOf(kiosk)
    await type(folder, ['run', '--select', 'source:till', 'named', 'orders'])
    expect(rowsOf(catalogIn(folder)).map(([id]) => id)).toEqual(['source.kiosk.till.orders', 'model.kiosk.orders'])
    await type(folder, ['run', '--select', 'customers'])
    expect(rowsOf(catalogIn(folder))).toEqual([
      ['source.kiosk.till.orders', 5],
      ['model.kiosk.customers', 2],
      ['model.kiosk.orders', 4],
    ])
    const other = folderOf(kiosk)
    await type(other, ['test'])
    expect(existsSync(join(other, '.throughline/target/local/run_results.json'))).toBe(true)
    expect(existsSync(join(other, '.throughline/target/local/catalog.json'))).toBe(false)
  })
})
