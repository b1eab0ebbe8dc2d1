import type { CartItem } from '../site/ga4-json.ts'
import { Clusters } from '../truth/clusters.ts'
import type { Contact } from '../truth/journeys.ts'
import type { Device } from './device.ts'
import type { Person } from './person.ts'

/**
 * What the company's systems have of one person, and the person of them, between their first contact and their last. Held
 * for those alone who may still come; small, as there may be many.
 */
export class Customer {
  readonly number: number
  /** Of whom a script tells what they do: nothing is left to chance. */
  readonly isCast: boolean
  readonly clusters = new Clusters()
  readonly contacts: Contact[] = []
  readonly devices: Device[] = []
  deviceIndex = 0
  cart: readonly CartItem[] = []
  /** Contacts of any kind so far, and those planned. */
  contactCount = 0
  plannedCount = 0
  /** When the last visit, call or purchase ended. */
  busyUntil = 0

  hasAccount = false
  /** In Shopify; 0: not yet. */
  customerSince = 0
  hasGivenPhone = false
  orderCount = 0
  spentCents = 0
  /** In HubSpot; 0: not yet. */
  crmId = 0
  getsLetters = false
  /** In Zendesk; 0: not yet. */
  supportId = 0

  constructor(number: number, isCast: boolean) {
    this.number = number
    this.isCast = isCast
  }

  placeOfUser(person: Person): number {
    return this.clusters.place('user_id', person.customerId)
  }

  /** Undefined where others use the address too: it says of nobody who they are. */
  placeOfEmail(person: Person): number | undefined {
    return person.household ? undefined : this.clusters.place('email', person.email)
  }

  placeOfPhone(person: Person): number {
    return this.clusters.place('phone', person.phone)
  }

  /** Ties two identifiers that one row shows, where both are this person's alone. */
  tie(first: number | undefined, second: number | undefined): void {
    if (first !== undefined && second !== undefined) this.clusters.tie(first, second)
  }
}
