import { dataTest, sql } from 'throughline'
import { customers } from '../models/shop/customers'

export const every_customer_paid = dataTest({
  description: 'Every customer paid something.',
  rows: () => sql`select c.customer from ${customers} as c where c.euro = 0`,
})
