import type { Company, TillIdentity } from '../company.ts'
import { minute, second } from '../lib/calendar.ts'
import type { Random } from '../lib/random.ts'
import { typedEmail } from '../people/contact-details.ts'
import type { Customer } from '../people/customer.ts'
import type { Person } from '../people/person.ts'
import { products } from '../site/catalogue.ts'
import type { CartItem } from '../site/ga4-json.ts'
import { storeTablet } from '../site/ways-in.ts'
import { fates, type OrderFate, sumsOf } from '../systems/order.ts'
import { stores } from '../systems/stores.ts'
import { noteCustomer } from './customers.ts'
import { visitOn } from './site.ts'

/** What a script asks of it. */
export interface StoreWishes {
  readonly tablet?: boolean
  readonly identity?: TillIdentity
  readonly buys?: OrderFate
}

/** Somebody walks into a store: looks something up on its tablet, buys something, says who they are or does not. */
export function visitStore(company: Company, customer: Customer, plannedAt: number, wishes: StoreWishes): void {
  const person = company.personOf(customer)
  const random = company.randomFor(customer, 'store')
  const store = stores[person.store ?? 'berlin']
  let at = Math.max(plannedAt, customer.busyUntil + 40 * minute)
  if (at >= company.end) return

  const usesTablet = wishes.tablet ?? (store === stores.berlin && !customer.isCast && random.chance(0.3))
  if (usesTablet) at = useTablet(company, customer, person, random, at)
  const buys = customer.isCast ? wishes.buys !== undefined : random.chance(0.6)
  if (!buys || at >= company.end) return
  const fate = wishes.buys ?? random.pickWeighted(fates, ({ weight }) => weight).fate
  const identity = wishes.identity ?? random.pickWeighted(identities, ({ weight }) => weight).identity
  buy(company, customer, person, random, at, { identity, fate: fate === 'cancelled_unpaid' ? 'kept' : fate })
}

const identities: readonly { readonly identity: TillIdentity; readonly weight: number }[] = [
  { identity: 'customer', weight: 58 },
  { identity: 'phone', weight: 10 },
  { identity: 'none', weight: 32 },
]

/** One after the other: whoever comes while the tablet is in use waits. When they put it down. */
function useTablet(company: Company, customer: Customer, person: Person, random: Random, arrivedAt: number): number {
  const device = company.storeTablet
  const at = Math.max(arrivedAt, Math.ceil(device.lastEventAt / 1000) + 30 * second)
  if (at >= company.end) return at
  const cart = customer.cart
  const wishes = { logsIn: customer.hasAccount, signsUp: false, subscribes: false, chats: false }
  visitOn(company, { customer, person, random, device, way: storeTablet, at, wishes, bounces: !customer.hasAccount })
  customer.cart = cart
  return customer.busyUntil + random.between(2 * minute, 12 * minute)
}

function buy(
  company: Company,
  customer: Customer,
  person: Person,
  random: Random,
  at: number,
  { identity, fate }: { identity: TillIdentity; fate: OrderFate },
): void {
  const store = stores[person.store ?? 'berlin']
  const items = basketOf(random)
  const discountRate = identity === 'customer' && random.chance(0.15) ? 5 : 0
  const sums = sumsOf(items, { ...store, discountRate }, 0)
  const isCustomer = identity === 'customer'
  if (isCustomer) {
    if (customer.customerSince === 0) customer.hasGivenPhone = true
    customer.orderCount += 1
    customer.spentCents += sums.totalCents
    noteCustomer(company, customer, person, at)
  }
  // Tills want something in their fields; some clerks give them anything.
  const scribble = identity === 'none' && random.chance(0.15)
  const name = company.systems.shopify.placeOrder(random, {
    personId: person.id,
    person: undefined,
    at,
    sums,
    customerId: isCustomer ? person.customerId : '',
    email: isCustomer ? typedEmail(random, person.email) : scribble ? 'unknown' : '',
    phone: identity === 'phone' ? person.phone : scribble ? '+490000000' : '',
    store,
    countryCode: store.countryCode,
    fate,
    isTest: false,
    landingSite: '',
    note: isCustomer ? `Kundenkarte ${person.customerId.slice(-6)}` : '',
  })
  const place = customer.clusters.place('order_id', name)
  if (isCustomer) {
    customer.tie(place, customer.placeOfUser(person))
    customer.tie(place, customer.placeOfEmail(person))
  }
  if (identity === 'phone') customer.tie(place, customer.placeOfPhone(person))
  customer.busyUntil = at
  customer.contacts.push({
    at,
    endedAt: at,
    place,
    channel: 'Store',
    campaign: '',
    isTouchOfItsOwn: true,
    orders: [{ name, at }],
  })
}

function basketOf(random: Random): readonly CartItem[] {
  const first = random.pick(products)
  const second = random.pick(products)
  const items = [{ product: first, quantity: random.chance(0.2) ? 2 : 1 }]
  return second === first || random.chance(0.55) ? items : [...items, { product: second, quantity: 1 }]
}
