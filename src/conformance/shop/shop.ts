import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A copy of the small shop, to be changed from build to build. */
export class Shop {
  readonly folder = mkdtempSync(join(tmpdir(), 'throughline-conformance-'))

  constructor(private readonly from: string) {
    for (const name of ['sources', 'seeds', 'models', 'data_tests', 'data', 'warehouse.config.yaml'])
      cpSync(join(from, name), join(this.folder, name), { recursive: true })
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text)
  }

  /** As it is shipped. */
  copy(path: string): void {
    cpSync(join(this.from, path), join(this.folder, path))
  }

  /** A file with some of its words replaced; throws where they do not stand in it. */
  mend(path: string, ...replaced: readonly (readonly [words: string, by: string])[]): void {
    let text = readFileSync(join(this.folder, path), 'utf8')
    for (const [words, by] of replaced) {
      if (!text.includes(words)) throw new Error(`${path} has no ${words}`)
      text = text.replace(words, by)
    }
    this.write(path, text)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Works on a copy of the shop, and removes it. */
export async function withShop<T>(from: string, work: (shop: Shop) => Promise<T>): Promise<T> {
  const shop = new Shop(from)
  try {
    return await work(shop)
  } finally {
    shop.remove()
  }
}

/** The data as it is shipped. */
export function firstData(shop: Shop): void {
  shop.copy('data/orders.csv')
  shop.copy('seeds/rates.csv')
}

/** An order corrected, one taken back, three new ones, and another rate of the dollar: the rows of every table are others. */
export function laterData(shop: Shop): void {
  shop.write('data/orders.csv', laterOrders)
  shop.write('seeds/rates.csv', 'currency,to_euro\nEUR,1\nUSD,0.8\n')
}

/** An order below zero, at which a test of `orders` fails. */
export function badData(shop: Shop): void {
  shop.write('data/orders.csv', `${laterOrders}o8,cy,EUR,-1,2026-05-05 09:00:00\n`)
}

const laterOrders = `order_id,customer,currency,amount,placed_at
o1,ann,EUR,12.50,2026-05-01 09:00:00
o2,bob,EUR,4,2026-05-01 10:00:00
o3,ann,USD,2,2026-05-02 09:00:00
o4,,EUR,3,2026-05-02 10:00:00
o6,bob,USD,7,2026-05-04 09:00:00
o7,cy,EUR,5,2026-05-04 10:00:00
`

export function columnMore(shop: Shop): void {
  shop.mend(
    'models/shop/customers.ts',
    ["columns: { customer: key('Who'), ", "columns: { customer: key('Who'), last_order: text('Last order'), "],
    ['select o.customer, count', 'select o.customer, max(o.order_id) as last_order, count'],
    ['number, sql }', 'number, sql, text }'],
  )
}

export function columnGone(shop: Shop): void {
  shop.mend('models/shop/customers.ts', [", euro: number('What they paid')", ''], [', sum(o.euro) as euro', ''])
  shop.mend('data_tests/every_customer_paid.ts', ['c.euro = 0', 'c.order_count = 0'])
}

/** Of the column that `columnMore` adds. */
export function columnOfAnotherType(shop: Shop): void {
  shop.mend(
    'models/shop/customers.ts',
    ["last_order: text('Last order')", "last_order: timestamp('Last order')"],
    ['max(o.order_id) as last_order', 'max(o.placed_at) as last_order'],
    ['sql, text }', 'sql, timestamp }'],
  )
}

export function tableToView(shop: Shop): void {
  shop.mend('models/shop/customers.ts', ["kind: 'table'", "kind: 'view'"])
}

export function viewToTable(shop: Shop): void {
  shop.mend('models/shop/customers.ts', ["kind: 'view'", "kind: 'table'"])
}
