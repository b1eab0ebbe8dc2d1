import { boolean, key, number, shape, text, timestamp } from 'throughline'

export const order_stream = shape({
  description:
    'What a shop tells of its orders, as they stand now. A model of these columns, one row per order, joins the orders of all others.',
  columns: {
    order_id: key("The order's number, by which all systems tell of it: that of events.order_id"),
    row_id: text('SHA-256 of the raw row: of versions that came in at once, the greatest counts'),
    system: text('The shop that keeps it, as in the config: shopify'),
    system_order_id: text("The shop's own id of the order"),
    ordered_at: timestamp('When it was placed, UTC'),
    loaded_at: timestamp('When this version came in, UTC; NULL where the shop does not say').nullable(),
    is_cancelled: boolean('Called off: nothing of it is revenue'),
    is_test: boolean('Made by ourselves to try something: counted nowhere'),
    place: text('Where it was placed: web, store, phone …'),
    store: text('The name of the store; NULL where it was placed elsewhere').nullable(),
    currency: text('Currency of all its amounts, as EUR'),
    gross_amount: number('What was charged at first, after discounts, with tax and shipping'),
    tax_amount: number('Tax within it, that on the shipping included'),
    shipping_amount: number('Shipping within it, with the tax on it'),
    shipping_tax_amount: number('Tax on the shipping: within both of these'),
    refunded_amount: number('What was given back, with tax and shipping'),
    refunded_tax_amount: number('Tax within what was given back, that on the shipping included'),
    refunded_shipping_amount: number('Shipping within what was given back, with the tax on it'),
    refunded_shipping_tax_amount: number('Tax on that shipping: within both of these'),
  },
})
