import { boolean, key, model, number, sql, text, timestamp, type } from 'throughline'
import { numberFromText } from '../../macros/decimals'
import { jsonText } from '../../macros/json'
import { currencyCode } from '../../macros/money'
import { orderNumber } from '../../macros/orders'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { type ShopifySettings, shopify } from '../../sources/shopify'

export const stg_shopify__order = model({
  description: 'One row per order of the shop that is not deleted, as it stands now.',
  grain: ['shop_order_id'],
  columns: {
    shop_order_id: key("Shopify's id of the order"),
    order_id: text(
      'The number by which all systems tell of it, without the # before it and in capital letters: the column that the config names, or where that is empty, the id',
    ),
    customer_id: text("Shopify's id of the customer").nullable(),
    email: text('E-mail address that the order was placed with').nullable(),
    phone: text('Phone number that the order was placed with; else that of the billing address').nullable(),
    ordered_at: timestamp('When it was placed, UTC: processed_at, which imported orders bring, else created_at'),
    cancelled_at: timestamp('When it was called off, UTC').nullable(),
    place: text('store for an order at a till, web where nothing is said; else as Shopify tells it'),
    location_id: text("Shopify's id of the store").nullable(),
    is_test: boolean('Placed to try something'),
    currency: text("The shop's currency, of all amounts here"),
    has_taxes_in_prices: boolean('Whether the prices have the tax in them'),
    subtotal: number('The lines after discounts, before shipping and tips').nullable(),
    total: number('What was charged at first'),
    tax: number('Tax within the total'),
    tips: number('Tips within the total'),
    listed_shipping: number('Shipping before discounts; NULL where the shop does not say').nullable(),
    loaded_at: timestamp('When this version came in, UTC'),
    row_id: text('SHA-256 of the whole raw row'),
  },
  materialize: { kind: 'view' },
  uses: { shopify },
  query: ({ shopify: settings }) => sql`
    with newest as (
      select
        cast(e.id as ${type.text}) as shop_order_id,
        ${orderIdOf(settings)} as order_id,
        cast(e.customer_id as ${type.text}) as customer_id,
        ${rawText('email')} as email,
        coalesce(${rawText('phone')}, ${rawText('billing_address_phone')}) as phone,
        coalesce(e.processed_at, e.created_at) as ordered_at,
        e.cancelled_at,
        case when e.source_name = 'pos' then 'store' else coalesce(${rawText('source_name')}, 'web') end as place,
        cast(e.location_id as ${type.text}) as location_id,
        coalesce(e.test, false) as is_test,
        ${currencyCode(sql`e.currency`)} as currency,
        coalesce(e.taxes_included, false) as has_taxes_in_prices,
        e.subtotal_price as subtotal,
        e.total_price as total,
        coalesce(e.total_tax, ${zero}) as tax,
        coalesce(e.total_tip_received, ${zero}) as tips,
        ${numberFromText(jsonText(sql`e.total_shipping_price_set`, 'shop_money.amount'))} as listed_shipping,
        ${rawColumn('_fivetran_synced')} as loaded_at,
        e.tl_row_id as row_id,
        coalesce(${rawColumn('_fivetran_deleted')}, false) as is_deleted
      from ${shopify.tables.order} as e
      ${newestSynced('id')}
    )

    select
      n.shop_order_id, n.order_id, n.customer_id, n.email, n.phone, n.ordered_at, n.cancelled_at, n.place, n.location_id,
      n.is_test, n.currency, n.has_taxes_in_prices, n.subtotal, n.total, n.tax, n.tips, n.listed_shipping, n.loaded_at, n.row_id
    from newest as n
    where not n.is_deleted
  `,
})

const zero = sql`cast(0 as ${type.number})`
const id = sql`cast(e.id as ${type.text})`

function orderIdOf({ order_number }: ShopifySettings) {
  switch (order_number) {
    case 'name':
      return sql`coalesce(${orderNumber(sql`e.name`)}, ${id})`
    case 'order_number':
      return sql`coalesce(cast(e.order_number as ${type.text}), ${id})`
    case 'id':
      return id
  }
}
