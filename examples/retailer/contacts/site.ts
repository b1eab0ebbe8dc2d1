import type { Company, Wishes } from '../company.ts'
import { day, dayOf, minute } from '../lib/calendar.ts'
import type { Random } from '../lib/random.ts'
import { typedEmail } from '../people/contact-details.ts'
import type { Customer } from '../people/customer.ts'
import { type Device, setCookie } from '../people/device.ts'
import type { Person } from '../people/person.ts'
import { browserOf } from '../site/browsers.ts'
import type { CartItem } from '../site/ga4-json.ts'
import { Trail } from '../site/trail.ts'
import { type PlacedByVisit, type VisitSetting, visitSite } from '../site/visit.ts'
import { type WayIn, waysInOn } from '../site/ways-in.ts'
import { fates, type OrderFate, sumsOf } from '../systems/order.ts'
import type { PlacedOrder } from '../truth/journeys.ts'
import { chooseDevice, noteCustomer, subscribe } from './customers.ts'

/** One visit to the site, and all that comes of it in every system. */
export function visit(
  company: Company,
  customer: Customer,
  plannedAt: number,
  givenWay: WayIn | undefined,
  wishes: Wishes,
): void {
  const person = company.personOf(customer)
  const random = company.randomFor(customer, 'visit')
  const { devices } = customer
  customer.deviceIndex =
    wishes.device === 'last' ? devices.length - 1 : (wishes.device ?? chooseDevice(random, customer))
  const device = devices[customer.deviceIndex]!
  const free = Math.max(customer.busyUntil, Math.ceil(device.lastEventAt / 1000))
  const at = plannedAt > free ? plannedAt : free + random.between(minute, 4 * minute)
  if (at >= company.end) return

  if (device.cookie === '' || forgets(random, customer, device, at, wishes)) setCookie(device, random, at)
  const way = givenWay ?? wayIn(customer, random, at)
  const bounces = !customer.isCast && random.chance(way.bounceRate / Math.max(1, person.eagerness))
  visitOn(company, { customer, person, random, device, way, at, wishes, bounces })
}

interface Visit {
  readonly customer: Customer
  readonly person: Person
  readonly random: Random
  readonly device: Device
  readonly way: WayIn
  readonly at: number
  readonly wishes: Wishes
  readonly bounces: boolean
}

/** A visit on a device that is chosen; also the one in the store. */
export function visitOn(company: Company, going: Visit): void {
  const { customer, person, random, device, way, at, wishes } = going
  const isKnown = device.isLoggedIn && customer.hasAccount && !device.isShared
  const badTag = random.chance(0.015) ? '(not set)' : ''
  const browser = browserOf(device.category, person.country.language, device.choice)
  const visitor = { personId: person.id, kind: 'customer' as const, device, browser, country: person.country }
  const trail = new Trail(company.recorder, random, visitor, isKnown ? person.customerId : badTag, at, company.end)
  if (device.isShared && device.firstSeenAt === 0) company.truth.shared('cookie_id', device.cookie)
  if (way.ad) company.systems.ads.noteClick(way.ad, device.category, at)

  const orders: PlacedOrder[] = []
  const setting = settingOf(company, going, isKnown, orders)
  const cart = visitSite(random, trail, setting)
  customer.cart = device.isShared ? [] : cart
  device.isLoggedIn = !device.isShared && trail.userId === person.customerId
  customer.busyUntil = trail.at

  noteStretches(company, going, trail, orders)
  const mayChat = wishes.chats ?? (!going.bounces && !customer.isCast && random.chance(0.03))
  if (mayChat) chat(company, going)
}

function settingOf(company: Company, going: Visit, isKnown: boolean, orders: PlacedOrder[]): VisitSetting {
  const { customer, person, random, device, way, wishes, bounces } = going
  const { isCast } = customer
  const isSecond = person.household?.isSecond === true
  const mayLogIn = customer.hasAccount && !isKnown
  const maySignUp = !customer.hasAccount && !isSecond && !bounces
  const tellsOrders = isCast || !random.chance(0.03)
  const logsIn = mayLogIn && !bounces && (wishes.logsIn ?? (!isCast && random.chance(0.85)))
  const fate = () => wishes.buys ?? random.pickWeighted(fates, ({ weight }) => weight).fate
  return {
    way,
    device: device.category,
    currency: person.country.currency,
    wish: isSecond ? 0 : person.eagerness * way.appeal * Math.min(2, 0.7 + 0.25 * customer.contactCount),
    bounces,
    logsIn,
    signsUp: maySignUp && (wishes.signsUp ?? (!isCast && random.chance(0.24))),
    subscribes: maySignUp && !customer.getsLetters && (wishes.subscribes ?? (!isCast && random.chance(0.04))),
    asks: maySignUp && !isCast && random.chance(0.01),
    buys: wishes.buys ? true : isCast || isSecond ? false : undefined,
    cart: customer.cart,
    customerId: person.customerId,
    tellsOrders,
    signUp: at => openAccount(company, customer, person, at),
    subscribe: at => {
      company.systems.hubspot.noteContact(random, customer, person, at)
      company.systems.hubspot.submitForm(customer, person, 'newsletter', at, 'https://www.lumen-lamps.example/')
      subscribe(company, customer)
    },
    ask: at => {
      company.systems.hubspot.noteContact(random, customer, person, at)
      company.systems.hubspot.submitForm(customer, person, 'contact', at, 'https://www.lumen-lamps.example/kontakt')
    },
    identify: () => {
      // Some pages write a word for those who have no account.
      if (!customer.hasAccount) return { userId: random.chance(0.08) && !isCast ? 'guest' : '' }
      return { userId: person.customerId }
    },
    placeOrder: (at, items) => {
      const placed = placeOrder(company, going, at, items, fate())
      orders.push({ name: placed.name, at })
      if (tellsOrders && !device.isShared) tieCookie(customer, device, customer.clusters.place('order_id', placed.name))
      return placed
    },
  }
}

function openAccount(company: Company, customer: Customer, person: Person, at: number): void {
  customer.hasAccount = true
  noteCustomer(company, customer, person, at)
}

function placeOrder(
  company: Company,
  { customer, person, random, way }: Visit,
  at: number,
  items: readonly CartItem[],
  fate: OrderFate,
): PlacedByVisit {
  const { country } = person
  const discountRate = random.chance(way.channel === 'Email' ? 0.4 : 0.08) ? 10 : 0
  const base = sumsOf(items, { currency: country.currency, taxRate: country.taxRate, discountRate }, 0)
  const sums = base.subtotalCents >= 10_000 ? base : sumsOf(items, { ...country, discountRate }, 490)

  if (!customer.hasGivenPhone && (customer.isCast || random.chance(0.55))) customer.hasGivenPhone = true
  customer.orderCount += 1
  customer.spentCents += sums.totalCents
  if (!customer.getsLetters && !customer.isCast && random.chance(0.2)) {
    company.systems.hubspot.noteContact(random, customer, person, at)
    subscribe(company, customer)
  }
  noteCustomer(company, customer, person, at)
  const name = company.systems.shopify.placeOrder(random, {
    personId: person.id,
    person,
    at,
    sums,
    customerId: person.customerId,
    email: typedEmail(random, person.email),
    phone: customer.hasGivenPhone ? person.phone : '',
    store: undefined,
    countryCode: country.code,
    fate,
    isTest: false,
    landingSite: way.utm ? `/?utm_source=${way.utm.source}` : '/',
    note: '',
  })
  const order = customer.clusters.place('order_id', name)
  customer.tie(order, customer.placeOfUser(person))
  customer.tie(order, customer.placeOfEmail(person))
  if (customer.hasGivenPhone) customer.tie(order, customer.placeOfPhone(person))
  return { name, totalCents: sums.totalCents, taxCents: sums.taxCents, shippingCents: sums.shippingCents }
}

/** What the truth has of the visit. On a device of many, it is known whose it is from the log-in on, if there is one. */
function noteStretches(company: Company, going: Visit, trail: Trail, orders: readonly PlacedOrder[]): void {
  const { customer, person, device, way } = going
  const isKnown = trail.userId === person.customerId
  const place = device.isShared
    ? isKnown
      ? customer.placeOfUser(person)
      : -1
    : customer.clusters.place('cookie_id', device.cookie)
  if (isKnown && !device.isShared) customer.tie(place, customer.placeOfUser(person))

  trail.stretches.forEach(({ sessionId, startedAt, endedAt, eventCount }, index) => {
    if (eventCount === 0) return
    company.truth.visit(person.id, device.cookie, sessionId, startedAt, endedAt, eventCount)
    customer.contacts.push({
      at: device.isShared && isKnown ? Math.max(startedAt, Math.min(trail.knownSince, endedAt)) : startedAt,
      endedAt,
      place,
      channel: index === 0 ? way.channel : 'Direct',
      campaign: index === 0 ? (way.utm?.campaign ?? '') : '',
      isTouchOfItsOwn: false,
      orders: orders.filter(({ at }) => at >= startedAt && at <= endedAt),
    })
  })
}

function tieCookie(customer: Customer, device: Device, place: number): void {
  customer.tie(customer.clusters.place('cookie_id', device.cookie), place)
}

/** Somebody opens the chat when they are about to leave; most say who they are. */
function chat(company: Company, { customer, person, random }: Visit): void {
  const at = customer.busyUntil + random.between(5_000, 40_000)
  if (at >= company.end - 30 * minute) return
  const isNamed = customer.isCast || random.chance(0.75)
  const { endedAt, userId } = company.systems.zendesk.chat(random, customer, person, at, isNamed)
  customer.busyUntil = endedAt
  customer.contacts.push({
    at,
    endedAt,
    place: customer.clusters.place('support_id', String(userId)),
    channel: 'Chat',
    campaign: '',
    isTouchOfItsOwn: true,
    orders: [],
  })
}

function wayIn(customer: Customer, random: Random, at: number): WayIn {
  const isNew = customer.contactCount === 0
  const open = waysInOn(dayOf(at))
  return random.pickWeighted(open, way => {
    if (way.audience === 'cart_owners' && customer.cart.length === 0) return 0
    return isNew ? way.newVisitors : way.returning
  })
}

/** Browsers forget a cookie: telephones after a week without a visit, others when somebody clears them. */
function forgets(random: Random, customer: Customer, device: Device, at: number, wishes: Wishes): boolean {
  if (device.isShared) return false
  if (customer.isCast) return wishes.clearsCookies === true
  const isLong = device.category === 'mobile' && at - device.lastEventAt / 1000 > 7 * day
  return random.chance(isLong ? 0.25 : 0.012)
}
