import { type Sql, sql } from 'throughline'

interface Settings {
  readonly customer_id_is_user_id: boolean
}

/** By what kind of identifier a customer of the shop is known: that of the tracker where the config says that their ids are the same. */
export function customerKind({ customer_id_is_user_id }: Settings): 'user_id' | 'crm_id' {
  return customer_id_is_user_id ? 'user_id' : 'crm_id'
}

/** The identifier that Shopify's id of a customer makes. NULL for NULL. */
export function customerIdentifier(customerId: Sql, { customer_id_is_user_id }: Settings): Sql {
  return customer_id_is_user_id ? customerId : sql`'shopify:' || ${customerId}`
}
