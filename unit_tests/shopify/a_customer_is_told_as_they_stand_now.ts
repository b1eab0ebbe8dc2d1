import { defined, givenRaw, unitTest } from 'throughline'
import { stg_shopify__customer } from '../../models/staging/stg_shopify__customer'
import { shopify } from '../../sources/shopify'

const customer = { created_at: '2026-03-01 10:00:00', _fivetran_synced: '2026-03-05 00:00:00' }
const told = {
  created_at: '2026-03-01 10:00:00',
  updated_at: '2026-03-01 10:00:00',
  loaded_at: '2026-03-05 00:00:00',
}

export const a_customer_is_told_as_they_stand_now = unitTest({
  description:
    'The newest version of a customer counts, and one who is deleted is gone. Whether somebody agreed to marketing is read from the older column, else from the newer one, and is not known where both are empty.',
  model: stg_shopify__customer,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    givenRaw(shopify.tables.customer, [
      { ...customer, id: 5, email: ' ada@acme.example', accepts_marketing: false, updated_at: '2026-03-02 10:00:00' },
      { ...customer, id: 5, email: 'old@acme.example', _fivetran_synced: '2026-03-04 00:00:00' },
      { ...customer, id: 6, first_name: ' ', email_marketing_consent_state: 'subscribed' },
      { ...customer, id: 7, email_marketing_consent_state: 'unsubscribed' },
      { ...customer, id: 8 },
      { ...customer, id: 9, first_name: 'Eve' },
      { ...customer, id: 9, first_name: 'Eve', _fivetran_deleted: true, _fivetran_synced: '2026-03-06 00:00:00' },
    ]),
  ],
  expect: [
    {
      ...told,
      customer_id: '5',
      email: 'ada@acme.example',
      accepts_marketing: false,
      updated_at: '2026-03-02 10:00:00',
    },
    { ...told, customer_id: '6', accepts_marketing: true },
    { ...told, customer_id: '7', accepts_marketing: false },
    { ...told, customer_id: '8', accepts_marketing: null },
  ],
})
