import type { SmallShop } from './small-shop.ts'

const [customers, orders] = ['models/shop/customers.ts', 'models/shop/orders.ts']

/** The changes of the small shop's contracts for which a table is made anew. */
export const breakContract = {
  /** `customers` */
  'loses a column': (shop: SmallShop): void => {
    shop.mend(customers, ", euro: number('What they paid')", '')
    shop.mend(customers, ', sum(o.euro) as euro', '')
    shop.mend('data_tests/every_customer_paid.ts', 'c.euro = 0', 'c.order_count = 0')
  },
  /** `customers` */
  'has a column of another type': (shop: SmallShop): void => {
    shop.mend(customers, "integer('Orders')", "text('Orders')")
    shop.mend(customers, 'count(*) as', 'cast(count(*) as ${type.text}) as')
    shop.mend(customers, 'sql }', 'sql, text, type }')
    shop.mend('models/shop/loyalty.ts', 'c.order_count as n', '1 as n')
    shop.mend('models/shop/loyalty.ts', 'where c.order_count > 1', '')
  },
  /** `customers` */
  'becomes a view': (shop: SmallShop): void => shop.mend(customers, "kind: 'table'", "kind: 'view'"),
  /** `orders` */
  'is partitioned otherwise': (shop: SmallShop): void => shop.mend(orders, "by: 'day'", "by: 'month'"),
} as const
