import { defined, given, unitTest } from 'throughline'
import { reporting } from '../../models/definitions/reporting'
import { orders } from '../../models/orders/orders'
import { shopify_orders } from '../../models/orders/shopify_orders'
import { exchange_rates } from '../../seeds/exchange_rates'
import { shopify } from '../../sources/shopify'

const order = { gross_amount: '99.99', refunded_amount: '33.33', is_cancelled: false, currency: 'CHF' }
const told = {
  status: 'partially_refunded',
  currency: 'EUR',
  original_gross_revenue: '99.99',
  original_refunded_amount: '33.33',
  original_currency: 'CHF',
  shop_order_count: 1,
}
const of29 = { ...told, ordered_date: '2026-03-29', gross_revenue: '104.99', refunded_amount: '35', revenue: '69.99' }

export const an_order_is_worth_the_rate_of_its_day = unitTest({
  description:
    'Amounts are converted at the rate of the day of the order in the reporting zone, where 29 March begins at 23:00 UTC and, an hour of it being skipped, ends at 22:00; what is given back later too. Each is rounded by itself, revenue is their difference: 99.99 CHF at 1.05 are 104.9895, so 104.99 EUR, and 33.33 are 34.9965, so 35.00. Without the rate of that very day nothing is known.',
  model: orders,
  definitions: [
    defined(shopify, { schema: 'raw_shopify' }),
    defined(reporting, { timezone: 'Europe/Berlin', currency: 'EUR' }),
  ],
  given: [
    given(exchange_rates, [
      { currency: 'CHF', rate_date: '2026-03-28', rate: '1.04' },
      { currency: 'CHF', rate_date: '2026-03-29', rate: '1.05' },
      { currency: 'USD', rate_date: '2026-03-30', rate: '0.9' },
    ]),
    given(shopify_orders, [
      { ...order, order_id: 'LAST OF 28', ordered_at: '2026-03-28 22:59:59.999999' },
      { ...order, order_id: 'FIRST OF 29', ordered_at: '2026-03-28 23:00:00' },
      { ...order, order_id: 'LAST OF 29', ordered_at: '2026-03-29 21:59:59.999999' },
      { ...order, order_id: 'FIRST OF 30', ordered_at: '2026-03-29 22:00:00' },
      { ...order, order_id: 'EUROS', ordered_at: '2026-03-29 22:00:00', currency: 'EUR' },
      { ...order, order_id: 'CALLED OFF', ordered_at: '2026-03-29 22:00:00', is_cancelled: true },
    ]),
  ],
  expect: [
    {
      ...told,
      order_id: 'LAST OF 28',
      ordered_at: '2026-03-28 22:59:59.999999',
      ordered_date: '2026-03-28',
      gross_revenue: '103.99',
      refunded_amount: '34.66',
      revenue: '69.33',
    },
    { ...of29, order_id: 'FIRST OF 29', ordered_at: '2026-03-28 23:00:00' },
    { ...of29, order_id: 'LAST OF 29', ordered_at: '2026-03-29 21:59:59.999999' },
    { ...told, order_id: 'FIRST OF 30', ordered_at: '2026-03-29 22:00:00', ordered_date: '2026-03-30' },
    {
      ...told,
      order_id: 'EUROS',
      ordered_at: '2026-03-29 22:00:00',
      ordered_date: '2026-03-30',
      gross_revenue: '99.99',
      refunded_amount: '33.33',
      revenue: '66.66',
      original_currency: 'EUR',
    },
    {
      ...told,
      order_id: 'CALLED OFF',
      status: 'cancelled',
      ordered_at: '2026-03-29 22:00:00',
      ordered_date: '2026-03-30',
    },
  ],
})
