import { minute } from './calendar.ts'
import { articles, lists, type Product, products, searches } from './catalogue.ts'
import type { Click, DeviceCategory } from './click.ts'
import type { Person } from './person.ts'
import type { Random } from './random.ts'
import { Trail } from './trail.ts'
import type { WayIn } from './ways-in.ts'

/** What a visit begins with. */
export interface VisitSetting {
  readonly person: Person
  readonly device: { readonly category: DeviceCategory; readonly cookie: string }
  readonly way: WayIn
  readonly startsAt: number
  /** The end of the recording. */
  readonly until: number
  /** Of who is logged in from the start; else empty. */
  readonly customerId: string
  /** The account to log in with, when it comes to that. */
  readonly account: string
  readonly hasAccount: boolean
  readonly isSubscribed: boolean
  readonly cart: readonly Product[]
  /** 1 is the common visitor on a first visit. */
  readonly wish: number
  readonly orderNumber: string
}

/** What a visit leaves behind. */
export interface VisitOutcome {
  readonly clicks: readonly Click[]
  readonly endedAt: number
  readonly customerId: string
  readonly isSubscribed: boolean
  readonly hasOrdered: boolean
  readonly cart: readonly Product[]
}

/** How far a checkout gets, by device: thumbs and small forms lose orders. */
const checkoutRates: Readonly<Record<DeviceCategory, { readonly payment: number; readonly order: number }>> = {
  desktop: { payment: 0.82, order: 0.9 },
  tablet: { payment: 0.72, order: 0.85 },
  mobile: { payment: 0.58, order: 0.76 },
}

export function visitShop(random: Random, setting: VisitSetting): VisitOutcome {
  const { person, device, way } = setting
  const visitor = { personId: person.id, device: device.category, cookie: device.cookie, country: person.country }
  const trail = new Trail(random, visitor, way, setting.customerId, setting.startsAt, setting.until)
  const signsUpNow = person.signsUpAtOnce && !setting.hasAccount
  const bounces = random.chance(way.bounceRate / Math.max(1, setting.wish)) && !signsUpNow
  let cart = setting.cart
  let isSubscribed = setting.isSubscribed

  const seen = landOn(trail, random, way.landsOn)
  if (bounces) return outcome(false)

  if (setting.hasAccount && setting.customerId === '' && random.chance(0.45)) {
    trail.open('/konto')
    trail.logIn(setting.account)
  }
  cart = browse(trail, random, setting, seen, cart)
  if (signsUpNow || (setting.customerId === '' && !setting.hasAccount && random.chance(0.03))) {
    trail.open('/konto/neu')
    trail.logIn(setting.account)
    trail.fireLater('sign_up')
  }
  if (!isSubscribed && random.chance(0.035)) {
    trail.fireLater('newsletter_subscribed')
    isSubscribed = true
  }
  if (cart.length === 0 || !random.chance(Math.min(0.8, 0.32 + 0.05 * setting.wish))) return outcome(false)

  const hasOrdered = checkOut(trail, random, setting, cart)
  if (hasOrdered) cart = []
  return outcome(hasOrdered)

  function outcome(hasOrdered: boolean): VisitOutcome {
    return { clicks: trail.clicks, endedAt: trail.at, customerId: trail.customerId, isSubscribed, hasOrdered, cart }
  }
}

/** The first page; the product on it, if it shows one. */
function landOn(trail: Trail, random: Random, page: WayIn['landsOn']): Product | undefined {
  if (page === 'product') {
    const product = random.pick(products)
    trail.land(product.path)
    trail.fireAlong('view_item')
    return product
  }
  if (page === 'list') {
    trail.land(random.pick(lists))
    trail.fireAlong('view_item_list')
  } else {
    trail.land(page === 'article' ? random.pick(articles) : '/')
  }
  return undefined
}

/** From page to page; the cart as it is afterwards. */
function browse(
  trail: Trail,
  random: Random,
  setting: VisitSetting,
  seen: Product | undefined,
  cart: readonly Product[],
): readonly Product[] {
  let filled = cart
  const mayAdd = (product: Product) => {
    if (!random.chance(Math.min(0.6, 0.045 * setting.wish))) return
    trail.fireLater('add_to_cart')
    filled = [...filled, product]
  }
  if (seen) mayAdd(seen)

  const pageCount = 1 + Math.min(14, Math.floor(random.waiting(1.6 + 0.5 * setting.wish)))
  const interruptedAt = random.chance(0.015) ? random.between(0, pageCount - 1) : -1
  for (let page = 0; page < pageCount; page++) {
    // Left open in a tab: the site's own visit goes on after a pause that any analyst would call a new session.
    if (page === interruptedAt) trail.pause(random.between(31 * minute, 120 * minute))
    const next = random.next()
    if (next < 0.5) {
      const product = random.pick(products)
      trail.open(product.path)
      trail.fireAlong('view_item')
      mayAdd(product)
    } else if (next < 0.75) {
      trail.open(random.pick(lists))
      trail.fireAlong('view_item_list')
    } else if (next < 0.88) {
      trail.open(`/suche?q=${random.pick(searches)}`)
      trail.fireAlong('search')
    } else {
      trail.open(random.chance(0.4) ? '/' : random.pick(articles))
    }
  }
  return filled
}

/** Whether it came to an order. */
function checkOut(trail: Trail, random: Random, setting: VisitSetting, cart: readonly Product[]): boolean {
  const rates = checkoutRates[setting.device.category]
  let items = cart
  if (random.chance(0.12)) {
    // "Buy now" puts a last thing into the cart and opens the checkout in one click.
    const product = random.pick(products)
    items = [...cart, product]
    trail.open(product.path)
    trail.fireAlong('view_item')
    trail.fireLater('add_to_cart')
    trail.fire('begin_checkout')
  } else {
    trail.open('/warenkorb')
    trail.open('/kasse')
    trail.fireAlong('begin_checkout')
  }
  if (!random.chance(rates.payment)) return false

  trail.logIn(setting.account)
  trail.fireLater('add_payment_info')
  if (!random.chance(rates.order)) return false

  if (random.chance(0.6)) trail.comeFrom(`https://pay.example/3ds/${random.hex(8)}`, '/danke')
  else trail.open('/danke')
  trail.fire('purchase', {
    number: setting.orderNumber,
    cents: items.reduce((sum, product) => sum + product.cents, 0) + (random.chance(0.5) ? 0 : 490),
  })
  return true
}
