import { defined, given, unitTest } from 'throughline'
import { shopify_traits } from '../../models/events/shopify_traits'
import { stg_shopify__customer } from '../../models/staging/stg_shopify__customer'
import { shopify } from '../../sources/shopify'

const told = { system: 'shopify', identifier_kind: 'user_id' }
const ada = { ...told, record_id: 'shopify:customer:5', identifier_value: '5', told_at: '2026-03-02 10:00:00' }
const bob = { ...told, record_id: 'shopify:customer:6', identifier_value: '6', told_at: '2026-03-01 10:00:00' }

export const a_customer_has_the_traits_that_the_shop_knows = unitTest({
  description:
    'Names, and whether somebody agreed to marketing, since the customer changed last. What is not told is no trait.',
  model: shopify_traits,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    given(stg_shopify__customer, [
      { customer_id: '5', first_name: 'Ada', accepts_marketing: false, updated_at: '2026-03-02 10:00:00' },
      { customer_id: '6', last_name: 'Ünal', accepts_marketing: true, updated_at: '2026-03-01 10:00:00' },
      { customer_id: '7', updated_at: '2026-03-01 10:00:00' },
    ]),
  ],
  expect: [
    { ...ada, trait: 'first_name', trait_value: 'Ada' },
    { ...ada, trait: 'accepts_marketing', trait_value: 'false' },
    { ...bob, trait: 'last_name', trait_value: 'Ünal' },
    { ...bob, trait: 'accepts_marketing', trait_value: 'true' },
  ],
})
