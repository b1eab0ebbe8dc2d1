import { integer, key, number, shape, text } from 'throughline'

export const order_item_stream = shape({
  description:
    'What stands in the orders of a shop. A model of these columns, one row per line of an order, joins those of all others.',
  columns: {
    order_id: key("The order's number, as in orders"),
    line_number: integer("Place among the order's lines, from 1").atLeast(1),
    system: text('The shop that keeps it, as in the config: shopify'),
    system_order_id: text("The shop's own id of the order"),
    product_id: text("The shop's own id of the product").nullable(),
    product: text('The name of the product'),
    category: text('The kind of product').nullable(),
    quantity: integer('How many were ordered').atLeast(0),
    gross_amount: number(
      'What was charged for the line at first, after discounts, as the shop prices it: with tax or without',
    ),
    refunded_quantity: integer('How many were given back').atLeast(0),
    refunded_amount: number('What was given back for the line, as the shop prices it'),
    currency: text('Currency of these amounts, as EUR'),
  },
})
