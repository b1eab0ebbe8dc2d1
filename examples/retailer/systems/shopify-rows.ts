import { utcText } from '../lib/calendar.ts'
import type { Person } from '../people/person.ts'
import { decimal, type OrderFate, type OrderSums } from './order.ts'
import type { ShopifyRow } from './shopify-tables.ts'
import type { Store } from './stores.ts'

/** An order as a till or the checkout of the site hands it in. */
export interface OrderRequest {
  readonly personId: string
  /** Not known to a till, for those who pay and go. */
  readonly person: Person | undefined
  readonly at: number
  readonly sums: OrderSums
  readonly customerId: string
  readonly email: string
  readonly phone: string
  readonly store: Store | undefined
  readonly countryCode: string
  readonly fate: OrderFate
  readonly isTest: boolean
  readonly landingSite: string
  readonly note: string
}

/** The order as it was placed. */
export function orderRow(
  { id, number, name, token }: { id: number; number: number; name: string; token: string },
  request: OrderRequest,
): ShopifyRow<'order'> {
  const { person, at, sums, store } = request
  return {
    id,
    name,
    number,
    order_number: 1000 + number,
    note: request.note,
    email: request.email,
    customer_id: request.customerId,
    created_at: utcText(at),
    processed_at: utcText(at),
    updated_at: utcText(at),
    currency: sums.currency,
    presentment_currency: sums.currency,
    taxes_included: 'true',
    total_line_items_price: decimal(sums.subtotalCents + sums.discountCents),
    total_discounts: decimal(sums.discountCents),
    subtotal_price: decimal(sums.subtotalCents),
    total_shipping_price_set: moneySet(sums.shippingCents, sums.currency),
    total_tax: decimal(sums.taxCents),
    total_price: decimal(sums.totalCents),
    financial_status: request.fate === 'cancelled_unpaid' ? 'pending' : 'paid',
    fulfillment_status: store ? 'fulfilled' : '',
    source_name: store ? 'pos' : 'web',
    location_id: store?.locationId ?? '',
    user_id: store ? 40_467_791_943 : '',
    test: String(request.isTest),
    confirmed: 'true',
    buyer_accepts_marketing: 'false',
    billing_address_country_code: request.countryCode,
    billing_address_phone: request.phone,
    shipping_address_first_name: store ? '' : (person?.givenName ?? ''),
    shipping_address_last_name: store ? '' : (person?.familyName ?? ''),
    shipping_address_country_code: store ? '' : request.countryCode,
    shipping_address_phone: store ? '' : request.phone,
    landing_site_base_url: request.landingSite,
    token,
    _fivetran_deleted: 'false',
  }
}

function moneySet(cents: number, currency: string): string {
  const money = { amount: decimal(cents), currency_code: currency }
  return JSON.stringify({ shop_money: money, presentment_money: money })
}

export function locationRow(store: Store): ShopifyRow<'location'> {
  return {
    id: store.locationId,
    name: store.name,
    active: 'true',
    address_1: store.street,
    city: store.city,
    zip: store.zip,
    country: store.countryCode,
    country_code: store.countryCode,
    country_name: store.country,
    phone: store.phone,
    created_at: '2023-05-04 08:00:00.000',
    updated_at: '2025-11-03 09:12:44.000',
    _fivetran_deleted: 'false',
  }
}
