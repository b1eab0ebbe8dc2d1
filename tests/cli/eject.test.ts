import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Files, folderOf } from '../support/project.ts'
import { kiosk } from './kiosk.ts'
import { objectsOf, rowsIn, type } from './support.ts'

const shops = `
import { key, seed } from 'throughline'

export const shops = seed({ description: 'Our shops.', grain: ['shop'], columns: { shop: key('A shop') }, file: 'shops.csv' })
`

const definition = `
import { definition, z } from 'throughline'

export const orders = definition('orders', z.strictObject({}).prefault({}))
`

const { 'warehouse.config.yaml': config, 'data/orders.csv': sold, ...models } = kiosk

/** The kiosk's models as a stock layer; a definition has the name of a model. */
const stock: Files = {
  ...models,
  'seeds/shops.ts': shops,
  'seeds/shops.csv': 'shop\nby the station\n',
  'models/definitions/orders.ts': definition,
}

const stockFolder = folderOf(stock)
const own = { 'warehouse.config.yaml': config!, 'data/orders.csv': sold! }
const typeOver = (folder: string, ...args: readonly string[]) => type(folder, args, { stock: stockFolder })

describe('eject', () => {
  it('copies a stock model to its own path, and says what comes next', async () => {
    const folder = folderOf(own)
    expect(await typeOver(folder, 'eject', 'orders')).toEqual({
      exitCode: 0,
      stdout:
        'Wrote models/shop/orders.ts\n\n1 stock unit test of it no longer runs; to keep one, eject it too:\n  unit_tests/orders_are_named.ts\n\nNext: change it, then npx throughline check\n',
      stderr: '',
    })
    expect(readFileSync(join(folder, 'models/shop/orders.ts'), 'utf8')).toBe(stock['models/shop/orders.ts'])
  })

  it('says as JSON which unit tests give way with a model, and takes them for themselves', async () => {
    const folder = folderOf(own)
    const { stdout } = await typeOver(folder, 'eject', 'orders', '--output', 'json')
    expect(objectsOf(stdout).at(-1)).toEqual({
      version: 1,
      type: 'no_longer_tested_by',
      files: ['unit_tests/orders_are_named.ts'],
    })
    expect((await typeOver(folder, 'eject', 'orders_are_named')).stdout).toContain(
      'Wrote unit_tests/orders_are_named.ts',
    )
  })

  it.each([
    ['shop/customers', ['models/shop/customers.ts']],
    ['models/shop/customers.ts', ['models/shop/customers.ts']],
    ['./models/shop/customers', ['models/shop/customers.ts']],
    ['definitions/orders', ['models/definitions/orders.ts']],
    ['sources/till.ts', ['sources/till.ts']],
    ['till', ['sources/till.ts']],
    ['data_tests/every_customer_paid', ['data_tests/every_customer_paid.ts']],
    ['shops', ['seeds/shops.ts', 'seeds/shops.csv']],
  ])('takes %s for what it means', async (asked, written) => {
    const folder = folderOf(own)
    const { exitCode, stdout } = await typeOver(folder, 'eject', asked, '--output', 'json')
    expect(exitCode).toBe(0)
    const wrote = objectsOf(stdout).filter(object => object.type === 'wrote')
    expect(wrote).toEqual(written.map(path => ({ version: 1, type: 'wrote', file: join(folder, path) })))
    for (const path of written) expect(readFileSync(join(folder, path), 'utf8')).toBe(stock[path])
  })

  it('never overwrites what is there', async () => {
    const mine = '// mine\n'
    const folder = folderOf({ ...own, 'models/shop/orders.ts': mine, 'seeds/shops.csv': 'shop\nat the lake\n' })
    expect(await typeOver(folder, 'eject', 'orders')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `models/shop/orders.ts is in this project already
  it replaces the stock one; to have the stock one back, remove it
`,
    })
    expect(readFileSync(join(folder, 'models/shop/orders.ts'), 'utf8')).toBe(mine)
    // Rows of one's own for a stock seed stay.
    expect((await typeOver(folder, 'eject', 'shops')).stdout).toMatch(
      /^Wrote seeds\/shops\.ts\nKept {2}seeds\/shops\.csv\n/,
    )
    expect(readFileSync(join(folder, 'seeds/shops.csv'), 'utf8')).toBe('shop\nat the lake\n')
  })

  it('names what is nearest, and what it could be', async () => {
    const folder = folderOf(own)
    expect(await typeOver(folder, 'eject', 'custmers')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `the stock layer has no model or file 'custmers'; did you mean customers?
  throughline ls lists the models; a source, macro, seed or definition is named by its path
`,
    })
    expect((await typeOver(folder, 'eject', 'shop/order')).stderr).toMatch(/did you mean shop\/orders\?/)
    const twice = folderOf({ ...stock, 'macros/till.ts': '', 'macros/shops.ts': '' })
    expect((await type(folder, ['eject', 'till'], { stock: twice })).stderr).toBe(
      "'till' could be macros/till.ts or sources/till.ts\n  name one by its path\n",
    )
    expect(existsSync(join(folder, 'sources'))).toBe(false)
  })

  it('needs a project of one’s own', async () => {
    expect((await typeOver(folderOf({}), 'eject', 'orders')).stderr).toMatch(/^there is no warehouse\.config\.yaml/)
    const folder = folderOf({ ...stock, ...own })
    expect(await type(folder, ['eject', 'orders'], { stock: folder })).toMatchObject({
      exitCode: 2,
      stderr: 'this project is the stock layer itself: its files can be changed where they are\n',
    })
  })
})

describe('a project over the stock layer', () => {
  const changed = stock['models/shop/orders.ts']!.replace('n.amount from', 'n.amount + n.amount as amount from')

  it('has its own file in place of the stock one, for everybody who reads it', async () => {
    const folder = folderOf({ ...own, 'models/shop/orders.ts': changed })
    expect(await typeOver(folder, 'build')).toMatchObject({ exitCode: 0, stderr: '' })
    // Of the stock layer, and reads the model that was replaced. As it stands in the stock layer, Ann paid 13.50.
    const rows = await rowsIn(join(folder, 'kiosk.duckdb'), 'select customer, amount from shop.customers order by 1')
    expect(rows).toEqual([
      { customer: 'ann', amount: '27.000000000' },
      { customer: 'bob', amount: '8.000000000' },
    ])
  })

  it('is told of a column that readers in the stock layer miss, at their lines', async () => {
    const lacking = changed
      .replace(", amount: number('What was paid').atLeast(0)", '')
      .replace(', n.amount + n.amount as amount', '')
      .replace('number, ', '')
    const folder = folderOf({ ...own, 'models/shop/orders.ts': lacking })
    const { exitCode, stdout } = await typeOver(folder, 'check')
    expect(exitCode).toBe(1)
    const reader = join(stockFolder, 'models/shop/customers.ts')
    expect(stdout).toContain(`${reader}:16:55  "o" has no column named "amount"`)
  })

  it('has what it adds, which reads stock models', async () => {
    const big = stock['models/shop/orders.ts']!.replaceAll('orders', 'big_orders')
      .replaceAll('staging/named', 'shop/orders')
      .replaceAll('named', 'orders')
      .replace('as n`', 'as n where n.amount > 5`')
    const folder = folderOf({ ...own, 'models/shop/big_orders.ts': big })
    expect(await typeOver(folder, 'build')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await rowsIn(join(folder, 'kiosk.duckdb'), 'select order_id from shop.big_orders')).toEqual([
      { order_id: 'o1' },
    ])
  })
})
