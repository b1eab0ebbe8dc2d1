import { boolean, integer, landedTables, locationIn, number, source, text, timestamp, z } from 'throughline'

const settings = landedTables(
  [
    'customer',
    'discount_allocation',
    'location',
    'order',
    'order_adjustment',
    'order_line',
    'order_line_refund',
    'order_shipping_line',
    'order_shipping_tax_line',
    'product',
    'refund',
    'transaction',
  ],
  {
    order_number: z
      .enum(['name', 'order_number', 'id'])
      .default('name')
      .describe(
        "Which column is the order's number that the tracker on the site has too: name (#1001, read as 1001), order_number or id.",
      ),
    customer_id_is_user_id: z
      .boolean()
      .default(true)
      .describe(
        "true: Shopify's id of a customer is the user_id by which the tracker knows people who are logged in. false: it is the shop's alone.",
      ),
  },
)

/** How Shopify's tables are read: the settings under `sources: shopify:`, with their defaults. */
export type ShopifySettings = z.infer<typeof settings>

const synced = { _fivetran_synced: timestamp('When the row came in') }
const deletable = { _fivetran_deleted: boolean('Deleted in the shop').nullable().mayBeMissing() }
const loadedAt = '_fivetran_synced'

export const shopify = source({
  description:
    'Orders, refunds and customers of a shop on Shopify, its tills included, in the tables of its REST interface as Fivetran lands them.',
  settings,
  sections: { events: { shopify: { order_created: 'order_placed' } } },
  tables: {
    customer: {
      description: 'One row per customer.',
      loadedAt,
      columns: () => ({
        id: integer("Shopify's id of the customer"),
        email: text('E-mail address').nullable(),
        phone: text('Phone number').nullable().mayBeMissing(),
        first_name: text('First name').nullable(),
        last_name: text('Last name').nullable(),
        accepts_marketing: boolean('Whether they agreed to marketing by e-mail').nullable().mayBeMissing(),
        email_marketing_consent_state: text('The same, as newer accounts have it: subscribed, unsubscribed …')
          .nullable()
          .mayBeMissing(),
        created_at: timestamp('When the customer was entered, UTC'),
        updated_at: timestamp('When something of it changed last, UTC').nullable(),
        ...deletable,
        ...synced,
      }),
      location: given => locationIn(given, 'customer'),
    },
    order: {
      description: 'One row per order, as it stands now.',
      loadedAt,
      columns: () => ({
        id: integer("Shopify's id of the order"),
        name: text('The number as customers see it, with its prefix: #1001').nullable(),
        order_number: integer('The number without prefix').nullable(),
        customer_id: integer('The customer').nullable(),
        email: text('E-mail address that the order was placed with').nullable(),
        phone: text('Phone number that the order was placed with').nullable().mayBeMissing(),
        billing_address_phone: text('Phone number of the billing address').nullable().mayBeMissing(),
        created_at: timestamp('When it was entered, UTC'),
        processed_at: timestamp('When it was placed, UTC: earlier than created_at where it was imported').nullable(),
        cancelled_at: timestamp('When it was called off, UTC').nullable(),
        source_name: text('web, pos, shopify_draft_order, or an app').nullable(),
        location_id: integer('The store, of an order at a till').nullable(),
        test: boolean('Placed to try something').nullable().mayBeMissing(),
        currency: text("The shop's currency, of all amounts here"),
        taxes_included: boolean('Whether the prices have the tax in them').nullable(),
        subtotal_price: number('The lines after discounts, before shipping and tips').nullable(),
        total_price: number('What was charged at first: lines, shipping, tax, tips'),
        total_tax: number('Tax within total_price').nullable(),
        total_tip_received: number('Tips within total_price').nullable().mayBeMissing(),
        total_shipping_price_set: text('Shipping before discounts, as JSON by currency').nullable().mayBeMissing(),
        ...deletable,
        ...synced,
      }),
      location: given => locationIn(given, 'order'),
    },
    order_line: {
      description: 'One row per line of an order.',
      loadedAt,
      columns: () => ({
        id: integer("Shopify's id of the line"),
        order_id: integer('The order'),
        index: integer('Place among the lines').nullable().mayBeMissing(),
        product_id: integer('The product').nullable(),
        title: text('Its title when it was ordered').nullable(),
        name: text('The same with the variant').nullable(),
        price: number('Price of one, before discounts'),
        quantity: integer('How many'),
        total_discount: number('Discount on the line itself, without its part of discounts on the order').nullable(),
        ...deletable,
        ...synced,
      }),
      location: given => locationIn(given, 'order_line'),
    },
    discount_allocation: {
      description: 'One row per line and discount that it has a part in, those on the whole order included.',
      loadedAt,
      columns: () => ({
        order_line_id: integer('The line'),
        index: integer("Place among the line's discounts"),
        amount: number("The line's part"),
        ...synced,
      }),
      location: given => locationIn(given, 'discount_allocation'),
    },
    order_shipping_line: {
      description: 'One row per way of shipping that an order was charged for.',
      loadedAt,
      columns: () => ({
        id: integer("Shopify's id of the shipping line"),
        order_id: integer('The order'),
        price: number('Its price').nullable(),
        discounted_price: number('Its price after discounts on it').nullable().mayBeMissing(),
        ...synced,
      }),
      location: given => locationIn(given, 'order_shipping_line'),
    },
    order_shipping_tax_line: {
      description: 'One row per tax on a shipping line.',
      loadedAt,
      columns: () => ({
        order_shipping_line_id: integer('The shipping line'),
        index: integer('Place among its taxes'),
        price: number('The tax'),
        ...synced,
      }),
      location: given => locationIn(given, 'order_shipping_tax_line'),
    },
    refund: {
      description: 'One row per refund: things given back, money given back, or both.',
      loadedAt,
      columns: () => ({
        id: integer("Shopify's id of the refund"),
        order_id: integer('The order'),
        created_at: timestamp('When it was entered, UTC'),
        processed_at: timestamp('When it was made, UTC').nullable(),
        ...synced,
      }),
      location: given => locationIn(given, 'refund'),
    },
    order_line_refund: {
      description: 'One row per line of an order that a refund gives something back of.',
      loadedAt,
      columns: () => ({
        id: integer("Shopify's id of the refunded line"),
        refund_id: integer('The refund'),
        order_line_id: integer('The line of the order'),
        quantity: number('How many').nullable(),
        subtotal: number('Their price after discounts, with tax only where prices have it in them').nullable(),
        total_tax: number('The tax on them').nullable(),
        ...synced,
      }),
      location: given => locationIn(given, 'order_line_refund'),
    },
    order_adjustment: {
      description: 'One row per part of a refund that is of no line: shipping, or more or less than the lines come to.',
      loadedAt,
      columns: () => ({
        id: integer("Shopify's id of the adjustment"),
        refund_id: integer('The refund').nullable(),
        kind: text('shipping_refund or refund_discrepancy').nullable(),
        amount: number('What it adds to the order: below 0 where something is given back').nullable(),
        tax_amount: number('Tax besides the amount').nullable(),
        ...synced,
      }),
      location: given => locationIn(given, 'order_adjustment'),
    },
    transaction: {
      description: 'One row per payment, or payment back.',
      loadedAt,
      columns: () => ({
        id: integer("Shopify's id of the transaction"),
        order_id: integer('The order').nullable(),
        refund_id: integer('The refund that it pays').nullable(),
        kind: text('sale, capture, refund …').nullable(),
        status: text('success, pending, failure, error').nullable(),
        amount: number('How much, never below 0').nullable(),
        currency: text('Its currency: that in which the customer paid').nullable(),
        ...synced,
      }),
      location: given => locationIn(given, 'transaction'),
    },
    location: {
      description: 'One row per store or warehouse.',
      loadedAt,
      columns: () => ({
        id: integer("Shopify's id of the location"),
        name: text('Its name').nullable(),
        ...synced,
      }),
      location: given => locationIn(given, 'location'),
    },
    product: {
      description: 'One row per product.',
      loadedAt,
      columns: () => ({
        id: integer("Shopify's id of the product"),
        title: text('Its title').nullable(),
        product_type: text('The kind of product').nullable(),
        ...synced,
      }),
      location: given => locationIn(given, 'product'),
    },
  },
})
