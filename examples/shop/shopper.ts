import { day, hour, minute, momentAtHome, momentInShowroom } from './calendar.ts'
import type { Product } from './catalogue.ts'
import type { Click, DeviceCategory } from './click.ts'
import { newCookie, type Person } from './person.ts'
import { type Random, randomFrom } from './random.ts'
import { type VisitOutcome, visitShop } from './visit.ts'
import { showroom, type WayIn, waysInOn } from './ways-in.ts'

/** When the shop is watched, and the cookie of the tablet in its showroom. */
export interface ShopTime {
  readonly seed: string
  readonly startsAt: number
  readonly endsAt: number
  readonly showroomCookie: string
}

interface Device {
  readonly category: DeviceCategory
  readonly keepsCookie: boolean
  cookie: string
  lastSeenAt: number
  isLoggedIn: boolean
}

/** One person's dealings with the shop, visit by visit: what they own, have in the cart, and when they come next. */
export class Shopper {
  readonly person: Person
  readonly #time: ShopTime
  readonly #random: Random
  readonly #devices: readonly Device[]
  #device: Device
  #cart: { readonly cookie: string; readonly products: readonly Product[] } = { cookie: '', products: [] }
  #hasAccount = false
  #isSubscribed = false
  #visitCount = 0
  #orderCount = 0
  #isInShowroom = false
  #nextVisitAt: number | undefined

  constructor(time: ShopTime, person: Person, firstVisitAt: number) {
    this.person = person
    this.#time = time
    this.#random = randomFrom(`${time.seed}/shopper/${person.number}`)
    this.#devices = person.devices.map(device => ({ ...device, lastSeenAt: firstVisitAt, isLoggedIn: false }))
    this.#device = this.#random.pick(this.#devices)
    this.#nextVisitAt = firstVisitAt
  }

  /** Undefined once they are gone for good, or past the watched time. */
  get nextVisitAt(): number | undefined {
    return this.#nextVisitAt
  }

  visit(): readonly Click[] {
    const startsAt = this.#nextVisitAt
    if (startsAt === undefined) return []
    const random = this.#random
    const way = this.#isInShowroom ? showroom : this.#wayIn(startsAt)
    const device = this.#isInShowroom ? this.#showroomTablet() : this.#takeDevice(startsAt)
    const isLoggedIn = device.isLoggedIn && this.#hasAccount
    const account = this.#account()

    const outcome = visitShop(random, {
      person: this.person,
      device,
      way,
      startsAt,
      until: this.#time.endsAt,
      customerId: isLoggedIn ? account : '',
      account,
      hasAccount: this.#hasAccount,
      isSubscribed: this.#isSubscribed,
      cart: this.#cart.cookie === device.cookie || isLoggedIn ? this.#cart.products : [],
      wish: this.person.eagerness * way.appeal * Math.min(2, 0.7 + 0.25 * this.#visitCount),
      orderNumber: `LL-${String(this.person.number + 1).padStart(5, '0')}-${this.#orderCount + 1}`,
    })

    this.#visitCount += 1
    if (outcome.hasOrdered) this.#orderCount += 1
    this.#isSubscribed = outcome.isSubscribed
    this.#cart = { cookie: device.cookie, products: outcome.cart }
    if (outcome.customerId !== '') this.#hasAccount = true
    device.isLoggedIn = outcome.customerId !== ''
    device.lastSeenAt = outcome.endedAt
    this.#planNextVisit(outcome)
    return outcome.clicks
  }

  #wayIn(at: number): WayIn {
    const open = waysInOn(Math.floor((at - this.#time.startsAt) / day)).filter(
      way =>
        way.audience === undefined ||
        (way.audience === 'subscribers' && this.#isSubscribed) ||
        (way.audience === 'cart_owners' && this.#cart.products.length > 0),
    )
    const isNew = this.#visitCount === 0
    return this.#random.pickWeighted(open, way => (isNew ? way.newVisitors : way.returning))
  }

  /** Mostly the device of the last visit. Browsers forget the shop's cookie: phones after a week without a visit. */
  #takeDevice(at: number): Device {
    if (this.#visitCount > 0 && this.#random.chance(0.35)) this.#device = this.#random.pick(this.#devices)
    const device = this.#device
    const forgets = device.category === 'mobile' && at - device.lastSeenAt > 7 * day ? 0.3 : 0.015
    if (this.#random.chance(forgets) && !device.keepsCookie && this.#visitCount > 0) {
      device.cookie = newCookie(this.#random.hex(16))
      device.isLoggedIn = false
    }
    // On a shared device, the last one to leave may have logged out.
    if (device.keepsCookie) device.isLoggedIn = false
    return device
  }

  #showroomTablet(): Device {
    const cookie = this.#time.showroomCookie
    return { category: 'tablet', keepsCookie: true, cookie, lastSeenAt: 0, isLoggedIn: false }
  }

  /** Those with a second account use it from their first order on. */
  #account(): string {
    const [first, second] = this.person.customerIds
    return second !== undefined && this.#orderCount > 0 ? second : first
  }

  #planNextVisit(outcome: VisitOutcome): void {
    const random = this.#random
    this.#isInShowroom = false
    this.#nextVisitAt = undefined

    let pause: number
    if (outcome.hasOrdered) {
      if (!random.chance(0.6)) return
      pause = 2 * day + random.waiting(14 * day)
    } else if (random.chance(0.05)) {
      const soon = outcome.endedAt + random.between(4 * minute, 25 * minute)
      this.#nextVisitAt = soon < this.#time.endsAt ? soon : undefined
      return
    } else if (random.chance(0.1)) {
      pause = random.between(31, 60) * day
    } else {
      if (!random.chance(outcome.cart.length > 0 ? 0.9 : 0.86)) return
      pause = 2 * hour + random.waiting(3.5 * day)
    }
    this.#isInShowroom = this.person.livesNearShowroom && random.chance(0.4)
    const earliest = outcome.endedAt + Math.floor(pause)
    const moment = this.#isInShowroom ? momentInShowroom(random, earliest) : momentAtHome(random, earliest)
    this.#nextVisitAt = moment < this.#time.endsAt ? moment : undefined
  }
}
